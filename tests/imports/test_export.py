"""What goes out comes back unchanged, and no cell of it is a formula."""

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client

from catalog.catalogue.models import Product
from catalog.catalogue.pictures import add_picture
from catalog.catalogue.services import Variant, describe_product
from marketplace.core import fetch, outbox
from marketplace.imports.export import COLUMNS, csv_lines
from tests import factories

from .files import SAMPLE, bring, dry_run, outcomes, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(db):
    return factories.maker()


def exported(maker) -> bytes:
    return "".join(csv_lines(maker)).encode()


def table(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_pieces_made_here_go_out_and_come_back_unchanged(maker, monkeypatch):
    monkeypatch.setattr(fetch, "get", lambda address: pytest.fail("fetched"))
    jacket = factories.product(
        maker, title="=Chore · jacket", description="First.\n\nSecond <b>&amp;\nline.", weight_oz=33,
        variants=[
            Variant(price=Decimal("148.00"), stock=3, size="S", color="Navy"),
            Variant(price=Decimal("152.50"), stock=0, size="-M", color="Navy"),
            Variant(price=Decimal("152.50"), stock=1, size="S", color="Ros'a"),
        ],
    )  # fmt: skip
    factories.product(maker, title="'=Plain", variants=[Variant(price=Decimal("20.00"), stock=9)])
    owner = factories.owner_of(maker)
    add_picture(user=owner, product=jacket, upload=factories.photo(), alt="@Front", color="")
    add_picture(user=owner, product=jacket, upload=factories.photo(), alt="In navy", color="Navy")
    describe_product(user=owner, maker=maker, title="Only described", kind="hat", description="A hat.")
    content = exported(maker)
    batch = bring(maker, content)
    assert said(batch) == set()
    assert outcomes(batch) == {"=Chore · jacket": "same", "'=Plain": "same"}
    outbox.deliver()
    assert exported(maker) == content
    assert Product.objects.filter(maker=maker, parent=None).count() == 3


def test_pieces_from_shopify_keep_their_handle(maker, monkeypatch):
    monkeypatch.setattr(fetch, "get", lambda address: factories.photo().read())
    bring(maker, SAMPLE.read_bytes())
    while outbox.deliver():
        pass
    content = exported(maker)
    assert [row["Variant SKU"] for row in table(content) if row["Variant Price"]][:3] == ["CJ-S-N", "CJ-M-N", "CJ-M-R"]
    assert {row["Handle"] for row in table(content)} == {"chore-jacket", "market-tote", "tuesday-hat"}
    assert set(outcomes(dry_run(maker, content)).values()) == {"same"}


def test_no_cell_begins_like_a_formula(maker):
    for start in "=+-@":
        factories.product(maker, title=f"{start}cmd", description=f"{start}1", variants=[
            Variant(price=Decimal("20.00"), stock=1, size=f"{start}S", color=f"{start}C")
        ])  # fmt: skip
    for row in table(exported(maker)):
        assert [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_the_file_is_the_makers_own_and_named_for_today(maker):
    factories.product(maker, title="Mine")
    factories.product(title="Theirs")
    client = Client()
    client.force_login(factories.owner_of(maker))
    answer = client.get("/studio/export/products.csv")
    content = b"".join(answer.streaming_content)
    assert [row["Title"] for row in table(content)] == ["Mine"]
    assert tuple(table(content)[0]) == COLUMNS
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"


def test_the_export_asks_the_same_however_many_pieces(maker, django_assert_num_queries):
    for number in range(6):
        factories.product(maker, title=f"Piece {number}")
    with django_assert_num_queries(7):
        exported(maker)
