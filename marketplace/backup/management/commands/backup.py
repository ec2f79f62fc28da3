"""`manage.py backup FILE`: the whole shop as one file."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from marketplace.backup import archive
from marketplace.backup.dumping import DumpFailed
from marketplace.backup.facts import Damaged
from marketplace.core import clock


class Command(BaseCommand):
    help = "Write database, pictures and evidence into one file, which proves itself when it is restored."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a new file, or a folder in which one is made, named by the moment")

    def handle(self, *, file, **options):
        path = Path(file)
        if path.is_dir():
            path /= f"la-original-{clock.now():%Y%m%dT%H%M%SZ}.tar"
        try:
            made = archive.write(path)
        except (FileExistsError, ImproperlyConfigured, DumpFailed, Damaged) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.path}: {made.rows} rows and {made.files} files, {made.size / 1e6:.1f} MB.")
        for name in made.missing:
            self.stderr.write(f"a row names {name}, which is not there")
