"""`manage.py restore FILE`: the shop of a backup, in an empty place."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from marketplace.backup import archive
from marketplace.backup.dumping import DumpFailed
from marketplace.backup.facts import Damaged


class Command(BaseCommand):
    help = "Restore a backup into an empty database and empty folders, and prove that it is the same shop."

    def add_arguments(self, parser):
        parser.add_argument("file", help="what `manage.py backup` wrote")

    def handle(self, *, file, **options):
        try:
            made = archive.restore(Path(file))
        except (archive.BadBackup, ImproperlyConfigured, DumpFailed, Damaged) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.rows} rows and {made.files} files are back; ledger, audit trail, register and files are equal."
        )
