"""A pick list names every piece that still has to leave, once for each variant, and nothing of another maker."""

import io

import pytest
from pypdf import PdfReader

from catalog.catalogue.services import Variant
from catalog.order.models import WAITING, MakerOrder
from marketplace import fulfilment
from marketplace.fulfilment.picking import pick_pdf, picks_for
from tests import factories

from .shop import owner, paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return factories.maker(name="Taller Ocho")


@pytest.fixture
def jacket(maker):
    sizes = [Variant(price=48, stock=9, size=size, color="Navy", color_hex="#2b2f63") for size in ("M",)]
    return factories.certified_product(maker, title="Chore jacket", variants=sizes)


def picks(maker):
    return picks_for(MakerOrder.objects.filter(maker=maker, status__in=WAITING))


def test_the_same_variant_of_several_orders_is_one_line(maker, jacket):
    tote = factories.certified_product(maker, title="Canvas tote")
    first, second = paid(jacket), paid(jacket, tote)
    found = picks(maker)
    assert [(pick.title, pick.variant, pick.quantity) for pick in found] == [
        ("Canvas tote", "Navy · M", 1), ("Chore jacket", "Navy · M", 2),
    ]  # fmt: skip
    assert found[1].orders == ((first.order.number, 1), (second.order.number, 1))
    assert found[1].first_due == first.promised_on


def test_what_left_is_not_picked_again(maker, jacket):
    part = paid(jacket)
    fulfilment.ship(user=owner(part), maker_order=part, carrier="DHL", tracking_number="1234567890")
    assert picks(maker) == []


def test_it_asks_equally_often_for_more_orders(maker, jacket, django_assert_num_queries):
    for _ in range(4):
        paid(jacket)
    with django_assert_num_queries(3):
        assert picks(maker)[0].quantity == 4


def test_the_screen_and_the_paper_say_the_same(client, maker, jacket):
    theirs = factories.certified_product(title="Somebody else's scarf")
    part = paid(jacket)
    paid(theirs)
    client.force_login(factories.owner_of(maker))
    page = client.get("/studio/orders/pick/").content.decode()
    paper = client.get("/studio/orders/papers/pick.pdf")
    text = PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    for words in (page, text):
        assert "Chore jacket" in words
        assert part.order.number in words
        assert "scarf" not in words
    assert paper["Content-Type"] == "application/pdf"


def test_names_cannot_break_the_paper():
    assert pick_pdf("<b>&", []).startswith(b"%PDF")
