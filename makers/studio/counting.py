"""Counting what is there: scan or type the code of a variant, then one more, one fewer, or so many."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.catalogue.models import Product
from catalog.catalogue.stock import by_code, count_stock, give_code, own_variants
from catalog.partner.models import StockChange
from catalog.search.listing import refresh_listing
from marketplace.core.formtools import add_service_error
from marketplace.core.headers import PERMISSIONS_POLICY

from .access import studio
from .grid_forms import CodeForm, CountForm, GiveCodeForm

RECENT = 12
STEPS = {CodeForm.MORE: 1, CodeForm.FEWER: -1}


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def stock(request):
    """A code by GET is only looked up; one that is posted counts at once where the person asked for that."""
    form = CodeForm(request.POST or (request.GET if "code" in request.GET else None))
    if not form.is_bound or not form.is_valid():
        return _show(request, form)
    variant = by_code(request.maker, form.cleaned_data["code"]).first()
    step = STEPS.get(form.cleaned_data["mode"])
    if request.method != "POST" or variant is None or step is None:
        return _show(request, form, variant=variant)
    if _counted(request, form, variant, by=step):
        return _again(form.cleaned_data)
    return _show(request, form, variant=variant)


@studio
@require_POST
def count(request, pk):
    """So many more or fewer, or a number that was counted."""
    variant = _own(request, pk)
    typed = CodeForm(request.POST)
    typed.is_valid()
    code = {"code": typed.cleaned_data.get("code", ""), "mode": typed.cleaned_data.get("mode", "")}
    form = CountForm(request.POST)
    by = STEPS.get(request.POST.get("by", ""))
    wanted = {"by": by} if by else {"to": form.cleaned_data["number"]} if form.is_valid() else None
    if wanted is not None and _counted(request, form, variant, **wanted):
        return _again(code)
    return _show(request, CodeForm(initial=code), variant=variant, count=form, code=code["code"])


@studio
@require_POST
def name_code(request):
    """Know one of the variants by a code that no variant has yet."""
    typed = CodeForm(request.POST)
    form = GiveCodeForm(request.POST, variants=own_variants(request.maker))
    if not typed.is_valid():
        return _show(request, typed)
    if form.is_valid():
        try:
            give_code(
                user=request.user, maker=request.maker, variant_id=form.cleaned_data["variant"].pk,
                code=typed.cleaned_data["code"],
            )  # fmt: skip
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("From now on this code means this variant."))
            return _again(typed.cleaned_data)
    return _show(request, typed, give=form)


def _counted(request, form, variant: Product, **wanted) -> bool:
    """Whether the service wrote it; its refusal is shown in the form."""
    try:
        stock = count_stock(user=request.user, maker=request.maker, variant_id=variant.pk, **wanted)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    refresh_listing(variant.parent_id)
    words = {"piece": variant.parent.label, "variant": variant.variant_words, "number": stock}
    messages.success(request, _("%(piece)s %(variant)s: %(number)d in stock.") % words)
    return True


def _own(request, pk: int) -> Product:
    variant = own_variants(request.maker).filter(pk=pk).first()
    if variant is None:
        raise Http404
    return variant


def _again(data: dict):
    kept = {name: data[name] for name in ("code", "mode") if data.get(name)}
    return redirect(f"{reverse('studio:stock')}?{urlencode(kept)}")


def _show(request, form: CodeForm, *, variant=None, count=None, give=None, code: str = ""):
    code = code or (form.cleaned_data.get("code", "") if form.is_bound and hasattr(form, "cleaned_data") else "")
    changes = StockChange.objects.filter(record__product__parent__maker=request.maker)
    record = next((row for row in variant.stockrecords.all() if row.price is not None), None) if variant else None
    context = {
        "form": form, "variant": variant, "record": record, "code": code, "count": count or CountForm(),
        "mode": request.POST.get("mode") or request.GET.get("mode") or CodeForm.LOOK,
        "give": give or (GiveCodeForm(variants=own_variants(request.maker)) if code and not variant else None),
        "changes": changes.select_related("user", "record__product__parent")[:RECENT], "studio_section": "products",
    }  # fmt: skip
    wrong = form.errors or (count and count.errors) or (give and give.errors)
    response = render(request, "studio/stock.html", context, status=422 if wrong else 200)
    response.headers["Permissions-Policy"] = PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
    return response
