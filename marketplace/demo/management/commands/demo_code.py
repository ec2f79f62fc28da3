"""`manage.py demo_code`: the one-time code that the demo's staff and Ana type now."""

from django.core.management.base import BaseCommand

from marketplace.demo.people import one_time_code


class Command(BaseCommand):
    help = "Print the one-time code of the demo's staff and of Ana."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(one_time_code())
