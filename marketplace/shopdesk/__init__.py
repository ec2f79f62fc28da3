"""The shop's desk for staff, `/dashboard/`: orders to look up, and the tree of categories."""
