"""The page of components: whole in development, unknown elsewhere."""

import pytest

from catalog.search.listing import refresh_listing
from marketplace.settings import base
from tests import factories


@pytest.mark.django_db
def test_it_shows_what_the_site_is_made_of(client):
    piece = factories.certified_product(title="Coat")
    refresh_listing(piece.pk)

    page = client.get("/_components/").content.decode()

    for part in ("seam", "btn buy", "chip on", "message warning", "sample-bloom", "Coat", 'id="id_email_error"'):
        assert part in page


def test_production_does_not_have_it():
    assert "marketplace.demo" not in base.INSTALLED_APPS
