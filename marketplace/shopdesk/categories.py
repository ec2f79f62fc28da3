"""The tree of categories: two levels, named in two languages; an address once given stays."""

from dataclasses import dataclass
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.catalogue.models import Category, ProductCategory
from marketplace.core import outbox

from .permissions import CATEGORIES, require

DEEPEST = 2
BATCH = 100  # rows of the listing that one message brings up to date


@dataclass(frozen=True)
class Branch:
    """A category for the desk's list, with how many pieces are filed right in it."""

    category: Category
    pieces: int
    first: bool
    last: bool


def tree() -> list[Branch]:
    """Every category in the shop's order."""
    rows = list(Category.objects.annotate(pieces=Count("product")).order_by("path"))
    beside: dict[str, list[Category]] = {}
    for row in rows:
        beside.setdefault(_above(row), []).append(row)
    return [Branch(row, row.pieces, row == beside[_above(row)][0], row == beside[_above(row)][-1]) for row in rows]


def _above(category: Category) -> str:
    return category.path[: -Category.steplen]


@transaction.atomic
def add_category(*, user, name: str, name_es: str, parent: Category | None = None) -> Category:
    """A new category at the end of its level. Raises PermissionDenied, ValidationError."""
    require(user, CATEGORIES)
    _lock_tree()
    if parent is not None and parent.depth >= DEEPEST:
        raise ValidationError({"parent": _("Categories have two levels. Choose one of the first level.")})
    slug = slugify(name)
    beside = parent.get_children() if parent is not None else Category.get_root_nodes()
    if not slug:
        raise ValidationError({"name": _("Write the name with letters or digits; its address is made of them.")})
    if beside.filter(slug=slug).exists():
        raise ValidationError({"name": _("There is a category of that name here already.")})
    given = {"name": name, "name_es": name_es, "slug": slug}
    if parent is None:
        return Category.add_root(**given)
    added = parent.add_child(**given)
    added.set_ancestors_are_public()
    return added


@transaction.atomic
def change_category(*, user, category: Category, name: str, name_es: str, is_public: bool) -> None:
    """Rename, hide or show it; its address stays. Raises PermissionDenied."""
    require(user, CATEGORIES)
    row = Category.objects.select_for_update().get(pk=category.pk)
    renamed = (row.name, row.name_es) != (name, name_es)
    row.name, row.name_es, row.is_public = name, name_es, is_public
    row.save(update_fields=["name", "name_es", "is_public"])
    row.set_ancestors_are_public()
    if renamed:
        _refresh_pieces(row)


@transaction.atomic
def move_category(*, user, category: Category, up: bool) -> None:
    """One place up or down among its neighbors; at the end of the row nothing happens. Raises PermissionDenied."""
    require(user, CATEGORIES)
    _lock_tree()
    row = Category.objects.get(pk=category.pk)
    neighbor = row.get_prev_sibling() if up else row.get_next_sibling()
    if neighbor is not None:
        row.move(neighbor, "left" if up else "right")


@transaction.atomic
def remove_category(*, user, category: Category) -> None:
    """Only what is empty can go: no piece loses its place. Raises PermissionDenied, ValidationError."""
    require(user, CATEGORIES)
    _lock_tree()
    row = Category.objects.get(pk=category.pk)
    if row.numchild:
        raise ValidationError(_("It has categories below it. Remove those first, or hide it."))
    if ProductCategory.objects.filter(category=row).exists():
        raise ValidationError(_("Pieces are filed in it. Hide it, or wait until their makers have moved them."))
    row.delete()


def _lock_tree() -> None:
    """Paths are counted from what is there, so that one person at a time plants or fells."""
    list(Category.objects.select_for_update().order_by("pk").values_list("pk"))


def _refresh_pieces(category: Category) -> None:
    """The search knows pieces by the names of their categories."""
    below = ProductCategory.objects.filter(category__path__startswith=category.path)
    pieces = sorted(set(below.values_list("product_id", flat=True)))
    batches = [pieces[start : start + BATCH] for start in range(0, len(pieces), BATCH)]
    outbox.post_all(("search.refresh", f"category:{uuid4()}", {"products": batch}) for batch in batches)
