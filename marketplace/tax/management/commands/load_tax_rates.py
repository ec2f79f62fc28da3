"""`manage.py load_tax_rates FILE --from 2026-04-01`: takes the CDTFA's published rates over, all or nothing."""

from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from marketplace.tax.files import read
from marketplace.tax.loading import load_rates
from marketplace.tax.rates import HOME_STATE


class Command(BaseCommand):
    help = "Load published sales tax rates (CSV or XLSX) that hold from a day on; says what changed."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="from_day", required=True, help="the file's first day, such as 2026-04-01")
        parser.add_argument("--state", default=HOME_STATE)

    def handle(self, *, file, from_day, state, **options):
        try:
            first_day = date.fromisoformat(from_day)
        except ValueError as error:
            raise CommandError(f"--from {from_day}: write the day as 2026-04-01") from error
        try:
            places = read(file.read_bytes(), state=state)
            found = load_rates(user=None, places=places, file_name=file.name, state=state, from_day=first_day)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError("nothing was loaded:\n  " + "\n  ".join(error.messages)) from error
        for change in found.changes:
            before, after = change.before_percent or "new", change.after_percent or "ends"
            self.stdout.write(f"{change.place}: {before} -> {after}")
        self.stdout.write(f"{len(found.changes)} changed, {found.unchanged} as before, from {first_day}")
