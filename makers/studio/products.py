"""A maker's pieces: list and editor with variants."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.catalogue import services
from catalog.catalogue.models import Product
from catalog.catalogue.notices import NOTICE_FIELDS, ProductNotice
from catalog.search.listing import refresh_listing
from certification.badge.badges import badges_for
from certification.listing_words import held_words
from certification.models import Application, Certificate
from certification.selectors import register_rows, valid_certificates
from certification.services.applications import open_application
from makers.services import drop_draft
from marketplace.core.formtools import add_service_error

from .access import studio
from .autosave import is_autosave
from .drafts import draft_for, kept_now
from .forms import DescribeForm, NoticeForm, ProductForm, VariantFormSet
from .picture_list import picture_context

VARIANT_FIELDS = ("id", "size", "color", "color_hex", "price", "stock", "seen_stock")


@studio
@require_safe
def index(request):
    variants = Product.objects.filter(parent=OuterRef("pk"), is_public=True)
    rows = own_products(request).select_related("listing").annotate(has_variants=Exists(variants))
    products = list(rows.order_by("-pk"))
    badges = badges_for(product.pk for product in products)
    cases = Application.objects.filter(maker=request.maker).order_by("pk").values_list("product_id", "status")
    statuses = {product: Application(status=status).get_status_display() for product, status in cases}
    statuses |= _ended_certificates(request.maker)
    pieces = [
        {
            "product": product,
            "listing": getattr(product, "listing", None),
            "badge": badges.get(product.pk),
            "case": statuses.get(product.pk, ""),
        }
        for product in products
    ]
    return render(request, "studio/products.html", {"rows": pieces, "studio_section": "products"})


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    if is_autosave(request):
        return kept_now(request, request.maker, "product:new")
    data = draft_for(request, request.maker, "product:new")
    form = ProductForm(data, instance=services.blank_product(request.maker))
    variants = VariantFormSet(data, prefix="variant")
    notice = _notice_form(None, data)
    if request.method == "POST" and _all_valid(form, variants, notice):
        product = _save(form, variants, notice, lambda **data: services.create_product(
            user=request.user, maker=request.maker, **data
        ))  # fmt: skip
        if product:
            drop_draft(user=request.user, maker=request.maker, form="product:new")
            messages.success(request, _("Saved. Add pictures and describe the steps next."))
            return redirect("studio:product", product.pk)
    return _editor(request, form, variants, notice)


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request):
    """A piece for the label alone: no price, no stock, never in the shop."""
    return _describe(request, services.blank_product(request.maker))


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    product = own_product(request, pk)
    if not product.is_public and "sell" not in request.GET:
        return _describe(request, product)
    if is_autosave(request):
        return kept_now(request, request.maker, f"product:{pk}")
    data = draft_for(request, request.maker, f"product:{pk}")
    form = ProductForm(data, instance=product, initial={"category": product.categories.first()})
    variants = VariantFormSet(data, prefix="variant", initial=_initial(product))
    notice = _notice_form(product, data)
    if request.method == "POST" and _all_valid(form, variants, notice):
        saved = _save(form, variants, notice, lambda **data: services.edit_product(
            user=request.user, product=product, **data
        ))  # fmt: skip
        if saved:
            drop_draft(user=request.user, maker=request.maker, form=f"product:{pk}")
            messages.success(request, _("Saved."))
            return redirect("studio:product", product.pk)
    return _editor(request, form, variants, notice, product=product)


@studio
@require_POST
def forget(request, name):
    """Throw away what was typed and not saved, in one of the long forms."""
    drop_draft(user=request.user, maker=request.maker, form=name)
    kind, _colon, pk = name.partition(":")
    if not pk.isdecimal():
        return redirect({"workplace": "studio:workplace_new"}.get(kind, "studio:product_new"))
    return redirect("studio:workplace" if kind == "workplace" else "studio:product", int(pk))


def _describe(request, product: Product):
    name = f"describe:{product.pk or 'new'}"
    if is_autosave(request):
        return kept_now(request, request.maker, name)
    form = DescribeForm(draft_for(request, request.maker, name), instance=product)
    if request.method == "POST" and form.is_valid():
        saved = _save_description(request, form, product.pk)
        if saved:
            drop_draft(user=request.user, maker=request.maker, form=name)
            messages.success(request, _("Saved."))
            return redirect("studio:product", saved.pk)
    context = {
        "form": form,
        "product": product if product.pk else None,
        "draft": name if request.method != "POST" and form.is_bound else "",
        "application": open_application(product) if product.pk else None,
        "certified": valid_certificates().filter(product=product).first() if product.pk else None,
        "steps": product.production_steps.count() if product.pk else 0,
        "is_draft": bool(product.pk) and product.children.filter(is_public=True).exists(),
        "studio_section": "products",
    }
    wrong = request.method == "POST" and form.errors
    return render(request, "studio/product_describe.html", context, status=422 if wrong else 200)


def _save_description(request, form: DescribeForm, pk: int | None) -> Product | None:
    """Call the service; its refusal is shown in the form."""
    try:
        if pk:
            return services.edit_description(user=request.user, product=own_product(request, pk), **form.cleaned_data)
        return services.describe_product(user=request.user, maker=request.maker, **form.cleaned_data)
    except ValidationError as error:
        add_service_error(form, error)
        return None


def _ended_certificates(maker) -> dict[int, str]:
    """What became of the newest certificate of each piece that has one; a badge is shown before this."""
    rows = register_rows(Certificate.objects.filter(maker=maker, product__isnull=False).order_by("pk"))
    return {row.certificate.product_id: _("Certificate: %(status)s") % {"status": row.status.label} for row in rows}


def own_products(request) -> QuerySet[Product]:
    return Product.objects.filter(maker=request.maker).exclude(structure=Product.CHILD)


def own_product(request, pk) -> Product:
    """A product of the maker at work; 404 for everyone else's."""
    return get_object_or_404(own_products(request).select_related("maker"), pk=pk)


