"""The pictures of a piece as its editor shows them, each with its forms."""

from collections.abc import Mapping

from catalog.catalogue.models import Product, ProductImage
from catalog.catalogue.pictures import pictures_of
from marketplace.pictures.selectors import hang

from .picture_forms import FocusForm, PicturesForm, WordsForm


def hung_pictures(
    product: Product, clicked: Mapping[int, Mapping] | None = None, said: Mapping[int, Mapping] | None = None
) -> list[ProductImage]:
    """The piece's pictures, each with what it is shown by and its forms; `clicked` and `said` are posted data by id."""
    rows = list(pictures_of(product))
    hang(rows, lambda row: row.original.name)
    for row in rows:
        row.focus = FocusForm((clicked or {}).get(row.pk), shot=row.shot, auto_id=f"picture-{row.pk}-%s")
        row.words = WordsForm(
            (said or {}).get(row.pk), initial={"alt": row.caption}, auto_id=f"picture-{row.pk}-words-%s"
        )
    return rows


def picture_context(product: Product, picture_form=None, refused=(), pictures=None) -> dict:
    """What the template's part for pictures needs; `refused` are (name of a file, what is wrong with it)."""
    return {
        "pictures": hung_pictures(product) if pictures is None else pictures,
        "picture_form": picture_form or PicturesForm(colors=colors_of(product)),
        "refused": refused,
    }


def colors_of(product: Product) -> list[str]:
    colors = product.children.filter(is_public=True).exclude(color="").values_list("color", flat=True)
    return list(dict.fromkeys(colors))
