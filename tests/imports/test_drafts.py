"""Drafts: nobody sees them; what they lack is said for all at once; publishing keeps the rules of a listing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from catalog.basket.services import NotAdded, add_piece
from catalog.catalogue.models import Product
from catalog.catalogue.services import discard_draft, publish_product
from marketplace.core import clock
from marketplace.imports.models import Import
from marketplace.imports.services import apply_import, forget_files
from marketplace.terms import services as terms
from tests import factories
from tests.fulfilment.shop import basket_with

from .files import bring, dry_run, outcomes, piece, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(db):
    return factories.maker()


@pytest.fixture
def studio(maker):
    client = Client()
    client.force_login(factories.owner_of(maker))
    return client


def drafts(maker) -> list[Product]:
    return list(Product.objects.filter(maker=maker, parent=None).order_by("pk"))


def typed(products, **fields) -> dict:
    data = {"piece": [item.pk for item in products]}
    for item in products:
        data |= {f"piece-{item.pk}-{name}": value for name, value in fields.items()}
    return data


WHOLE = {"kind": "bag", "origin_statement": "both", "fibre_content": "100% cotton", "care": "Wash cold."}


def test_a_draft_is_seen_by_nobody(maker, client):
    bring(maker, sheet(piece()))
    (draft,) = drafts(maker)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "Tote" not in client.get("/shop/").content.decode()


def test_what_is_said_for_all_fills_what_is_empty(maker, studio):
    bring(maker, sheet(piece("a", "A thing"), piece("b", "B thing")))
    first, second = drafts(maker)
    data = typed([first, second]) | {f"piece-{first.pk}-fibre_content": "100% wool"}
    data |= {f"all-{name}": value for name, value in WHOLE.items()} | {"all-category": factories.category().pk}
    assert studio.post("/studio/import/drafts/", data).status_code == 302
    rows = drafts(maker)
    assert [(row.kind, row.fibre_content, row.is_public) for row in rows] == [
        ("bag", "100% wool", False), ("bag", "100% cotton", False),
    ]  # fmt: skip
    assert [row.categories.get() for row in rows] == [factories.category()] * 2


@pytest.mark.parametrize("missing", ["kind", "category", "origin_statement", "fibre_content"])
def test_a_piece_is_published_only_when_everything_is_said(maker, studio, missing):
    bring(maker, sheet(piece(title="A thing"), piece("b", "B thing")))
    first, second = drafts(maker)
    whole = WHOLE | {"category": factories.category().pk, "publish": "on"}
    data = typed([first, second], **whole) | {f"piece-{second.pk}-{missing}": ""}
    answer = studio.post("/studio/import/drafts/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "A published piece needs this." in page
    assert "100% cotton" in page  # what was typed is there still
    assert not Product.objects.filter(maker=maker, is_public=True).exists()
    assert drafts(maker)[0].fibre_content == ""  # all or nothing


def test_published_pieces_name_their_next_step_and_are_sold_only_when_certified(maker, studio):
    bring(maker, sheet(piece()))
    (draft,) = drafts(maker)
    data = typed([draft], **WHOLE, category=factories.category().pk, publish="on")
    assert studio.post("/studio/import/drafts/", data).status_code == 302
    page = studio.get("/studio/import/drafts/").content.decode()
    assert "goes on sale once it is certified" in page
    assert f"/studio/products/{draft.pk}/steps/" in page
    draft.refresh_from_db()
    assert draft.is_public
    assert "Not certified, not for sale" in studio.get("/studio/products/").content.decode()


def test_without_the_terms_nothing_is_published_and_the_form_says_so(maker, studio, monkeypatch):
    bring(maker, sheet(piece()))
    monkeypatch.setattr(terms, "has_accepted", lambda maker: False)  # a new version came into force
    data = typed(drafts(maker), **WHOLE, category=factories.category().pk, publish="on")
    answer = studio.post("/studio/import/drafts/", data)
    assert answer.status_code == 422
    assert "accepts the terms" in answer.content.decode()
    assert not drafts(maker)[0].is_public


def test_drafts_and_imports_of_another_maker_are_out_of_reach(maker, studio):
    other = factories.maker()
    bring(other, sheet(piece()))
    (theirs,) = drafts(other)
    batch = Import.objects.get(maker=other)
    data = typed([theirs], **WHOLE, category=factories.category().pk, publish="on")
    studio.post("/studio/import/drafts/", data)
    theirs.refresh_from_db()
    assert (theirs.is_public, theirs.fibre_content) == (False, "")
    for method, path in (("get", ""), ("post", "apply/"), ("post", "pictures/")):
        assert getattr(studio, method)(f"/studio/import/{batch.pk}/{path}").status_code == 404
    with pytest.raises(PermissionDenied):
        apply_import(user=factories.owner_of(maker), batch=batch)
    with pytest.raises(PermissionDenied):
        publish_product(user=factories.owner_of(maker), product=theirs, category=factories.category())


@pytest.mark.parametrize("pks", [["abc"], ["9" * 40], ["-1"], [], ["1"] * 3000])
def test_pieces_that_are_no_drafts_are_passed_over(studio, pks):
    assert studio.post("/studio/import/drafts/", {"piece": pks}).status_code in (302, 400)


def test_a_draft_can_be_certified_before_it_is_published_and_is_not_sold_meanwhile(maker):
    bring(maker, sheet(piece()))
    (draft,) = drafts(maker)
    factories.certify(draft)
    with pytest.raises(NotAdded):
        add_piece(basket=basket_with(), variant=factories.variant_of(draft), quantity=1)


def test_a_draft_is_thrown_away_and_comes_again_with_the_file(maker, studio):
    bring(maker, sheet(piece(title="A thing"), piece("b", "B thing")))
    first, second = drafts(maker)
    data = typed([first, second], **WHOLE, category=factories.category().pk, publish="on")
    data |= {f"piece-{first.pk}-discard": "on"}
    assert studio.post("/studio/import/drafts/", data).status_code == 422  # both at once
    del data[f"piece-{first.pk}-publish"]
    assert studio.post("/studio/import/drafts/", data | {"all-publish": "on"}).status_code == 302
    assert drafts(maker) == [second]
    assert outcomes(dry_run(maker, sheet(piece(title="A thing")))) == {"A thing": "new"}


def test_what_is_published_or_applied_for_is_not_thrown_away(maker, studio):
    bring(maker, sheet(piece()))
    (draft,) = drafts(maker)
    factories.application(draft)
    answer = studio.post("/studio/import/drafts/", typed([draft], discard="on"))
    assert answer.status_code == 422
    assert "part of an application" in answer.content.decode()
    shown = factories.product(maker)
    with pytest.raises(ValidationError):
        discard_draft(user=factories.owner_of(maker), product=shown)
    with pytest.raises(PermissionDenied):
        discard_draft(user=factories.owner_of(factories.maker()), product=draft)
    assert set(drafts(maker)) == {draft, shown}


def test_a_file_goes_after_thirty_days_and_its_report_stays(maker, settings):
    batch = dry_run(maker, sheet(piece()))
    kept = list(settings.EVIDENCE_ROOT.rglob("imports/*"))
    assert len(kept) == 1
    assert not list(settings.MEDIA_ROOT.rglob("*"))
    forget_files()
    assert kept[0].exists()
    with clock.at(clock.now() + timedelta(days=31)):
        forget_files()
    assert not kept[0].exists()
    batch.refresh_from_db()
    assert batch.file == ""
    assert batch.pieces.count() == 1
