"""`manage.py seed_demo`: fill an empty database with the demo; pictures must be drawn and the stand-in running."""

import logging
import random

from django.core.management.base import BaseCommand

from catalog.search.listing import refresh_listings
from makers.models import Maker
from makers.stories.services import publish_maker_page
from marketplace.demo import (
    aftercare,
    cases,
    catalog,
    duties,
    interest,
    money,
    orders,
    people,
    stories,
    tax,
    training,
)
from marketplace.demo.plan import SEED


class Command(BaseCommand):
    help = "Make the demo's people, makers, pieces, certificates, stories and orders, through the shop's own services."

    stealth_options = ("pictures_are_there",)

    def handle(self, *, pictures_are_there=None, **options):
        """`pictures_are_there` waits until they are drawn, while everything else is written."""
        if Maker.objects.exists():
            self.stdout.write("There is data already; nothing done.")
            return
        logging.getLogger("django.request").setLevel(logging.ERROR)
        draw = random.Random(SEED)
        self._say("people")
        people.create_people()
        self._say("sales tax rates")
        tax.load_sample_rates()
        self._say("24 makers")
        makers = catalog.create_makers()
        self._say("140 pieces")
        pieces = catalog.create_pieces(makers)
        self._say("certificates and applications")
        cases.certify_pieces(pieces, draw)
        self._say("appeals, reports, visits and the yearly draw")
        aftercare.look_after()
        if pictures_are_there:
            pictures_are_there()
        self._say("pictures on their pieces")
        catalog.hang_pictures(pieces)
        refresh_listings(piece.product.pk for piece in pieces)
        self._say("stories")
        for maker, _owner in makers:
            publish_maker_page(maker)
        stories.create_stories(pieces)
        self._say("orders")
        orders.create_orders(pieces, draw)
        self._say("a year's sales of two makers")
        duties.create_sales(pieces)
        self._say("two months of one maker's money")
        money.create_history(pieces)
        self._say("duties of who sells much, and reported listings")
        duties.create_duties(pieces)
        self._say("views and favorites")
        interest.create_interest(pieces, draw)
        self._say("training places")
        training.create_training(makers)

    def _say(self, what: str) -> None:
        self.stdout.write(f"  {what}")
        self.stdout.flush()
