"""Who looked at what of the demo, and liked it: seven weeks of views, more on weekends, and the shoppers' favorites."""

import random
from datetime import timedelta

from makers.stories.models import StoryPage
from marketplace.core import clock
from marketplace.insights.models import Kind, ViewCount
from marketplace.wishes.services import set_favorite

from .catalog import Piece
from .people import SHOPPERS, person

DAYS = 49
LIKED = 14


def create_interest(pieces: list[Piece], draw: random.Random) -> None:
    pages = [(Kind.PRODUCT, piece.product.pk, piece.product.maker_id) for piece in pieces]
    stories = StoryPage.objects.live().exclude(maker=None).values_list("pk", "maker_id")
    pages += [(Kind.STORY, pk, maker) for pk, maker in stories]
    ViewCount.objects.bulk_create(row for page in pages for row in _views(page, draw))
    _like(pieces, draw)


def _views(page: tuple[Kind, int, int], draw: random.Random) -> list[ViewCount]:
    """Each page has a liking of its own that grows a little from week to week."""
    kind, number, maker = page
    liking = draw.uniform(1, 9)
    rows = []
    for ago in range(DAYS):
        day = clock.today() - timedelta(days=ago)
        usual = liking * (1.6 if day.weekday() >= 5 else 1) * (1.4 - ago / DAYS)
        if count := max(0, round(draw.gauss(usual, usual / 2))):
            rows.append(ViewCount(maker_id=maker, kind=kind, number=number, day=day, count=count))
    return rows


def _like(pieces: list[Piece], draw: random.Random) -> None:
    for email in SHOPPERS:
        for piece in draw.sample(pieces, LIKED):
            with clock.at(clock.now() - timedelta(days=draw.randrange(DAYS), hours=draw.randrange(12))):
                set_favorite(user=person(email), product=piece.product, liked=True)
