"""What a marketplace owes by law: who its big sellers are, what buyers learn of them, tax forms, reports, terms."""
