"""Drafts of an import: what they still need, all at once, and then the shop."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from catalog.catalogue import services as catalogue
from catalog.catalogue.models import Product
from catalog.search.listing import refresh_after_commit
from makers.models import Maker
from marketplace.core.formtools import add_service_error

from .forms import CommonForm, DraftForm

AT_ONCE = 25


def drafts_of(maker: Maker) -> QuerySet[Product]:
    """Pieces that came by an import and are not published, the oldest first."""
    rows = Product.objects.filter(maker=maker, is_public=False, sources__isnull=False)
    return rows.exclude(structure=Product.CHILD).distinct().order_by("pk")


def save_all(*, user, common: CommonForm, forms: list[DraftForm]) -> list[Product] | None:
    """Save every draft, and publish those that are to be; the published ones.

    None where one of them won't do: then nothing is saved, and the forms say why.
    """
    valid = [form.is_valid() for form in (common, *forms)]
    if not all(valid):
        return None
    for form in forms:
        form.fill(common)
    if any(form.errors for form in forms):
        return None
    with transaction.atomic():
        published = [form.product for form in forms if _save(user, form)]
        if any(form.errors for form in forms):
            transaction.set_rollback(True)
            return None
        refresh_after_commit(published)
    return published


def _save(user, form: DraftForm) -> bool:
    """Whether the piece was published; a refusal stands in the form."""
    try:
        with transaction.atomic():
            _write(user, form)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return form.cleaned_data["publish"]


def _write(user, form: DraftForm) -> None:
    said = form.cleaned_data
    category = said["category"] or None
    if said["discard"]:
        catalogue.discard_draft(user=user, product=form.product)
    elif said["publish"]:
        catalogue.publish_product(user=user, product=form.product, category=category, **form.texts)
    elif form.texts or category:
        catalogue.edit_draft(user=user, product=form.product, category=category, **form.texts)
