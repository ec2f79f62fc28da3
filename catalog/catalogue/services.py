"""Writes about products: what is sold, in which variants, at which price and how many are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from catalog.partner.models import Partner, StockReason, StockRecord
from makers import permissions
from makers.models import Maker, ShippingKind, ShippingProfile
from marketplace.terms.services import require_accepted

from .models import Category, Product, ProductCategory, ProductClass
from .notices import NOTICE_FIELDS, ProductNotice
from .stock import set_stock

MOST_VARIANTS = 200
TEXT_FIELDS = (
    "title", "title_es", "description", "description_es", "kind", "origin_statement", "fibre_content", "care",
    "makers_note", "makers_note_es",
)  # fmt: skip

DELIVERY_FIELDS = ("shipping_profile", "weight_oz", "made_to_order_days")
FIELDS = TEXT_FIELDS + DELIVERY_FIELDS


@dataclass(frozen=True, slots=True)
class Variant:
    """One size and color on sale. `id` names an existing child product; price in dollars before tax.

    A stock that is still `seen_stock`, what the person saw, leaves the count as it is: pieces may be sold meanwhile.
    """

    price: Decimal
    stock: int
    size: str = ""
    color: str = ""
    color_hex: str = ""
    id: int | None = None
    seen_stock: int | None = None


@transaction.atomic
def create_product(
    *, user, maker: Maker, category: Category, variants: Sequence[Variant], notice: Mapping | None = None, **texts
) -> Product:
    """A new product of `maker`; `texts` are fields of FIELDS, `notice` of NOTICE_FIELDS.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, maker))
    require_accepted(maker)
    product = blank_product(maker)
    _write(product, category, texts, notice)
    save_variants(user=user, product=product, variants=variants)
    return product


@transaction.atomic
def describe_product(
    *, user, maker: Maker, title: str, kind: str, description: str, title_es: str = "", description_es: str = ""
) -> Product:
    """A product that is certified but not sold here: no variants, no price, never listed.

    `edit_product` turns it into a listing. Raises PermissionDenied, ValidationError.
    """
    permissions.require(permissions.can_edit_maker(user, maker) or permissions.can_assist(user))
    product = blank_product(maker)
    product.is_public = False
    texts = {"title": title, "title_es": title_es, "description": description, "description_es": description_es}
    _set_texts(product, texts | {"kind": kind})
    return product


@transaction.atomic
def edit_description(*, user, product: Product, **texts) -> Product:
    """Change the words of a product and leave its variants and whether it is offered; `texts` are fields of FIELDS."""
    permissions.require(product.maker is not None and permissions.can_edit_maker(user, product.maker))
    product = Product.objects.select_for_update().get(pk=product.pk)
    _set_texts(product, texts)
    return product


@transaction.atomic
def create_draft(
    *, user, maker: Maker, title: str, kind: str, description: str, variants: Sequence[Variant],
    weight_oz: int | None = None,
) -> Product:  # fmt: skip
    """A product with its variants that is not offered yet; `publish_product` does that.

    Raises PermissionDenied, ValidationError.
    """
    product = describe_product(user=user, maker=maker, title=title, kind=kind, description=description)
    if weight_oz:
        _set_texts(product, {"weight_oz": weight_oz})
    save_variants(user=user, product=product, variants=variants)
    return product


@transaction.atomic
def edit_draft(*, user, product: Product, category: Category | None = None, **texts) -> Product:
    """Note what is known so far of a product that is not offered; `texts` are fields of FIELDS."""
    product = edit_description(user=user, product=product, **texts)
    if category is not None:
        _set_category(product, category)
    return product


