"""`manage.py load_register FILE`: the City's Listing of Active Businesses (data.lacity.org 6rrh-rzua, CSV)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from certification.services.programme import BadFile, load_register


class Command(BaseCommand):
    help = "Load the City's Listing of Active Businesses from its CSV file; run it again to bring it up to date."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)

    def handle(self, *, path, **options):
        try:
            counts = load_register(path=path, progress=self._progress)
        except (BadFile, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("{read} rows read, {kept} kept, {skipped} skipped.".format(**counts))

    def _progress(self, count: int) -> None:
        if count % 50_000 == 0:
            self.stdout.write(f"{count:,} rows")
