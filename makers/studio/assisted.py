"""What staff do who file on a maker's behalf: describe a piece that is not sold here, add an address for its steps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.catalogue.services import blank_product, describe_product
from certification import audit
from certification.services.applications import may_describe, start_application
from makers.models import Maker, Workplace
from makers.permissions import can_assist
from makers.services import drop_draft, save_workplace
from marketplace.core.formtools import add_service_error

from .applications import products_with_maker
from .autosave import is_autosave
from .drafts import draft_for, kept_now
from .forms import AssistedForm, WorkplaceForm


@login_required
@require_safe
def makers(request):
    """Every maker, to choose for whom one files."""
    if not can_assist(request.user):
        raise Http404
    query = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    rows = Maker.objects.filter(closed_at__isnull=True, name__icontains=query)[:50]
    return render(request, "studio/assisted_makers.html", {"rows": rows, "query": query})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request, pk):
    """Describe a piece for a maker and open its application, marked as filed by staff."""
    maker = get_object_or_404(Maker, pk=pk, closed_at__isnull=True)
    if not can_assist(request.user):
        raise Http404
    form = AssistedForm(request.POST if request.method == "POST" else None, instance=blank_product(maker))
    if request.method == "POST" and form.is_valid():
        case = _file(request, maker, form)
        if case:
            return redirect("studio:steps", case.product_id)
    context = {"maker": maker, "form": form}
    return render(request, "studio/assisted_describe.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workplace(request, pk):
    """One more address of the maker whose piece this is."""
    product = get_object_or_404(products_with_maker(), pk=pk)
    if not may_describe(request.user, product):
        raise Http404
    name = f"workplace-for:{pk}"
    if is_autosave(request):
        return kept_now(request, product.maker, name)
    form = WorkplaceForm(draft_for(request, product.maker, name), instance=Workplace(maker=product.maker))
    if request.method == "POST" and form.is_valid():
        try:
            save_workplace(user=request.user, workplace=form.instance)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            drop_draft(user=request.user, maker=product.maker, form=name)
            messages.success(request, _("Saved."))
            return redirect("studio:steps", pk)
    context = {"form": form, "workplace": form.instance, "place": None, "draft": "", "product": product}
    wrong = request.method == "POST" and form.errors
    return render(request, "studio/workplace.html", context, status=422 if wrong else 200)


def _file(request, maker: Maker, form: AssistedForm):
    """Both services; their refusal is shown in the form and nothing is left behind."""
    words = dict(form.cleaned_data)
    claims = words.pop("claims")
    try:
        with audit.writing():
            product = describe_product(user=request.user, maker=maker, **words)
            return start_application(user=request.user, product=product, claims=claims)
    except ValidationError as error:
        add_service_error(form, error)
        return None
