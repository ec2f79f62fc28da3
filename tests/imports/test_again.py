"""The same file, or the next one: only what the file says anew is changed, wholly or not at all."""

import itertools
from decimal import Decimal

import pytest

from catalog.catalogue import services as catalogue
from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from makers.models import Membership
from marketplace.core import outbox
from marketplace.core.models import OutboxMessage
from marketplace.imports import applying
from marketplace.imports.models import ImportPiece, Source
from marketplace.imports.services import apply_import
from tests import factories

from .files import SAMPLE, bring, dry_run, outcomes, piece, said, sheet

pytestmark = pytest.mark.django_db
SIZES = ("S", "M")


@pytest.fixture
def maker(db):
    return factories.maker()


def tote(*, stock="5", price="38.00", sizes=SIZES, **first) -> bytes:
    """A file with one tote in these sizes."""
    rows = [piece(price=price, stock=stock, **{"Option1 Name": "Size", "Option1 Value": size}) for size in sizes]
    for row in rows[1:]:
        row |= {"Title": "", "Body (HTML)": ""}
    rows[0] |= first
    return sheet(*rows, columns=tuple(rows[0]))


def record(size="S") -> StockRecord:
    return StockRecord.objects.get(product__size=size, product__parent__title__startswith="Tote")


def changes(batch) -> list[tuple]:
    return [(item["what"], item["name"], item["after"]) for row in batch.pieces.all() for item in row.changes]


def state(maker) -> list:
    return [
        list(rows.order_by("pk").values())
        for rows in (
            Product.objects.filter(maker=maker).defer("date_updated"), Product.objects.filter(parent__maker=maker),
            StockRecord.objects.filter(partner__maker=maker), Source.objects.filter(maker=maker),
        )
    ]  # fmt: skip


def test_the_same_file_again_changes_nothing(maker):
    bring(maker, SAMPLE.read_bytes())
    before = state(maker)
    again = bring(maker, SAMPLE.read_bytes())
    assert set(outcomes(again).values()) == {"same"}
    assert changes(again) == []
    assert not again.pieces.filter(is_work=True).exists()
    assert state(maker) == before


def test_a_changed_file_changes_what_it_says(maker):
    bring(maker, tote())
    batch = bring(maker, tote(price="40.00", stock="6", sizes=("S", "M", "L"), Title="Tote bag"))
    assert outcomes(batch) == {"Tote bag": "changed"}
    assert set(changes(batch)) == {
        ("title", "", "Tote bag"), ("price", "S", "40.00"), ("price", "M", "40.00"), ("stock", "S", "6"),
        ("stock", "M", "6"), ("variant", "L", "40.00"),
    }  # fmt: skip
    product = Product.objects.get(maker=maker)
    assert (product.title, product.children.count()) == ("Tote bag", 3)
    assert {(row.price, row.num_in_stock) for row in StockRecord.objects.all()} == {(Decimal("40.00"), 6)}


def test_what_is_not_in_the_file_stays(maker):
    bring(maker, sheet(piece(), piece("cap", "Cap")))
    other = factories.product(maker, title="Made here")
    batch = bring(maker, sheet(piece(price="39.00")))
    assert outcomes(batch) == {"Tote": "changed"}
    assert Product.objects.filter(maker=maker, title="Cap").exists()
    assert Product.objects.get(pk=other.pk).is_public


def test_a_variant_that_the_file_leaves_out_stays_and_is_named(maker):
    bring(maker, tote(sizes=("S", "M")))
    batch = bring(maker, tote(sizes=("S",), price="40.00"))
    assert ("variants_stay", 2) in said(batch)
    assert (record("S").price, record("M").price) == (Decimal("40.00"), Decimal("38.00"))
    assert record("M").product.is_public


def test_what_was_sold_and_edited_here_is_not_undone_by_the_same_file(maker):
    bring(maker, tote())
    product = Product.objects.get(maker=maker)
    catalogue.edit_description(user=factories.owner_of(maker), product=product, title="Tote of canvas")
    StockRecord.objects.filter(product__size="S").update(num_in_stock=3)
    again = bring(maker, tote())
    assert outcomes(again) == {"Tote": "same"}
    assert (Product.objects.get(maker=maker).title, record("S").num_in_stock) == ("Tote of canvas", 3)
    bring(maker, tote(stock="9"))
    assert (Product.objects.get(maker=maker).title, record("S").num_in_stock) == ("Tote of canvas", 9)


def test_stock_never_falls_below_what_shoppers_hold(maker):
    bring(maker, tote())
    StockRecord.objects.filter(product__size="S").update(num_allocated=4)
    batch = bring(maker, tote(stock="1"))
    assert ("stock_held", 2) in said(batch)
    assert (record("S").num_in_stock, record("M").num_in_stock) == (4, 1)


def test_pieces_held_after_the_dry_run_count_too(maker):
    bring(maker, tote())
    batch = dry_run(maker, tote(stock="1"))
    StockRecord.objects.filter(product__size="S").update(num_allocated=4)
    apply_import(user=factories.owner_of(maker), batch=batch)
    outbox.deliver()
    assert record("S").num_in_stock == 4


