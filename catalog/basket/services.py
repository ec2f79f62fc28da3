"""Writes to a shopper's bag: only pieces with a badge, never more than there are, always with a word of why."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.basket.models import Basket, Line
from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from certification.badge.badges import badge_for
from marketplace.fulfilment import Problem, Quote

MOST_PIECES = 100


class NotAdded(Exception):
    """The piece can't go into the bag; the message says why and what to do."""


@dataclass(frozen=True)
class Added:
    """What is in the bag of this piece now; `capped` where fewer were left than asked for."""

    line: Line
    capped: bool


def variant_of(product_pk: int, variant_pk: int | None) -> Product:
    """The variant that is meant: the named one, or the only one. Raises NotAdded, Product.DoesNotExist."""
    product = Product.objects.select_related("maker").exclude(structure=Product.CHILD).get(pk=product_pk)
    if not product.is_parent:
        return product
    variants = product.children.filter(is_public=True)
    if variant_pk is not None:
        variants = variants.filter(pk=variant_pk)
    found = list(variants[:2])
    if len(found) != 1:
        raise NotAdded(_("Choose a size and color first."))
    found[0].parent = product
    return found[0]


def add_piece(*, basket, variant: Product, quantity: int) -> Added:
    """Put pieces into the bag, as many as there are. Raises NotAdded; then nothing changed."""
    with transaction.atomic():
        _lock(basket)
        record = _for_sale(variant)
        line = basket.lines.filter(product=variant, stockrecord=record).first() if basket.id else None
        before = line.quantity if line else 0
        wanted = before + quantity
        allowed = min(wanted, _left(record), before + _room(basket))
        if allowed <= before:
            raise NotAdded(_no_more(before, _left(record)))
        if line is None:
            line, _created = basket.add_product(variant, allowed)
        else:
            _set_quantity(line, allowed)
        return Added(line, capped=allowed < wanted)


def change_quantity(*, basket, line: Line, quantity: int) -> Added | None:
    """Set how many; 0 takes the piece out (None). Fewer than asked for where fewer are left."""
    with transaction.atomic():
        _lock(basket)
        if quantity <= 0:
            line.delete()
            return None
        allowed = min(quantity, max(1, _left(line.stockrecord)), line.quantity + _room(basket))
        _set_quantity(line, allowed)
        return Added(line, capped=allowed < quantity)


@transaction.atomic
def take_out_blocked(*, basket, quote: Quote) -> int:
    """Take out what can't be paid, lower what is more than there is; returns how many lines changed."""
    _lock(basket)
    for blocked in quote.blocked:
        line = basket.lines.get(pk=blocked.line_id)
        if blocked.problem == Problem.FEWER_LEFT:
            _set_quantity(line, blocked.available)
        else:
            line.delete()
    return len(quote.blocked)


def _lock(basket) -> None:
    """One change of a bag at a time. Raises NotAdded where it was ordered meanwhile."""
    if basket.id is None:
        return
    status = Basket.objects.select_for_update().values_list("status", flat=True).get(pk=basket.id)
    if status != Basket.OPEN:
        raise NotAdded(_("This bag is being paid in another tab. Finish or cancel that first."))


def _for_sale(variant: Product) -> StockRecord:
    product = variant.parent if variant.parent_id else variant
    if badge_for(product.pk) is None:
        raise NotAdded(_("“%(title)s” is not certified now, so it can't be bought.") % {"title": product.label})
    if not product.maker.is_selling:
        raise NotAdded(_("%(maker)s is taking a break and sells nothing now.") % {"maker": product.maker.name})
    record = variant.stockrecords.filter(partner__maker=product.maker_id, price__isnull=False).first()
    if record is None or product.is_held or not (product.is_public and variant.is_public):
        raise NotAdded(_("“%(title)s” is not for sale.") % {"title": product.label})
    return record


def _left(record: StockRecord | None) -> int:
    return max(0, (record.num_in_stock or 0) - (record.num_allocated or 0)) if record else 0


def _room(basket) -> int:
    pieces = sum(basket.lines.values_list("quantity", flat=True)) if basket.id else 0
    return max(0, MOST_PIECES - pieces)


def _no_more(before: int, left: int) -> str:
    if left == 0:
        return _("This piece was just sold. Nothing was added.")
    if before >= left:
        return _("Your bag already holds all that are left.")
    return _("A bag holds at most %(number)d pieces.") % {"number": MOST_PIECES}


def _set_quantity(line: Line, quantity: int) -> None:
    line.quantity = quantity
    line.save(update_fields=["quantity"])
