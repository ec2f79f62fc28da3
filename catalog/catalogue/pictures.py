"""Writes about the pictures of a piece: added, described, put in order, cut around a point, taken away."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from makers import permissions
from marketplace.core.uploads import clean_picture
from marketplace.pictures import services as public_pictures
from marketplace.pictures.shapes import Use

from .models import Product, ProductImage

MOST_PICTURES = 24
LONGEST_WORDS = 200


def pictures_of(product: Product):
    """The pictures of a piece and of its variants, in the order that the maker gave them; the first is the cover."""
    rows = ProductImage.objects.filter(Q(product=product) | Q(product__parent=product)).select_related("product")
    return rows.order_by("display_order", F("product__parent_id").asc(nulls_last=True), "product_id", "pk")


@transaction.atomic
def add_picture(*, user, product: Product, upload, alt: str, color: str = "") -> ProductImage:
    """Keep a clean copy of an uploaded picture for the piece, or for its variants of one color, as the last one.

    Raises PermissionDenied, and ValidationError for a file that won't do.
    """
    _require_editor(user, product)
    content = clean_picture(upload)
    _lock(product)
    owner = product.children.filter(is_public=True, color=color).order_by("pk").first() if color else product
    if owner is None:
        raise ValidationError(_("There is no variant in this color."))
    places = list(pictures_of(product).values_list("display_order", flat=True))
    if len(places) >= MOST_PICTURES:
        raise ValidationError(_("A piece takes at most %(number)d pictures."), params={"number": MOST_PICTURES})
    picture = ProductImage(product=owner, caption=alt[:LONGEST_WORDS], display_order=max(places, default=-1) + 1)
    picture.original.save(f"{product.slug[:60]}-{uuid.uuid4().hex[:8]}.jpg", content, save=False)
    picture.save()
    public_pictures.keep(name=picture.original.name, use=Use.PIECE)
    return picture


@transaction.atomic
def describe_picture(*, user, product: Product, picture_id: int, alt: str) -> None:
    """Say what a picture shows, for people who hear the page and for search."""
    _require_editor(user, product)
    picture = pictures_of(product).filter(pk=picture_id).first()
    permissions.require(picture is not None)
    picture.caption = alt.strip()[:LONGEST_WORDS]
    picture.save(update_fields=["caption"])


@transaction.atomic
def arrange_pictures(*, user, product: Product, order: Sequence[int]) -> None:
    """Put the pictures in this order of ids; the first is the cover.

    Ids of other pieces are passed over, and pictures that are not named (added meanwhile) come last.
    """
    _require_editor(user, product)
    _lock(product)
    rows = {row.pk: row for row in pictures_of(product)}
    named = [pk for pk in dict.fromkeys(order) if pk in rows]
    _number([rows[pk] for pk in [*named, *(pk for pk in rows if pk not in named)]])


@transaction.atomic
def move_picture(*, user, product: Product, picture_id: int, steps: int) -> None:
    """Move a picture that many places, later if `steps` is above zero; it stops at either end."""
    _require_editor(user, product)
    _lock(product)
    rows = list(pictures_of(product))
    now = next((place for place, row in enumerate(rows) if row.pk == picture_id), None)
    permissions.require(now is not None)
    rows.insert(min(max(now + steps, 0), len(rows) - 1), rows.pop(now))
    _number(rows)


@transaction.atomic
def remove_picture(*, user, product: Product, picture_id: int) -> None:
    """Take a picture of this piece away; one of another piece is left alone."""
    _require_editor(user, product)
    picture = pictures_of(product).filter(pk=picture_id).first()
    if picture is not None:
        picture.delete()
        if not ProductImage.objects.filter(original=picture.original.name).exists():
            public_pictures.forget(name=picture.original.name)


@transaction.atomic
def set_picture_focus(*, user, product: Product, picture_id: int, focal: tuple[int, int]) -> None:
    """What a card's crop of a picture is made around, per mille from left and top.

    Raises PermissionDenied, and ValidationError for a point outside the picture.
    """
    _require_editor(user, product)
    if not all(0 <= part <= 1000 for part in focal):
        raise ValidationError(_("Choose a point in the picture."))
    picture = pictures_of(product).filter(pk=picture_id).first()
    permissions.require(picture is not None)
    public_pictures.keep(name=picture.original.name, use=Use.PIECE, focal=focal)


def _require_editor(user, product: Product) -> None:
    permissions.require(product.maker is not None and permissions.can_edit_maker(user, product.maker))


def _lock(product: Product) -> None:
    """One change of a piece's pictures after the other: their places are counted."""
    Product.objects.select_for_update(of=("self",)).get(pk=product.pk)


def _number(rows: Sequence[ProductImage]) -> None:
    for place, row in enumerate(rows):
        row.display_order = place
    ProductImage.objects.bulk_update(rows, ["display_order"])
