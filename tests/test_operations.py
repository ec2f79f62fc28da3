"""What operators and crawlers ask for."""

import pytest
from django.core.cache import cache

from catalog.search.listing import refresh_listing
from certification.services import certificates
from tests import factories

pytestmark = pytest.mark.django_db


def test_health_and_readiness(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").json() == {"database": "ok", "migrations_missing": 0}


def test_robots_name_a_sitemap_that_exists(client):
    address = client.get("/robots.txt").content.decode().split("Sitemap: ")[1].strip()
    assert client.get("/" + address.split("/", 3)[3]).status_code == 200


def test_the_sitemap_lists_what_is_for_sale_in_both_languages(client):
    cache.clear()
    piece = factories.product()
    certificate = factories.certify(piece)
    refresh_listing(piece.pk)
    page = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://127.0.0.1:8000{piece.get_absolute_url()}</loc>" in page
    assert f"<loc>http://127.0.0.1:8000/es{piece.get_absolute_url()}</loc>" in page
    assert "/es/stories/</loc>" in page
    certificates.suspend(
        user=factories.decider(), certificate=certificate, reason="Unclear.", reasons=["contradiction"]
    )
    assert piece.get_absolute_url() not in client.get("/sitemap.xml").content.decode()
