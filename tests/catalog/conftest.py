"""A small shop: certified pieces with their listing rows."""

import pytest
from django.core.cache import cache

from catalog.search.listing import refresh_listing
from tests import factories


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def listed(db):
    """Make a certified product and its row; takes what the factory takes."""

    def make(**details):
        product = factories.certified_product(details.pop("maker", None), **details)
        refresh_listing(product.pk)
        return product

    return make
