"""`manage.py verify_audit`: recompute the audit trail's chain and name every row that is not as it was written."""

from django.core.management.base import BaseCommand, CommandError

from certification import audit
from certification.models import AuditEntry, AuditHead


class Command(BaseCommand):
    help = "Check the audit trail; --noted NUMBER:HASH also checks it against an end of the chain noted earlier."

    def add_arguments(self, parser):
        parser.add_argument("--noted", default="", help="an end as this command or the statistics page printed it")

    def handle(self, *, noted, **options):
        faults = audit.verify() + self._differs(noted)
        if faults:
            raise CommandError("\n".join(faults))
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        self.stdout.write(f"{head.number} entries, all as they were written. End of the chain: {head}")

    def _differs(self, noted: str) -> list[str]:
        if not noted:
            return []
        number, _, digest = noted.partition(":")
        if not number.isdecimal():
            raise CommandError("--noted looks like 120:5f3a…")
        if AuditEntry.objects.filter(number=number, hash=digest).exists():
            return []
        return [f"entry {number} is not the one that was noted: the chain was written anew"]
