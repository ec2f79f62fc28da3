"""All variants of a maker in one table: prices, stock, on or off sale, many at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from catalog.catalogue.models import Product
from catalog.catalogue.stock import LOW, CellsRefused, change_variants, own_variants
from catalog.search.listing import refresh_listings
from marketplace.core.formtools import ids_in

from .access import studio
from .grid_forms import FillForm, RowForm

PER_PAGE = 100
LONGEST_WORDS = 60


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def grid(request):
    if request.method != "POST":
        return _show(request, [RowForm(variant=variant) for variant in _page(request)])
    forms = [RowForm(request.POST, variant=variant) for variant in _posted(request)]
    if "fill" in request.POST:
        return _filled(request)
    valid = [form.is_valid() for form in forms]
    if all(valid) and _saved(request, forms):
        return redirect(request.get_full_path())
    return _show(request, forms, status=422)


def _saved(request, forms: list[RowForm]) -> bool:
    """Whether the service took all of it; what it refused is shown at its cell, beside what is true now."""
    try:
        pieces = change_variants(user=request.user, maker=request.maker, changes=[form.change() for form in forms])
    except CellsRefused as refused:
        _show_refused(request, forms, refused)
        return False
    refresh_listings(pieces)
    number = sum(form.change().seen != form.change().wanted for form in forms)
    said = ngettext("%(number)d variant is changed.", "%(number)d variants are changed.", number)
    messages.success(request, said % {"number": number})
    return True


def _show_refused(request, forms: list[RowForm], refused: CellsRefused) -> None:
    """The next post says that the person saw what is true now."""
    data = request.POST.copy()
    for place, form in enumerate(forms):
        pk = form.variant.pk
        errors = refused.errors.get(pk, {})
        for name in errors:
            data[f"{form.prefix}-seen_{name}"] = str(getattr(refused.now[pk], name))
        forms[place] = RowForm(data, variant=form.variant)
        for name, error in errors.items():
            forms[place].add_error(name, error)


def _filled(request):
    """One price or count in all rows that are shown; nothing is saved yet."""
    fill = FillForm(request.POST, prefix="all")
    data = request.POST.copy()
    variants = _posted(request)
    if fill.is_valid():
        for name, value in fill.cleaned_data.items():
            if value is not None:
                for variant in variants:
                    data[f"v{variant.pk}-{name}"] = str(value)
    forms = [RowForm(data, variant=variant) for variant in variants]
    return _show(request, forms, fill=fill, status=422 if fill.errors else 200, filled=fill.is_valid())


def _show(request, forms: list[RowForm], *, fill: FillForm | None = None, status: int = 200, filled: bool = False):
    context = {
        "forms": forms, "fill": fill or FillForm(prefix="all"), "filled": filled, "page": _paged(request),
        "query": _words(request), "show": _shown(request), "wrong": status == 422,
        "shows": [("on", _("On sale")), ("low", _("Almost gone")), ("out", _("Sold out")), ("off", _("Off sale"))],
        "studio_section": "products",
    }  # fmt: skip
    return render(request, "studio/grid.html", context, status=status)


def _posted(request) -> list[Product]:
    """The variants whose rows were posted; 404 where one is not the maker's."""
    ids = ids_in(request.POST.getlist("row"))
    rows = list(_ordered(own_variants(request.maker).filter(pk__in=ids)))
    if len(rows) != len(ids):
        raise Http404
    return rows


def _page(request) -> list[Product]:
    return list(_paged(request))


def _paged(request):
    return Paginator(_ordered(_matching(request)), PER_PAGE).get_page(request.GET.get("page"))


def _matching(request) -> QuerySet[Product]:
    rows = own_variants(request.maker)
    shown = _shown(request)
    rows = rows.filter(is_public=shown != "off")
    left = F("stockrecords__num_in_stock") - Coalesce(F("stockrecords__num_allocated"), 0)
    if shown in ("out", "low"):
        rows = rows.annotate(left=left)
        rows = rows.filter(left__lte=0) if shown == "out" else rows.filter(left__gt=0, left__lte=LOW)
    for word in _words(request).split():
        fields = ("parent__title", "parent__title_es", "size", "color", "stockrecords__partner_sku")
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(found)
    return rows


def _ordered(rows: QuerySet[Product]) -> QuerySet[Product]:
    return rows.order_by("parent__title", "parent_id", "color", "pk")


def _words(request) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_WORDS]


def _shown(request) -> str:
    shown = request.GET.get("show", "")
    return shown if shown in ("low", "out", "off") else "on"