@transaction.atomic
def discard_draft(*, user, product: Product) -> None:
    """Delete a product that was never offered and that no application names.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(product.maker is not None and permissions.can_edit_maker(user, product.maker))
    product = Product.objects.select_for_update().get(pk=product.pk)
    if product.is_public:
        raise ValidationError(_("It is published already, so it can't be thrown away."))
    try:
        product.delete()
    except ProtectedError as error:
        raise ValidationError(_("It is part of an application for the label, so it can't be thrown away.")) from error


@transaction.atomic
def publish_product(*, user, product: Product, category: Category, **texts) -> Product:
    """Offer a product that has its variants already; it is sold while it is certified.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(product.maker is not None and permissions.can_edit_maker(user, product.maker))
    product = Product.objects.select_for_update().get(pk=product.pk)
    require_accepted(product.maker)
    if not product.children.filter(is_public=True, stockrecords__price__isnull=False).exists():
        raise ValidationError(_("A piece needs at least one variant with a price."))
    _write(product, category, texts, None)
    return product


def blank_product(maker: Maker) -> Product:
    """An unsaved product of `maker`."""
    return Product(maker=maker, structure=Product.PARENT, product_class=fashion_class())


@transaction.atomic
def edit_product(
    *, user, product: Product, category: Category, variants: Sequence[Variant], notice: Mapping | None = None, **texts
) -> Product:
    """Change a product; variants that are not named any more leave the shop. Without `notice` its notices stay.

    Raises PermissionDenied, ValidationError.
    """
    permissions.require(product.maker is not None and permissions.can_edit_maker(user, product.maker))
    product = Product.objects.select_for_update().get(pk=product.pk)
    if not product.is_public:  # it was only described so far: now it is offered
        require_accepted(product.maker)
    _write(product, category, texts, notice)
    save_variants(user=user, product=product, variants=variants)
    return product


@transaction.atomic
def save_variants(*, user, product: Product, variants: Sequence[Variant]) -> None:
    """Make the product's variants equal to `variants`. Stock never falls below what shoppers hold already."""
    permissions.require(permissions.can_edit_maker(user, product.maker))
    _check_variants(variants)
    children = list(Product.objects.select_for_update(of=("self",)).filter(parent=product).order_by("pk"))
    partner = partner_of(product.maker)
    pairs = _children_for(variants, children)
    meant = {id(child) for child in pairs if child is not None}
    for child in children:
        if id(child) not in meant:
            _retire(child)
    for variant, known in zip(variants, pairs, strict=True):
        child = known or Product(parent=product, structure=Product.CHILD)
        child.size, child.color, child.color_hex = variant.size, variant.color, variant.color_hex
        child.title, child.is_public = "", True
        child.save()
        _save_stock(user, child, partner, variant)


def _children_for(variants: Sequence[Variant], children: Sequence[Product]) -> list[Product | None]:
    """Which row each variant is: the one of its size and color, even one that had left the shop, else that of its id.

    So a combination that comes back is the same row again, and two that swap their names stay what they are.
    """
    exact = {(child.size, child.color): child for child in children}
    found = [exact.get((variant.size, variant.color)) for variant in variants]
    taken = {child.pk for child in found if child is not None}
    by_id = {child.pk: child for child in children if child.pk not in taken}
    return [child or by_id.pop(variant.id or 0, None) for child, variant in zip(found, variants, strict=True)]


def partner_of(maker: Maker) -> Partner:
    """Oscar's partner for a maker, made at first need."""
    partner, _created = Partner.objects.get_or_create(maker=maker, defaults={"name": maker.name, "code": maker.slug})
    return partner


def fashion_class() -> ProductClass:
    """The one product class: everything is shipped and counted."""
    product_class, _created = ProductClass.objects.get_or_create(
        slug="fashion", defaults={"name": "Fashion", "requires_shipping": True, "track_stock": True}
    )
    return product_class


def _write(product: Product, category: Category, texts: dict, notice: Mapping | None) -> None:
    product.is_public = True  # whoever gives it a category and a price puts it on sale
    _set_texts(product, texts)
    if notice is not None:
        _write_notice(product, notice)
    _set_category(product, category)


