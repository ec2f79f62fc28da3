"""Prices and stock of many variants at once, and one counted by its code: nothing that was sold is overwritten."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from catalog.catalogue import stock
from catalog.catalogue.models import Listing, Product
from catalog.catalogue.services import Variant, edit_product
from catalog.catalogue.stock import Cell, CellsRefused, Change
from catalog.partner.models import StockChange, StockRecord
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece(maker):
    sizes = [Variant(price=Decimal("48"), stock=5, size=size, color="Navy", color_hex="#2b2f63") for size in "SM"]
    return factories.product(maker, title="Chore jacket", variants=sizes)


@pytest.fixture
def small(piece):
    return factories.variant_of(piece)


def record_of(variant) -> StockRecord:
    return StockRecord.objects.get(product=variant)


def row(variant, **changes) -> dict:
    """What the grid posts of a variant that nobody touched, and the changes."""
    record = record_of(variant)
    fields = {
        "price": str(record.price), "stock": record.num_in_stock, "seen_price": str(record.price),
        "seen_stock": record.num_in_stock, "seen_on_sale": str(variant.is_public),
    }  # fmt: skip
    if variant.is_public:
        fields["on_sale"] = "on"
    fields |= changes
    return {f"v{variant.pk}-{name}": value for name, value in fields.items() if value is not None}


def post(studio, *rows, query="", **more):
    data = {"row": []} | more
    for variant, fields in rows:
        data["row"].append(variant.pk)
        data |= fields
    return studio.post(f"/studio/grid/{query}", data)


def test_many_are_changed_at_once(studio, maker, piece):
    small, medium = piece.children.order_by("pk")
    response = post(studio, (small, row(small, price="52.50")), (medium, row(medium, stock=9, on_sale=None)))
    assert response.status_code == 302
    assert "2 variants are changed." in studio.get("/studio/grid/").content.decode()
    assert record_of(small).price == Decimal("52.50")
    medium.refresh_from_db()
    assert (record_of(medium).num_in_stock, medium.is_public) == (9, False)
    change = StockChange.objects.get()
    assert (change.before, change.after, change.why, change.user) == (5, 9, "grid", factories.owner_of(maker))
    listing = Listing.objects.get(pk=piece.pk)
    assert (listing.price_max, listing.in_stock) == (Decimal("52.50"), 5)


BAD_CELLS = {
    "a negative stock": ({"stock": -1}, "greater than or equal to 0"),
    "a huge stock": ({"stock": 10**9}, "less than or equal to 100000"),
    "no price": ({"price": ""}, "This field is required"),
    "a price of nothing": ({"price": "0"}, "greater than or equal to 1"),
    "a price that is no number": ({"price": "NaN"}, "Enter a number"),
    "a fraction of a cent": ({"price": "48.001"}, "2 decimal places"),
    "fewer than orders hold": ({"stock": 1}, "2 are in orders already"),
}


@pytest.mark.parametrize("case", BAD_CELLS)
def test_errors_stand_at_their_cells_and_nothing_is_lost(studio, piece, case):
    changes, words = BAD_CELLS[case]
    small, medium = piece.children.order_by("pk")
    StockRecord.objects.filter(product=small).update(num_allocated=2)
    response = post(studio, (small, row(small, **changes)), (medium, row(medium, price="99.90")))
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="99.90"' in page
    assert record_of(medium).price == Decimal("48")


def test_what_was_sold_meanwhile_is_shown_and_asked(studio, small):
    seen = row(small, stock=8)
    StockRecord.objects.filter(product=small).update(num_in_stock=3)
    response = post(studio, (small, seen))
    page = response.content.decode()
    assert response.status_code == 422
    assert "there are 3 now" in page
    assert f'name="v{small.pk}-seen_stock" value="3"' in page
    assert f'name="v{small.pk}-stock" value="8"' in page
    assert record_of(small).num_in_stock == 3
    post(studio, (small, seen | {f"v{small.pk}-seen_stock": 3}))
    assert record_of(small).num_in_stock == 8


def test_a_sale_meanwhile_stays_where_only_the_price_changes(studio, small):
    seen = row(small, price="60")
    StockRecord.objects.filter(product=small).update(num_in_stock=3)
    assert post(studio, (small, seen)).status_code == 302
    assert (record_of(small).price, record_of(small).num_in_stock) == (Decimal("60"), 3)


def test_the_editor_leaves_a_stock_alone_that_nobody_touched(maker, piece):
    """A sale between opening the page and saving it was once put back on the shelf."""
    small, medium = piece.children.order_by("pk")
    StockRecord.objects.filter(product=small).update(num_in_stock=4)
    seen = [
        Variant(price=Decimal("48"), stock=number, size=child.size, color="Navy", color_hex="#2b2f63", id=child.pk,
                seen_stock=5)
        for child, number in ((small, 5), (medium, 7))
    ]  # fmt: skip
    edit_product(
        user=factories.owner_of(maker), product=piece, category=factories.category(), variants=seen, title="Jacket"
    )
    assert (record_of(small).num_in_stock, record_of(medium).num_in_stock) == (4, 7)


def variants_of(piece):
    rows = piece.children.filter(is_public=True).order_by("pk")
    return [(child.pk, child.size, record_of(child).num_in_stock) for child in rows]


def test_a_combination_that_comes_back_is_the_same_row(maker, piece):
    """To take a size away and to bring it again once broke the save."""
    small, medium = (child.pk for child in piece.children.order_by("pk"))
    navy = {"price": Decimal("48"), "color": "Navy", "color_hex": "#2b2f63"}
    owner = factories.owner_of(maker)

    def save(*variants):
        edit_product(
            user=owner, product=piece, category=factories.category(), title="Jacket",
            variants=[Variant(**navy, size=size, stock=number, id=pk) for pk, size, number in variants],
        )  # fmt: skip

    save((medium, "M", 5))
    save((medium, "M", 5), (None, "S", 2))
    assert variants_of(piece) == [(small, "S", 2), (medium, "M", 5)]
    save((small, "M", 1), (medium, "S", 7))  # names swapped
    assert variants_of(piece) == [(small, "S", 7), (medium, "M", 1)]
    save((small, "XS", 7), (medium, "M", 1))
    assert variants_of(piece) == [(small, "XS", 7), (medium, "M", 1)]


FILTERS = {
    "": ["S", "M"], "?q=jacket m": ["M"], "?q=nothing": [], "?show=out": ["S"], "?show=low": [], "?show=off": [],
    "?show=bogus&page=999": ["S", "M"], "?q=%00": ["S", "M"],
}  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_the_grid_is_narrowed(studio, piece, query):
    small = piece.children.get(size="S")
    StockRecord.objects.filter(product=small).update(num_in_stock=2, num_allocated=2)
    page = studio.get(f"/studio/grid/{query}")
    assert [form.variant.size for form in page.context["forms"]] == FILTERS[query]


def test_one_value_fills_all_rows_and_saves_nothing(studio, piece):
    small, medium = piece.children.order_by("pk")
    rows = [(small, row(small)), (medium, row(medium, stock=9))]
    response = post(studio, *rows, **{"fill": "1", "all-price": "55"})
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('value="55"') == 3
    assert 'value="9"' in page
    assert record_of(small).price == Decimal("48")
    assert post(studio, *rows, **{"fill": "1", "all-price": "-1"}).status_code == 422


def test_the_grid_asks_equally_often_for_more_variants(studio, maker, piece, django_assert_max_num_queries):
    for _ in range(5):
        factories.product(maker)
    with django_assert_max_num_queries(12):
        assert studio.get("/studio/grid/").status_code == 200


def test_a_strangers_variant_is_not_found(studio, maker):
    theirs = factories.variant_of(factories.product())
    assert post(studio, (theirs, row(theirs, price="1"))).status_code == 404
    cell = Cell(Decimal(48), 5, True)
    with pytest.raises(PermissionDenied):
        stock.change_variants(
            user=factories.owner_of(maker), maker=maker, changes=[Change(theirs.pk, cell, Cell(Decimal(1), 5, True))]
        )
    with pytest.raises(PermissionDenied):
        stock.count_stock(user=factories.owner_of(maker), maker=maker, variant_id=theirs.pk, by=1)
    assert studio.post(f"/studio/stock/{theirs.pk}/count/", {"by": "more"}).status_code == 404
    assert record_of(theirs).num_in_stock == 5


def test_all_or_nothing(maker, piece):
    small, medium = piece.children.order_by("pk")
    cell = Cell(Decimal(48), 5, True)
    changes = [Change(small.pk, cell, Cell(Decimal(50), 5, True)), Change(medium.pk, cell, Cell(Decimal(48), -1, True))]
    with pytest.raises(CellsRefused) as refused:
        stock.change_variants(user=factories.owner_of(maker), maker=maker, changes=changes)
    assert set(refused.value.errors) == {medium.pk}
    assert record_of(small).price == Decimal("48")


def scan(studio, code, **more):
    return studio.post("/studio/stock/", {"code": code} | more)


def test_a_scan_shows_counts_up_or_down(studio, small):
    code = record_of(small).partner_sku
    assert "Chore jacket" in scan(studio, code.lower()).content.decode()
    assert record_of(small).num_in_stock == 5
    response = scan(studio, code, mode="more")
    assert response.url == f"/studio/stock/?code={code}&mode=more"
    scan(studio, code, mode="more")
    scan(studio, code, mode="fewer")
    assert record_of(small).num_in_stock == 6
    page = studio.get(response.url).content.decode()
    assert "from 7 to 6" in page
    assert record_of(small).num_in_stock == 6, "to look is not to count"


def test_a_count_is_set_and_refused_below_what_orders_hold(studio, small):
    StockRecord.objects.filter(product=small).update(num_allocated=2)
    address = f"/studio/stock/{small.pk}/count/"
    assert studio.post(address, {"number": "3", "code": "LA"}).status_code == 302
    refused = studio.post(address, {"number": "1", "code": "LA"})
    assert refused.status_code == 422
    assert "2 are in orders already" in refused.content.decode()
    assert studio.post(address, {"number": "x", "code": "LA"}).status_code == 422
    assert studio.post(address, {"code": "LA"}).status_code == 422
    assert record_of(small).num_in_stock == 3


def test_a_code_that_nobody_knows_is_given_to_a_variant(studio, piece, small):
    page = scan(studio, "0012345678905").content.decode()
    assert "No piece has the number 0012345678905" in page
    studio.post("/studio/stock/code/", {"code": "0012345678905", "variant": small.pk})
    assert "Chore jacket" in scan(studio, "0012345678905").content.decode()
    medium = piece.children.get(size="M")
    taken = studio.post("/studio/stock/code/", {"code": "0012345678905", "variant": medium.pk})
    assert "Another variant has this code already" in taken.content.decode()
    theirs = factories.variant_of(factories.product())
    assert studio.post("/studio/stock/code/", {"code": "77", "variant": theirs.pk}).status_code == 422


@pytest.mark.parametrize("code", ["", "x" * 65, "\x00"])
def test_what_is_no_code_is_refused(studio, small, code):
    assert scan(studio, code, mode="more").status_code == 422
    assert record_of(small).num_in_stock == 5


def test_another_makers_code_finds_nothing(client, small):
    client.force_login(factories.owner_of(factories.maker()))
    assert "Chore jacket" not in scan(client, record_of(small).partner_sku).content.decode()


def test_the_editor_writes_who_set_a_count(maker, piece, small):
    kept = Variant(price=Decimal("48"), stock=2, size="S", color="Navy", color_hex="#2b2f63", id=small.pk)
    owner = factories.owner_of(maker)
    edit_product(user=owner, product=piece, category=factories.category(), variants=[kept], title="Jacket")
    assert list(StockChange.objects.values_list("before", "after", "why")) == [(5, 2, "editor")]
    assert Product.objects.filter(parent=piece, is_public=True).count() == 1
