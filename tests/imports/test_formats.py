"""The same pieces from Shopify, old and new, from Etsy and from Square."""

from decimal import Decimal

import pytest

from catalog.catalogue.models import Product
from marketplace.imports.models import Format
from tests import factories

from .files import SAMPLE, bring, dry_run, outcomes, piece, said, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(db):
    return factories.maker()


def variants(title: str) -> list[tuple]:
    children = Product.objects.get(title=title).children.order_by("pk")
    return list(children.values_list("color", "size", "stockrecords__price", "stockrecords__num_in_stock"))


def test_shopify_as_it_was_exported_for_years(maker):
    batch = bring(maker, SAMPLE.read_bytes())
    assert batch.format == Format.SHOPIFY
    assert outcomes(batch) == {"Chore jacket": "new", "Market tote": "new", "Tuesday hat": "new"}
    assert variants("Market tote") == [("", "", Decimal("38.00"), 12)]
    assert variants("Tuesday hat") == [("Azul marino", "Única", Decimal("54.00"), 3)]
    assert variants("Chore jacket")[2] == ("Rust", "M", Decimal("152.00"), 2)
    jacket = Product.objects.get(title="Chore jacket")
    assert (jacket.kind, jacket.weight_oz) == ("garment", 30)
    assert jacket.children.order_by("pk").first().color_hex == "#2b2f63"
    pictures = list(jacket.source_pictures.values_list("address", "color"))
    assert [(address.rpartition("/")[2], color) for address, color in pictures] == [
        ("chore-navy.jpg", "Navy"), ("chore-back.jpg", ""), ("chore-rust.jpg", "Rust"), ("chore-pocket.jpg", ""),
    ]  # fmt: skip


def test_shopify_with_the_headings_of_today(maker):
    row = {
        "Title": "Tote", "URL handle": "tote", "Description": "<p>Canvas.</p>", "Vendor": "V", "Type": "Bag",
        "Published on online store": "TRUE", "Status": "Active", "SKU": "T-1", "Option1 name": "Color",
        "Option1 value": "Black", "Price": "38.00", "Inventory quantity": "5", "Weight value (grams)": "400",
        "Product image URL": "https://x.example/t.jpg", "Image position": "1", "Image alt text": "Tote",
        "Variant image URL": "https://x.example/t.jpg", "SEO title": "Tote",
    }  # fmt: skip
    second = {"URL handle": "tote", "Option1 value": "Red", "Price": "39.00", "Inventory quantity": "2"}
    batch = bring(maker, sheet(row, second, columns=tuple(row)))
    assert outcomes(batch) == {"Tote": "new"}
    assert variants("Tote") == [("Black", "", Decimal("38.00"), 5), ("Red", "", Decimal("39.00"), 2)]
    assert Product.objects.get(title="Tote").source_pictures.get().color == "Black"


def test_an_option_that_never_varies_is_left_out_with_a_note(maker):
    fit = {"Option1 Name": "Talla", "Option2 Name": "Fabric", "Option3 Name": "Color"}
    rows = [
        piece(**fit, **{"Option1 Value": "S", "Option2 Value": "Denim", "Option3 Value": "Rojo"}),
        piece(title="", **{"Option1 Value": "M", "Option2 Value": "Denim", "Option3 Value": "Rojo"}),
    ]
    batch = bring(maker, sheet(*rows, columns=tuple(rows[0])))
    assert ("option_alone", 2) in said(batch)
    assert variants("Tote") == [("Rojo", "S", Decimal("38.00"), 5), ("Rojo", "M", Decimal("38.00"), 5)]


def etsy(**changes) -> dict:
    row = {
        "TITLE": "Hoop earrings", "DESCRIPTION": "Brass.\n\nBy hand.", "PRICE": "24.00", "CURRENCY_CODE": "USD",
        "QUANTITY": "7", "TAGS": "hoops,brass", "MATERIALS": "brass,gold fill", "IMAGE1": "https://i.example/1.jpg",
        "IMAGE2": "", "VARIATION 1 TYPE": "", "VARIATION 1 NAME": "", "VARIATION 1 VALUES": "",
        "VARIATION 2 TYPE": "", "VARIATION 2 NAME": "", "VARIATION 2 VALUES": "", "SKU": "",
    }  # fmt: skip
    return row | changes


