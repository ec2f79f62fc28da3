"""Writes and reads size guides."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from makers import permissions

from .models import Product
from .size_guides import Measure, SizeGuide, SizeMeasure

MOST_SIZES = 40


@dataclass(frozen=True, slots=True)
class SizeRow:
    size: str
    cells: list[SizeMeasure | None]


@dataclass(frozen=True, slots=True)
class SizeTable:
    """A guide as a page shows it: one column per measure that any size has."""

    guide: SizeGuide
    columns: list[str]
    rows: list[SizeRow]


@transaction.atomic
def save_size_guide(
    *, user, product: Product, measured: str, fit: str, fit_es: str, numbers: Mapping[tuple[str, str], Decimal]
) -> SizeGuide | None:
    """Replace a piece's guide; `numbers` are inches by (size, measure). Without numbers and words there is none.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(product.maker is not None and permissions.can_edit_maker(user, product.maker))
    Product.objects.select_for_update().get(pk=product.pk)
    if len({size for size, _name in numbers}) > MOST_SIZES:
        raise ValidationError(_("A guide takes at most %(number)d sizes."), params={"number": MOST_SIZES})
    SizeGuide.objects.filter(product=product).delete()
    if not (numbers or fit.strip() or fit_es.strip()):
        return None
    guide = SizeGuide(product=product, measured=measured, fit=fit.strip(), fit_es=fit_es.strip())
    guide.full_clean()
    guide.save()
    rows = [SizeMeasure(guide=guide, size=size, name=name, inches=inches) for (size, name), inches in numbers.items()]
    for row in rows:
        row.full_clean(exclude=["guide"])
    SizeMeasure.objects.bulk_create(rows)
    return guide


def sizes_of(product: Product) -> list[str]:
    """The sizes on sale in the order in which they were made; one empty name where there is one size only."""
    rows = product.children.filter(is_public=True).order_by("pk").values_list("size", flat=True)
    return list(dict.fromkeys(rows)) or [""]


def size_table(product: Product, sizes: list[str]) -> SizeTable | None:
    """The guide for `sizes`, in their order; numbers of sizes that left the shop are not shown."""
    guide = SizeGuide.objects.filter(product=product).prefetch_related("measures").first()
    if guide is None:
        return None
    numbers = {(row.size, row.name): row for row in guide.measures.all() if row.size in sizes}
    names = [name for name in Measure.values if any(name == known for _size, known in numbers)]
    shown = [size for size in sizes if any(size == known for known, _name in numbers)]
    return SizeTable(
        guide=guide,
        columns=[Measure(name).label for name in names],
        rows=[SizeRow(size, [numbers.get((size, name)) for name in names]) for size in shown],
    )
