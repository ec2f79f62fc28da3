"""Writes about what variants cost and how many are there: many at once, or one that was counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalog.partner.models import StockChange, StockReason, StockRecord
from makers import permissions
from makers.models import Maker
from marketplace.core import clock

from .models import Product

LOW = 2  # so few are left that a maker should know
MOST_STOCK = 100_000
LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class Cell:
    """What a variant costs in dollars before tax, how many there are, and whether it is on sale."""

    price: Decimal
    stock: int
    on_sale: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody saw of a variant, and what they want instead."""

    variant: int
    seen: Cell
    wanted: Cell


class CellsRefused(Exception):
    """Nothing was changed: `errors` says why by variant and field, `now` holds what else became true meanwhile."""

    def __init__(self, errors: dict[int, dict[str, str]], now: dict[int, Cell]):
        super().__init__(f"{len(errors)} variants")
        self.errors, self.now = errors, now


@transaction.atomic
def change_variants(*, user, maker: Maker, changes: Iterable[Change]) -> list[int]:
    """Change all of them or none; ids of the pieces that changed.

    A value that became another one since it was seen is not overwritten. Raises PermissionDenied, CellsRefused.
    """
    permissions.require(permissions.can_edit_maker(user, maker))
    asked = {change.variant: change for change in changes if change.seen != change.wanted}
    variants, records = _locked(maker, asked)
    errors: dict[int, dict[str, str]] = {}
    for pk, change in asked.items():
        if found := _refusals(change, cell_of(variants[pk], records[pk]), records[pk].num_allocated or 0):
            errors[pk] = found
    if errors:
        raise CellsRefused(errors, {pk: cell_of(variants[pk], records[pk]) for pk in errors})
    for pk, change in asked.items():
        _apply(user, variants[pk], records[pk], change)
    return sorted({variants[pk].parent_id for pk in asked})


@transaction.atomic
def count_stock(*, user, maker: Maker, variant_id: int, by: int | None = None, to: int | None = None) -> int:
    """Somebody counted a variant: so many more or fewer (`by`), or that many (`to`); what is there now.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, maker))
    _variants, records = _locked(maker, [variant_id])
    record = records[variant_id]
    stock = to if to is not None else (record.num_in_stock or 0) + (by or 0)
    if refusal := _wrong_stock(stock, record.num_allocated or 0):
        raise ValidationError(refusal)
    set_stock(user=user, record=record, stock=stock, why=StockReason.SCAN)
    return stock


@transaction.atomic
def give_code(*, user, maker: Maker, variant_id: int, code: str) -> None:
    """Know a variant by the code on its tag. Raises PermissionDenied, ValidationError."""
    permissions.require(permissions.can_edit_maker(user, maker))
    code = code.strip()
    if not code or len(code) > LONGEST_CODE:
        raise ValidationError(_("A code has 1 to %(number)d characters."), params={"number": LONGEST_CODE})
    _variants, records = _locked(maker, [variant_id])
    if by_code(maker, code).exclude(pk=variant_id).exists():
        raise ValidationError(_("Another variant has this code already."))
    StockRecord.objects.filter(pk=records[variant_id].pk).update(partner_sku=code)


def by_code(maker: Maker, code: str) -> QuerySet[Product]:
    """The maker's variant whose number or barcode this is; letters in either case."""
    known = Q(stockrecords__partner_sku__iexact=code) | Q(upc__iexact=code)
    return own_variants(maker).filter(known).distinct()


def own_variants(maker: Maker) -> QuerySet[Product]:
    """The priced variants of pieces that are offered, those that are off sale among them."""
    rows = Product.objects.filter(structure=Product.CHILD, parent__maker=maker, parent__is_public=True)
    return rows.filter(stockrecords__price__isnull=False).select_related("parent").prefetch_related("stockrecords")


def set_stock(*, user, record: StockRecord, stock: int, why: StockReason) -> None:
    """Write a new count of a locked record and who set it."""
    before = record.num_in_stock or 0
    if stock == before:
        return
    record.num_in_stock = stock
    record.save(update_fields=["num_in_stock"])
    StockChange.objects.create(record=record, user=user, at=clock.now(), before=before, after=stock, why=why)


def cell_of(variant: Product, record: StockRecord) -> Cell:
    return Cell(price=record.price, stock=record.num_in_stock or 0, on_sale=variant.is_public)


def _locked(maker: Maker, ids: Iterable[int]) -> tuple[dict[int, Product], dict[int, StockRecord]]:
    """Variants and their stock by variant id, in order of primary key. A stranger's id raises PermissionDenied."""
    ids = set(ids)
    rows = Product.objects.select_for_update(of=("self",)).filter(structure=Product.CHILD, parent__maker=maker)
    variants = {row.pk: row for row in rows.filter(pk__in=ids, parent__is_public=True).order_by("pk")}
    stock = StockRecord.objects.select_for_update().filter(product__in=variants, price__isnull=False)
    records = {record.product_id: record for record in stock.order_by("pk")}
    permissions.require(ids == set(records))
    return variants, records


def _refusals(change: Change, now: Cell, held: int) -> dict[str, str]:
    seen, wanted, errors = change.seen, change.wanted, {}
    for name in ("price", "stock", "on_sale"):
        was, want, real = getattr(seen, name), getattr(wanted, name), getattr(now, name)
        if want != was and real not in (was, want):
            errors[name] = _changed_meanwhile(name, now)
    if "stock" not in errors and wanted.stock != seen.stock and (refusal := _wrong_stock(wanted.stock, held)):
        errors["stock"] = refusal
    return errors


def _changed_meanwhile(name: str, now: Cell) -> str:
    if name == "stock":
        return _("It changed meanwhile: there are %(number)d now. Save again if your number is still right.") % {
            "number": now.stock
        }
    if name == "price":
        return _("It changed meanwhile: the price is $%(price)s now. Save again if yours is still right.") % {
            "price": now.price
        }
    return _("Somebody changed this meanwhile. Save again if yours is still right.")


def _wrong_stock(stock: int, held: int) -> str:
    if stock < 0 or stock > MOST_STOCK:
        return _("Stock is a whole number from 0 to 100,000.")
    if stock < held:
        return _("%(held)d are in orders already, so it can't be fewer.") % {"held": held}
    return ""


def _apply(user, variant: Product, record: StockRecord, change: Change) -> None:
    """Only what the person changed: the rest may have become something else meanwhile."""
    seen, wanted = change.seen, change.wanted
    if wanted.price != seen.price and wanted.price != record.price:
        record.price = wanted.price
        record.save(update_fields=["price"])
    if wanted.stock != seen.stock:
        set_stock(user=user, record=record, stock=wanted.stock, why=StockReason.GRID)
    if wanted.on_sale != seen.on_sale:
        variant.is_public = wanted.on_sale
        variant.save(update_fields=["is_public"])
