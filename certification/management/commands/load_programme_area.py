"""`manage.py load_programme_area FILE`: the area that counts as inside, from the City's open data (GeoJSON)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from certification.services.programme import BadFile, load_area


class Command(BaseCommand):
    help = "Load the programme area from a GeoJSON file of polygons in WGS84."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path)
        parser.add_argument("--name", default="City of Los Angeles")

    def handle(self, *, path, name, **options):
        try:
            area = load_area(name=name, path=path)
        except BadFile as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{area.name}: {area.parts} polygons loaded.")
        if area.mended:
            self.stdout.write(f"Mended {len(area.mended)} invalid polygons: {', '.join(area.mended)}")
