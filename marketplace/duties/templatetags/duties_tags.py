"""Template tags: the fee of today, and what buyers learn of a seller."""

from collections.abc import Iterable

from django import template

from catalog.order.models import MakerOrder
from makers.models import Maker
from marketplace.duties.disclosure import Disclosure, disclosures_of
from marketplace.duties.fee_example import FeeExample
from marketplace.duties.fee_example import fee_example as reckon

register = template.Library()


@register.simple_tag
def fee_example() -> FeeExample:
    """The fee of today with an example."""
    return reckon()


@register.simple_tag
def seller_of(maker: Maker) -> Disclosure | None:
    """What buyers learn of this maker, where the law asks for it."""
    return disclosures_of([maker.pk]).get(maker.pk)


@register.simple_tag
def sellers_of(parts: Iterable) -> list[tuple[str, Disclosure]]:
    """Shop name and what buyers learn, for those makers of an order of whom the law asks for it.

    `parts` are those of an order, or views of them that have each as `part`.
    """
    rows: list[MakerOrder] = [getattr(row, "part", row) for row in parts]
    names = {part.maker_id: part.maker.name for part in rows}
    return [(names[pk], found) for pk, found in disclosures_of(names).items()]
