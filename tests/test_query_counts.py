"""The main pages ask the database equally often for 1, 24 and 240 pieces."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.search.listing import refresh_listings
from makers.stories.services import publish_maker_page
from tests import factories
from tests.fulfilment.shop import basket_with

pytestmark = pytest.mark.django_db
SIZES = (1, 24, 240)
# The most that a page may ask, with nothing cached.
MOST = {"home": 21, "browse": 20, "product": 21, "maker": 25, "basket": 13}


def test_queries_do_not_grow_with_the_number_of_pieces(client):
    maker = factories.maker(name="Ana Quiroz")
    publish_maker_page(maker)
    factories.workplace(maker)
    shopper = factories.person()
    client.force_login(shopper)
    pieces, counts = [], {name: [] for name in MOST}
    basket = basket_with(owner=shopper)
    for size in SIZES:
        fresh = [factories.product(maker) for _ in range(size - len(pieces))]
        for piece in fresh:
            basket.add_product(factories.variant_of(piece), 1)
        factories.certify_in_bulk(fresh)
        refresh_listings(piece.pk for piece in fresh)
        pieces += fresh
        addresses = {
            "home": "/",
            "browse": "/shop/",
            "product": pieces[0].get_absolute_url(),
            "maker": maker.get_absolute_url(),
            "basket": "/basket/",
        }
        for name, address in addresses.items():
            counts[name].append(_queries(client, address, pieces[-1].title if name in ("browse", "basket") else ""))
    for name, found in counts.items():
        assert max(found[1:]) == min(found[1:]), (name, found)
        assert found[0] <= found[1], (name, found)
        assert max(found) <= MOST[name], (name, found)


def _queries(client, address: str, shown: str) -> int:
    """Queries of one page, the site's caches empty; the first visit fills what a process keeps in memory."""
    client.get(address)
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    assert shown in response.content.decode()
    return len(captured)