def test_a_variant_taken_out_here_comes_back_only_when_the_file_speaks_of_it_anew(maker):
    bring(maker, tote())
    product = Product.objects.get(maker=maker)
    kept = record("S").product
    offer = catalogue.Variant(id=kept.pk, size="S", price=Decimal("38.00"), stock=5)
    catalogue.save_variants(user=factories.owner_of(maker), product=product, variants=[offer])
    assert outcomes(bring(maker, tote())) == {"Tote": "same"}
    assert not record("M").product.is_public
    bring(maker, tote(stock="8"))
    assert (record("M").product.is_public, record("M").num_in_stock) == (True, 8)


def test_a_certified_piece_is_warned_about_its_name(maker):
    bring(maker, sheet(piece()))
    product = Product.objects.get(maker=maker)
    catalogue.publish_product(
        user=factories.owner_of(maker), product=product, category=factories.category(), kind="garment",
        origin_statement="usa", fibre_content="100% cotton",
    )  # fmt: skip
    factories.certify(product)
    assert ("name_certified", 2) in said(dry_run(maker, sheet(piece(title="Tote bag"))))
    assert said(dry_run(maker, sheet(piece(price="39.00")))) == set()


def test_no_claim_comes_from_a_file(maker):
    claims = {"Origin": "Made in Los Angeles", "Certificate": "LA-2026-000001", "origin_statement": "usa"}
    bring(maker, sheet(piece(**claims, Tags="made in la, certified")))
    product = Product.objects.get(maker=maker)
    assert (product.origin_statement, product.fibre_content, product.is_public) == ("", "", False)
    assert not product.production_steps.exists()
    assert not product.certificates.exists()


def test_two_makers_with_the_same_handle_have_their_own_pieces(maker):
    other = factories.maker()
    bring(maker, sheet(piece()))
    assert outcomes(bring(other, sheet(piece(title="Other tote")))) == {"Other tote": "new"}
    assert Product.objects.get(maker=maker).title == "Tote"


def test_our_own_handle_of_another_makers_piece_leads_nowhere(maker):
    theirs = factories.product(title="Theirs")
    batch = bring(maker, sheet(piece(handle=f"theirs-la{theirs.pk}", title="Mine")))
    assert outcomes(batch) == {"Mine": "new"}
    assert Product.objects.get(pk=theirs.pk).title == "Theirs"


def test_a_piece_that_fails_halfway_is_not_there_at_all_and_the_rest_is(maker, monkeypatch):
    batch = dry_run(maker, sheet(piece("a", "A"), piece("b", "B"), piece("c", "C")))
    real = applying._remember

    def fails(row, found, product):
        if row.title == "B":
            raise ConnectionError("the machine is gone")
        real(row, found, product)

    monkeypatch.setattr(applying, "_remember", fails)
    apply_import(user=factories.owner_of(maker), batch=batch)
    outbox.deliver()
    assert set(Product.objects.filter(maker=maker).values_list("title", flat=True)) == {"A", "C"}
    assert batch.pieces.filter(done_at=None).get().title == "B"
    monkeypatch.setattr(applying, "_remember", real)
    outbox.hurry(OutboxMessage.objects.get(topic="imports.piece", done_at=None).pk)
    outbox.deliver()
    assert Product.objects.filter(maker=maker).count() == 3
    assert not batch.pieces.filter(done_at=None).exists()


def test_a_message_delivered_twice_and_an_import_applied_twice_do_their_work_once(maker):
    batch = dry_run(maker, sheet(piece()))
    owner = factories.owner_of(maker)
    assert [apply_import(user=owner, batch=batch) for _ in range(2)] == [True, False]
    row = batch.pieces.get()
    for _ in range(2):
        applying.apply_piece({"piece": row.pk})
    assert Product.objects.filter(maker=maker).count() == 1


def test_two_dry_runs_of_one_file_make_one_piece(maker):
    first, second = dry_run(maker, sheet(piece())), dry_run(maker, sheet(piece()))
    for batch in (first, second):
        apply_import(user=factories.owner_of(maker), batch=batch)
    outbox.deliver()
    assert Product.objects.filter(maker=maker).count() == 1


def test_who_left_the_business_imports_nothing_any_more(maker):
    person = factories.person()
    member = Membership.objects.create(maker=maker, user=person, role="staff")
    batch = dry_run(maker, sheet(piece()))
    apply_import(user=person, batch=batch)
    member.delete()
    outbox.deliver()
    assert not Product.objects.filter(maker=maker).exists()
    assert ImportPiece.objects.get().outcome == "left_out"
    assert ("no_member", 2) in said(batch)


def test_every_order_of_the_rows_brings_the_same(maker):
    rows = [
        piece(handle, title, **{"Option1 Name": "Size", "Option1 Value": size})
        for handle, title in (("a", "A"), ("b", "B"))
        for size in SIZES
    ]
    for order in itertools.permutations(rows):
        assert set(outcomes(bring(maker, sheet(*order)))) == {"A", "B"}
    assert Product.objects.filter(maker=maker).count() == 2
    assert Product.objects.filter(parent__maker=maker).count() == 4
