"""From a file of another shop to published pieces: dry run, apply, fill in, publish."""

import pytest
from django.test import Client

from catalog.catalogue.models import Listing, Product
from marketplace.core import fetch, outbox
from marketplace.imports.models import Import
from tests import factories

from .files import SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(db):
    return factories.maker(name="Taller Ocho")


@pytest.fixture
def studio(maker):
    client = Client()
    client.force_login(factories.owner_of(maker))
    return client


@pytest.fixture
def web(monkeypatch):
    """Every address answers with a picture of its own."""
    asked = []

    def answer(address):
        asked.append(address)
        return factories.photo().read()

    monkeypatch.setattr(fetch, "get", answer)
    return asked


def upload(studio):
    with SAMPLE.open("rb") as file:
        return studio.post("/studio/import/", {"file": file})


def test_from_the_file_to_the_shop(studio, maker, web, django_capture_on_commit_callbacks):
    answer = upload(studio)
    batch = Import.objects.get()
    assert answer.status_code == 302
    page = studio.get(answer.url).content.decode()
    assert "What the file would do" in page
    assert not Product.objects.filter(maker=maker).exists()
    studio.post(f"/studio/import/{batch.pk}/apply/")
    while outbox.deliver():
        pass
    page = studio.get(answer.url).content.decode()
    assert "The import is done" in page
    jacket = Product.objects.get(maker=maker, title="Chore jacket")
    assert not jacket.is_public
    assert jacket.description == "Heavy canvas with three patch pockets.\n\n– Sewn in Boyle Heights\n– Corozo buttons"
    assert sorted(jacket.children.values_list("size", "color", "stockrecords__num_in_stock")) == [
        ("M", "Navy", 6), ("M", "Rust", 2), ("S", "Navy", 4),
    ]  # fmt: skip
    assert len(web) == 5
    category = factories.category()
    drafts = Product.objects.filter(maker=maker, parent=None).order_by("pk")
    form = {"piece": [item.pk for item in drafts], "all-fibre_content": "100% cotton", "all-origin_statement": "both"}
    form |= {"all-category": category.pk, "all-publish": "on"}
    for item in drafts:
        form[f"piece-{item.pk}-kind"] = item.kind
    with django_capture_on_commit_callbacks(execute=True):
        answer = studio.post("/studio/import/drafts/", form)
    assert answer.status_code == 302
    page = studio.get("/studio/import/drafts/").content.decode()
    assert "3 pieces are published" in page
    assert "goes on sale once it is certified" in page
    listed = Listing.objects.filter(maker=maker).values_list("title", flat=True)
    assert set(listed) == {"Chore jacket", "Market tote"}
    assert Product.objects.get(title="Tuesday hat").is_held  # "Made in USA." of imported materials
