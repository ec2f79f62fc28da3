"""The steps of one piece: described in order, kept while they are typed, moved up and down."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.catalogue.models import Product
from catalog.search.listing import refresh_listing
from certification import selectors
from certification.facts import line_of
from certification.models import ProductionStep
from certification.services import applications as service
from makers.models import FormDraft
from makers.services import drop_draft, keep_draft

from .applications import products_with_maker
from .autosave import is_autosave, saved_now
from .drafts import kept_now, typed_by
from .forms import StepFormSet

HUNDRED = Decimal(100)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request, pk):
    """The maker's people, or staff who file for it."""
    product = _product(request, pk)
    if is_autosave(request):
        return _autosave(request, product)
    if request.method == "POST" and "move" in request.POST:
        return _move(request, product)
    formset = _formset(product, request.POST if request.method == "POST" else _kept(product))
    if request.method == "POST":
        if formset.is_valid() and _save(request, product, formset):
            messages.success(request, _("The steps are saved."))
            return _after(request, product)
        keep_draft(user=request.user, maker=product.maker, form=_name(product), data=typed_by(request))
    return _show(request, product, formset)


@login_required
@require_POST
def forget(request, pk):
    """Back to the steps as they were saved last."""
    product = _product(request, pk)
    drop_draft(user=request.user, maker=product.maker, form=_name(product))
    return redirect("studio:steps", pk)


def _product(request, pk) -> Product:
    product = get_object_or_404(products_with_maker(), pk=pk)
    if not service.may_describe(request.user, product):
        raise Http404
    return product


def _name(product: Product) -> str:
    return f"steps:{product.pk}"


def _formset(product: Product, data: Mapping | None):
    rows = ProductionStep.objects.filter(product=product)
    return StepFormSet(data, queryset=rows, prefix="step", form_kwargs={"maker": product.maker})


def _kept(product: Product) -> dict | None:
    """What was typed and not saved, unless the steps were changed elsewhere since."""
    draft = FormDraft.objects.filter(maker=product.maker, form=_name(product)).first()
    if draft is None:
        return None
    typed = {value for name, value in draft.data.items() if name.endswith("-id") and value}
    rows = {str(pk) for pk in ProductionStep.objects.filter(product=product).values_list("pk", flat=True)}
    return draft.data if typed == rows else None


def _save(request, product: Product, formset) -> bool:
    try:
        service.save_steps(user=request.user, product=product, steps=formset.steps())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    refresh_listing(product.pk)
    drop_draft(user=request.user, maker=product.maker, form=_name(product))
    return True


def _autosave(request, product: Product):
    """Right and complete: saved through the same service. Else, or where a badge depends on it: kept as typed."""
    formset = _formset(product, request.POST)
    rests_on_it = selectors.certified_products().filter(product=product).exists()
    if rests_on_it or not formset.is_valid() or not _rows_stay(formset):
        return kept_now(request, product.maker, _name(product))
    try:
        service.save_steps(user=request.user, product=product, steps=formset.steps())
    except ValidationError:  # the page says so when the button is pressed
        return kept_now(request, product.maker, _name(product))
    refresh_listing(product.pk)
    drop_draft(user=request.user, maker=product.maker, form=_name(product))
    kept = [form for form in formset.forms if form.instance.pk]
    return saved_now(
        {"step-INITIAL_FORMS": str(len(kept))} | {form.add_prefix("id"): str(form.instance.pk) for form in kept}
    )


def _rows_stay(formset) -> bool:
    """Whether the page's rows still fit after saving: none removed, new ones without a gap before them."""
    if formset.deleted_forms:
        return False
    filled = [bool(form.instance.pk or form.has_changed()) for form in formset.forms]
    return filled == sorted(filled, reverse=True)


def _move(request, product: Product):
    """A step up or down, with everything that is typed kept as it is. `move` is a row's number and up or down."""
    data = typed_by(request)
    cards = [form for form in _formset(product, data).cards() if form.instance.pk or form.has_changed()]
    prefixes = [form.prefix for form in cards]
    chosen, _dash, way = request.POST["move"].rpartition("-")
    if chosen in prefixes:
        place = prefixes.index(chosen)
        other = min(max(place + (-1 if way == "up" else 1), 0), len(prefixes) - 1)
        prefixes[place], prefixes[other] = prefixes[other], prefixes[place]
    data |= {f"{prefix}-ORDER": str(number) for number, prefix in enumerate(prefixes, start=1)}
    keep_draft(user=request.user, maker=product.maker, form=_name(product), data=data)
    return redirect(reverse("studio:steps", args=[product.pk]) + f"#{chosen if chosen in prefixes else 'main'}")


def _after(request, product: Product):
    if request.POST.get("next") == "more":
        return redirect("studio:steps", product.pk)
    return redirect("studio:application_start", product.pk)  # leads on to an open application


def _show(request, product: Product, formset):
    context = {
        "product": product,
        "formset": formset,
        "kept": request.method != "POST" and formset.is_bound,
        "left": _share_left(formset),
        "certified": selectors.certified_products().filter(product=product).exists(),
        "line": line_of(product),
        "studio_section": "products",
    }
    wrong = formset.is_bound and (any(formset.errors) or formset.non_form_errors())
    status = 422 if wrong and request.method == "POST" else 200
    return render(request, "studio/steps.html", context, status=status)


def _share_left(formset) -> Decimal:
    """What is left of 100 %, as far as the typed shares are numbers; negative where they are too many."""
    total = Decimal(0)
    for form in formset.forms:
        try:
            share = Decimal(str(form["cost_share"].value() or 0))
        except InvalidOperation:  # the field says so itself
            continue
        total += share if share.is_finite() else 0
    return HUNDRED - total
