"""`manage.py draw_demo_pictures`: draw the demo's pictures into the media folder, and make their renditions, those that are missing."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from marketplace.demo.pictures import draw_all
from marketplace.demo.plan import picture_jobs
from marketplace.demo.renditions import render_all


class Command(BaseCommand):
    help = "Draw the demo's pictures."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *, workers, **options):
        paths = draw_all(picture_jobs(Path(settings.MEDIA_ROOT)), workers)
        render_all(paths, workers)
        self.stdout.write(f"{len(paths)} pictures")
