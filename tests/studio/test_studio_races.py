"""A family at work on one piece at once, on PostgreSQL; each test first shows that the race is real."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from catalog.catalogue import pictures, stock
from catalog.partner.models import StockRecord
from marketplace import fulfilment
from marketplace.payments.models import Attempt
from tests import factories
from tests.fulfilment.racing import kinds, meeting_after, together, unlocked
from tests.fulfilment.shop import SHOPPER, basket_with, place, seen, stock_of

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HANDS = 6


@pytest.fixture(autouse=True)
def _postgresql(request):
    if connection.vendor != "postgresql":
        pytest.skip("rows are locked for real on PostgreSQL only")
    request.getfixturevalue("migrated_data")


@pytest.fixture
def piece():
    return factories.certified_product(stock=10)


def count_by_all(piece) -> int:
    """Each hand scans one more of the piece; how many the shop then believes in."""
    owner, variant = factories.owner_of(piece.maker), factories.variant_of(piece)
    before = stock_of(piece).num_in_stock
    results = together(
        lambda _: stock.count_stock(user=owner, maker=piece.maker, variant_id=variant.pk, by=1), range(HANDS)
    )
    assert kinds(results) == {"int": HANDS}, results
    return stock_of(piece).num_in_stock - before


def test_scans_at_the_same_moment_all_count(piece, monkeypatch):
    with monkeypatch.context() as patch:
        unlocked(patch)
        meeting_after(patch, stock, "_locked", HANDS)
        assert count_by_all(piece) < HANDS, "without the lock a scan is lost"
    assert count_by_all(piece) == HANDS
    changes = StockRecord.objects.get(product=factories.variant_of(piece)).changes
    assert changes.count() == 2 * HANDS


def count_none_while_they_order(piece):
    """What came of the count, and of each order."""
    owner, variant = factories.owner_of(piece.maker), factories.variant_of(piece)
    baskets = [basket_with(piece) for _ in range(HANDS)]
    prints = {basket.pk: seen(basket) for basket in baskets}

    def act(basket):
        if basket is None:
            return stock.count_stock(user=owner, maker=piece.maker, variant_id=variant.pk, to=0)
        return fulfilment.place(basket=basket, shopper=SHOPPER, user=None, choices={}, seen=prints[basket.pk])

    counted, *ordered = together(act, [None, *baskets])
    return counted, ordered


def test_a_count_and_an_order_at_the_same_moment_never_sell_what_is_not_there(piece, monkeypatch):
    """Somebody counts none left while shoppers order: either the count is refused, or the order."""
    place(basket_with(factories.certified_product()))  # the very first order also writes the country's row
    with monkeypatch.context() as patch:
        unlocked(patch)
        meeting_after(patch, stock, "_locked", 2)  # it waits there, and shoppers order meanwhile
        counted, _ordered = count_none_while_they_order(factories.certified_product(stock=10))
        assert isinstance(counted, IntegrityError), "without the lock the database's own check is the last to refuse"

    counted, ordered = count_none_while_they_order(piece)
    placed = [result for result in ordered if isinstance(result, Attempt)]
    record = stock_of(piece)
    assert record.num_in_stock >= (record.num_allocated or 0) == len(placed)
    assert isinstance(counted, ValidationError) == bool(placed), (counted, ordered)
    assert all(isinstance(result, (Attempt, fulfilment.CannotPlace)) for result in ordered), ordered


def places_after_uploads(piece) -> list[int]:
    owner = factories.owner_of(piece.maker)
    results = together(
        lambda number: pictures.add_picture(user=owner, product=piece, upload=factories.photo(), alt=str(number)),
        range(HANDS),
    )
    assert kinds(results) == {"ProductImage": HANDS}, results
    return [row.display_order for row in pictures.pictures_of(piece)]


def test_pictures_sent_at_the_same_moment_get_places_of_their_own(piece, monkeypatch):
    """The studio sends several at once; a place taken twice would be an order that changes from visit to visit."""
    with monkeypatch.context() as patch:
        unlocked(patch)
        meeting_after(patch, pictures, "_lock", HANDS)
        places = places_after_uploads(factories.certified_product())
        assert len(set(places)) < HANDS, "without the lock pictures share a place"
    places = places_after_uploads(piece)
    assert places == list(range(len(places)))
    assert len(places) >= HANDS


def place_after_moves(piece) -> int:
    """Each hand moves the cover one place down; where it then stands."""
    owner = factories.owner_of(piece.maker)
    places_after_uploads(piece)
    cover = pictures.pictures_of(piece)[0]
    results = together(
        lambda _: pictures.move_picture(user=owner, product=piece, picture_id=cover.pk, steps=1), range(HANDS - 1)
    )
    assert results == [None] * (HANDS - 1)
    return list(pictures.pictures_of(piece)).index(cover)


def test_moves_at_the_same_moment_all_count(piece, monkeypatch):
    with monkeypatch.context() as patch:
        unlocked(patch)
        assert place_after_moves(factories.certified_product()) < HANDS - 1, "without the lock a move is lost"
    assert place_after_moves(piece) == HANDS - 1