def _notice_form(product: Product | None, data=None) -> NoticeForm:
    """The form of the notices that a piece has, or of none."""
    row = ProductNotice.objects.filter(product=product).first() if product else None
    return NoticeForm(data, prefix="notice", instance=row)


def _all_valid(*forms) -> bool:
    """Whether all of them are; each is asked, so that all errors show at once."""
    valid = [form.is_valid() for form in forms]
    return all(valid)


def _save(form, variants, notice: NoticeForm, write) -> Product | None:
    """Call the service; its refusal is shown in the form."""
    data = {name: form.cleaned_data[name] for name in services.FIELDS}
    rows = [services.Variant(**{name: row[name] for name in VARIANT_FIELDS}) for row in variants.rows()]
    try:
        facts = {name: notice.cleaned_data[name] for name in NOTICE_FIELDS}
        product = write(category=form.cleaned_data["category"], variants=rows, notice=facts, **data)
    except ValidationError as error:
        add_service_error(form, error)
        return None
    refresh_listing(product.pk)
    return product


def _initial(product: Product) -> list[dict]:
    children = product.children.filter(is_public=True).prefetch_related("stockrecords").order_by("pk")
    return [
        {
            "id": child.pk, "size": child.size, "color": child.color, "color_hex": child.color_hex or "#888888",
            "price": record.price, "stock": record.num_in_stock, "seen_stock": record.num_in_stock,
        }
        for child in children
        for record in child.stockrecords.all()
    ]  # fmt: skip


def editor_again(request, product: Product, **refused):
    """The editor as it was saved, beside a form of pictures that was refused."""
    unbound = ProductForm(instance=product, initial={"category": product.categories.first()})
    variants = VariantFormSet(prefix="variant", initial=_initial(product))
    return _editor(request, unbound, variants, _notice_form(product), product=product, **refused)


def _editor(request, form, variants, notice, *, product=None, **picture_forms):
    context = {
        "form": form, "variants": variants, "notice": notice, "product": product, "studio_section": "products",
    }  # fmt: skip
    context["draft"] = (
        f"product:{product.pk if product else 'new'}" if request.method != "POST" and form.is_bound else ""
    )
    if product:
        context |= {
            **picture_context(product, **picture_forms),
            "badge": badges_for([product.pk]).get(product.pk),
            "application": open_application(product),
            "steps": product.production_steps.count(),
            "held": held_words(product),
        }
    wrong = request.method == "POST" and (
        form.errors or any(variants.errors) or variants.non_form_errors() or notice.errors or picture_forms
    )
    return render(request, "studio/product.html", context, status=422 if wrong else 200)
