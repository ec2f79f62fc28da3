"""`manage.py erase_from_audit EMAIL --reason …`: erase a person's name and words from the audit trail on request."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from certification import audit
from certification.models import AuditEntry


class Command(BaseCommand):
    help = "Erase who acted and the reasons in words from all entries of a person, or from single entries by number."

    def add_arguments(self, parser):
        parser.add_argument("email", nargs="?", help="whose entries")
        parser.add_argument("--entry", type=int, action="append", default=[], help="number of an entry (repeatable)")
        parser.add_argument("--reason", required=True, help="why, without names; it stays in the trail")

    def handle(self, *, email, entry, reason, **options):
        entries = AuditEntry.objects.filter(number__in=entry)
        if email:
            person = get_user_model().objects.filter(email__iexact=email).first()
            if person is None:
                raise CommandError(f"Nobody here has the address {email}.")
            entries |= AuditEntry.objects.filter(private__actor=person)
        count = audit.erase(entries=entries, reason=reason)
        self.stdout.write(f"Erased from {count} entries; the chain stays whole.")