def test_etsy_without_variations(maker):
    batch = bring(maker, sheet(etsy()))
    assert (batch.format, outcomes(batch)) == (Format.ETSY, {"Hoop earrings": "new"})
    assert variants("Hoop earrings") == [("", "", Decimal("24.00"), 7)]
    product = Product.objects.get(title="Hoop earrings")
    assert product.description == "Brass.\n\nBy hand."
    assert product.sources.get().last["materials"] == "brass,gold fill"


def test_etsy_gives_one_number_for_all_variations_so_none_is_guessed(maker):
    row = etsy(**{
        "VARIATION 1 TYPE": "Custom Property", "VARIATION 1 NAME": "Talla", "VARIATION 1 VALUES": "S,M",
        "VARIATION 2 TYPE": "Primary color", "VARIATION 2 NAME": "Color", "VARIATION 2 VALUES": "Gold, Silver",
    })  # fmt: skip
    batch = bring(maker, sheet(row))
    assert ("stock_in_one", 2) in said(batch)
    price = Decimal("24.00")
    assert variants("Hoop earrings") == [
        ("Gold", "S", price, 0), ("Silver", "S", price, 0), ("Gold", "M", price, 0), ("Silver", "M", price, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([etsy(CURRENCY_CODE="EUR")], "currency", 2), ([etsy(CURRENCY_CODE="")], "currency", 2),
        ([etsy(), etsy()], "twice", 3), ([etsy(SKU="A"), etsy(SKU="A", TITLE="Other")], "twice", 3),
        ([etsy(**{"VARIATION 1 NAME": "Size", "VARIATION 1 VALUES": ",".join(map(str, range(300)))})],
         "too_many_variants", 2),
    ],
)  # fmt: skip
def test_what_etsy_rows_are_refused_for(maker, rows, code, row):
    assert (code, row) in said(dry_run(maker, sheet(*rows)))


def square(key="T1", name="Tote", variation="Regular", **changes) -> dict:
    row = {
        "Token": key, "Item Name": name, "Variation Name": variation, "SKU": "", "Description": "Canvas.",
        "Category": "Bags", "Price": "38.00", "Option Name 1": "", "Option Value 1": "",
        "Current Quantity Arts District": "3", "Current Quantity Booth": "2", "New Quantity Booth": "",
    }  # fmt: skip
    return row | changes


def test_square_adds_up_its_locations(maker):
    batch = bring(maker, sheet(square()))
    assert (batch.format, outcomes(batch)) == (Format.SQUARE, {"Tote": "new"})
    assert variants("Tote") == [("", "", Decimal("38.00"), 5)]


def test_square_with_variations_by_name_and_by_option(maker):
    option = {"Option Name 1": "Color"}
    rows = [
        square("T1", "Tote", "Small"), square("T2", "Tote", "Large", Price="$1,048.00"),
        square("T3", "Cap", "Black", **option, **{"Option Value 1": "Black"}),
        square("T4", "Cap", "Red", **option, **{"Option Value 1": "Red", "Current Quantity Booth": ""}),
    ]  # fmt: skip
    bring(maker, sheet(*rows))
    assert variants("Tote") == [("", "Small", Decimal("38.00"), 5), ("", "Large", Decimal("1048.00"), 5)]
    assert variants("Cap") == [("Black", "", Decimal("38.00"), 5), ("Red", "", Decimal("38.00"), 3)]
    again = dry_run(maker, sheet(*reversed(rows)))
    assert set(outcomes(again).values()) == {"same"}


def test_square_prices_that_vary_are_refused(maker):
    assert ("price_unreadable", 2) in said(dry_run(maker, sheet(square(Price="variable"))))
