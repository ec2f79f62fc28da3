"""`manage.py run_clock`: the one clock process; any number may stand by, a row lock picks the holder."""

import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from marketplace.core import periodic


class Command(BaseCommand):
    help = "Run periodic jobs and deliver outbox messages that nobody picked up."

    def add_arguments(self, parser):
        parser.add_argument("--pause", type=float, default=2.0, help="seconds between looks")

    def handle(self, *, pause, **options):
        while True:
            close_old_connections()
            periodic.tick()
            time.sleep(pause)