def _set_category(product: Product, category: Category) -> None:
    ProductCategory.objects.filter(product=product).exclude(category=category).delete()
    ProductCategory.objects.get_or_create(product=product, category=category)


def _write_notice(product: Product, facts: Mapping) -> None:
    """Keep the notices of a piece; none where they say nothing. Raises ValidationError, TypeError."""
    if unknown := set(facts) - set(NOTICE_FIELDS):
        raise TypeError(f"not fields of a notice: {sorted(unknown)}")
    row = ProductNotice.objects.filter(product=product).first() or ProductNotice(product=product)
    for name, value in facts.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not row.is_blank:
        row.full_clean()
        row.save()
    elif row.pk:
        row.delete()


def _set_texts(product: Product, texts: dict) -> None:
    if unknown := set(texts) - set(FIELDS):
        raise TypeError(f"not fields of a product: {sorted(unknown)}")
    for name, value in texts.items():
        setattr(product, name, value.strip() if isinstance(value, str) else value)
    product.slug = slugify(product.title)[:200] or "piece"
    product.full_clean(exclude=["parent", "upc"])
    _check_delivery(product)
    product.save()


def _check_delivery(product: Product) -> None:
    """The profile is the maker's own and in use, and one by weight knows the weight."""
    profile = product.shipping_profile
    if profile and (profile.maker_id != product.maker_id or not profile.is_active):
        raise ValidationError({"shipping_profile": _("Choose one of your shipping profiles.")})
    needs_weight = ShippingProfile.objects.filter(maker=product.maker, kind=ShippingKind.WEIGHT)
    used = needs_weight.filter(pk=profile.pk) if profile else needs_weight.filter(is_default=True)
    if product.is_public and product.weight_oz is None and used.exists():
        raise ValidationError({"weight_oz": _("Shipping is priced by weight, so say how much the piece weighs.")})


def _check_variants(variants: Sequence[Variant]) -> None:
    if not variants:
        raise ValidationError(_("A piece needs at least one variant with a price."))
    if len(variants) > MOST_VARIANTS:
        raise ValidationError(_("A piece takes at most %(number)d variants."), params={"number": MOST_VARIANTS})
    combinations = [(variant.size.casefold(), variant.color.casefold()) for variant in variants]
    if len(set(combinations)) < len(combinations):
        raise ValidationError(_("Two variants have the same size and color."))
    if any(variant.price <= 0 or variant.stock < 0 for variant in variants):
        raise ValidationError(_("A price is above zero, and stock is not negative."))


def _save_stock(user, child: Product, partner: Partner, variant: Variant) -> None:
    record, created = StockRecord.objects.select_for_update().get_or_create(
        product=child,
        partner=partner,
        defaults={"partner_sku": f"LA-{child.pk}", "price": variant.price, "num_in_stock": variant.stock},
    )
    if created:
        return
    stock = record.num_in_stock if variant.stock == variant.seen_stock else variant.stock
    if (record.num_allocated or 0) > stock:
        raise ValidationError(
            _("%(held)d pieces of “%(variant)s” are in orders already, so the stock can't be lower."),
            params={"held": record.num_allocated, "variant": child.variant_label or child.parent.title},
        )
    if record.price != variant.price:
        record.price = variant.price
        record.save(update_fields=["price"])
    if child.parent.is_public:
        set_stock(user=user, record=record, stock=stock, why=StockReason.EDITOR)
    elif record.num_in_stock != stock:  # a draft may be thrown away: nobody counts it yet
        record.num_in_stock = stock
        record.save(update_fields=["num_in_stock"])


def _retire(child: Product) -> None:
    """A variant that orders may point to stays as a row, out of the shop and without free stock."""
    child.is_public = False
    child.save(update_fields=["is_public"])
    StockRecord.objects.filter(product=child).update(
        num_in_stock=F("num_allocated")  # what is held still ships
    )
