"""Lines of products that are made the same way: one application, one certificate, several products."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from certification import audit, workflow
from certification.models import LineMember
from certification.words import EDITABLE_STATUSES, Verb

from .applications import may_describe, open_application

MOST_MEMBERS = 200


@audit.writing()
def set_line(*, user, lead: Product, products: Sequence[Product]) -> list[LineMember]:
    """Say that `products`, and no others, are made the same way as `lead`.

    Raises PermissionDenied for strangers and foreign products; ValidationError for another kind of product, one that
    belongs to another line or leads one, and while staff are judging.
    """
    if not may_describe(user, lead):
        raise PermissionDenied
    Product.objects.select_for_update().get(pk=lead.pk)
    if LineMember.objects.filter(product=lead).exists():
        raise ValidationError(_("This piece belongs to another line. Describe the line at its leading piece."))
    if len(products) > MOST_MEMBERS:
        raise ValidationError(_("A line takes at most %(number)d pieces."), params={"number": MOST_MEMBERS})
    case = open_application(lead)
    if case and case.status not in EDITABLE_STATUSES:
        raise ValidationError(_("This piece is being checked now. Take the application back to change its line."))
    for product in products:
        _check(lead, product)
    LineMember.objects.filter(lead=lead).exclude(product__in=products).delete()
    members = [LineMember.objects.get_or_create(product=product, defaults={"lead": lead})[0] for product in products]
    if case:
        workflow.record(verb=Verb.LINE_CHANGE, actor=user, row=case, after={"products": [p.pk for p in products]})
    return members


def candidates(lead: Product) -> list[Product]:
    """The maker's other products of the same kind that could be in this line, those that are in it included."""
    others = Product.objects.filter(maker=lead.maker, kind=lead.kind).exclude(structure=Product.CHILD)
    free = others.exclude(pk=lead.pk).filter(line_members__isnull=True)
    return list(free.exclude(line_membership__lead__in=others.exclude(pk=lead.pk)).order_by("title", "pk"))


def _check(lead: Product, product: Product) -> None:
    if product.maker_id != lead.maker_id or product.is_child:
        raise PermissionDenied
    if product.kind != lead.kind:
        raise ValidationError(
            _("“%(title)s” is another kind of product, so other steps count for it."), params={"title": product.title}
        )
    if product.pk == lead.pk or LineMember.objects.filter(lead=product).exists():
        raise ValidationError(_("“%(title)s” leads a line itself."), params={"title": product.title})
    if LineMember.objects.filter(product=product).exclude(lead=lead).exists():
        raise ValidationError(_("“%(title)s” belongs to another line."), params={"title": product.title})
    case = open_application(product)
    if case:
        raise ValidationError(
            _("“%(title)s” has an open application of its own. Take that back first."), params={"title": product.title}
        )
