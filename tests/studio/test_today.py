"""The studio's first page says what waits, and what is left until the first sale; a preview is for members alone."""

from datetime import timedelta

import pytest

from catalog.catalogue import pictures
from catalog.catalogue.services import Variant, create_draft
from catalog.order import workflow
from catalog.order.models import MakerOrder
from catalog.partner.models import StockRecord
from catalog.search.listing import refresh_listing
from makers.services import save_workplace
from makers.studio.checklist import checklist
from marketplace.aftersale import thread
from marketplace.aftersale.access import as_shopper
from marketplace.core import clock
from marketplace.core.templatetags.numbers import whole
from marketplace.payments.models import MakerAccount
from tests import factories
from tests.fulfilment.shop import basket_with, place

pytestmark = pytest.mark.django_db


def shown(client, address="/studio/"):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def paid(maker):
    shopper = factories.person()
    piece = factories.certified_product(maker, stock=9)
    part = place(basket_with(piece, owner=shopper), user=shopper).order.maker_orders.get()
    workflow.perform(maker_order=part, action="pay")
    return MakerOrder.objects.get(pk=part.pk)


def done(maker):
    steps = checklist(factories.owner_of(maker), maker)
    return [number for number, step in enumerate(steps, 1) if step.done]


def test_the_checklist_follows_the_facts(maker):
    owner = factories.owner_of(maker)
    assert done(maker) == [5]
    place_ = factories.workplace(maker)
    assert done(maker) == [1, 5]
    piece = factories.product(maker)
    assert done(maker) == [1, 5, 6]
    pictures.add_picture(user=owner, product=piece, upload=factories.photo(), alt="")
    assert done(maker) == [1, 5, 6, 7]
    factories.steps(piece, place_)
    assert done(maker) == [1, 5, 6, 7, 8]
    MakerAccount.objects.create(maker=maker, can_be_paid=True, looked_at=clock.now())
    factories.passkey(owner)
    assert done(maker) == [1, 3, 4, 5, 6, 7, 8]
    save_workplace(user=owner, workplace=place_)
    maker.about, maker.picture = "We sew.", "makers/x.jpg"
    factories.submitted(piece)
    assert done(maker) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_the_checklist_folds_away_when_all_is_done(studio, maker, monkeypatch):
    assert "Set up your shop" in shown(studio)
    monkeypatch.setattr("makers.studio.today.checklist", lambda user, maker: [])
    assert "Set up your shop" not in shown(studio)


def test_orders_stand_with_the_day_that_was_promised(studio, paid):
    page = shown(studio)
    assert f"Ship order {whole(paid.order.number)}" in page
    assert "Late" not in page
    MakerOrder.objects.filter(pk=paid.pk).update(promised_on=clock.today() - timedelta(days=1))
    assert "Late: promised for" in shown(studio)


def test_a_question_waits_until_it_is_answered(studio, maker, paid):
    words = f"Answer the question about order {whole(paid.order.number)}"
    assert words not in shown(studio)
    thread.write_as_shopper(access=as_shopper(paid.order), part=paid, text="Is it warm?")
    assert words in shown(studio)
    thread.write_as_maker(user=factories.owner_of(maker), part=paid, text="Very.")
    assert words not in shown(studio)


def test_what_is_sold_out_leads_to_the_grid(studio, maker):
    piece = factories.product(maker, title="Canvas tote")
    refresh_listing(piece.pk)
    assert "Sold out: Canvas tote" not in shown(studio)
    StockRecord.objects.update(num_in_stock=0)
    refresh_listing(piece.pk)
    assert "Sold out: Canvas tote" in shown(studio)


@pytest.fixture
def draft(maker):
    variants = [Variant(price=48, stock=2, size="M", color="Navy", color_hex="#2b2f63")]
    return create_draft(
        user=factories.owner_of(maker), maker=maker, title="Work shirt", kind="garment", description="Sturdy.",
        variants=variants,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["draft", "uncertified", "held", "in the shop"])
def test_a_preview_shows_the_page_and_sells_nothing(studio, maker, draft, kind):
    if kind == "draft":
        piece = draft
    elif kind == "in the shop":
        piece = factories.certified_product(maker, title="Work shirt")
    else:
        piece = factories.product(maker, title="Work shirt")
    if kind == "held":
        piece.is_held = True
        piece.save()
    pictures.add_picture(user=factories.owner_of(maker), product=piece, upload=factories.photo(), alt="On a hanger")
    response = studio.get(f"/studio/products/{piece.pk}/preview/")
    page = response.content.decode()
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in page
    assert "Only you and your people see this page" in page
    assert "Work shirt" in page
    assert "On a hanger" in page
    assert "/basket/add/" not in page
    assert "data-seen" not in page


def test_a_preview_is_for_members_alone(client, draft):
    address = f"/studio/products/{draft.pk}/preview/"
    assert client.get(address).status_code == 302
    client.force_login(factories.owner_of(factories.maker()))
    assert client.get(address).status_code == 404
