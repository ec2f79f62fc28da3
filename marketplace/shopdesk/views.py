"""The screens of the shop's desk. Orders are only read here: what becomes of one is decided by its own services."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.catalogue.models import Category
from catalog.order.models import Order
from marketplace.aftersale.picture import parts_of, picture_of
from marketplace.core.access import only
from marketplace.core.formtools import add_service_error
from marketplace.payments.permissions import has

from . import categories as services
from .forms import ChangeCategoryForm, FindForm, NewCategoryForm
from .orders import find, page_of
from .permissions import CATEGORIES, ORDERS

readers, arrangers = only(partial(has, perm=ORDERS)), only(partial(has, perm=CATEGORIES))


def _show(request, template: str, section: str, context: dict, form=None) -> HttpResponse:
    """A screen of the desk; 422 where its form has errors."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"shopdesk/{template}", {"desk_section": section, "form": form} | context, status=status)


@readers
@require_safe
def orders(request):
    """What fits the search, newest first."""
    form = FindForm(request.GET)
    found, after = [], ""
    if form.is_valid():
        rows = find(words=form.cleaned_data["q"], status=form.cleaned_data["status"])
        found, after = page_of(rows, request.GET.get("after", ""))
    rows = [(order, _status(order)) for order in found]
    return _show(request, "orders.html", "orders", {"rows": rows, "after": after}, form)


@readers
@require_safe
def order(request, number):
    """What became of every piece of an order, as its shopper and its makers see it."""
    row = get_object_or_404(Order.objects.select_related("user", "shipping_address"), number=number)
    views = [picture_of(part) for part in parts_of(row)]
    return _show(request, "order.html", "orders", {"order": row, "status": _status(row), "views": views})


def _status(order: Order) -> str:
    return str(settings.OSCAR_ORDER_STATUS_NAMES.get(order.status, order.status))


@arrangers
@require_safe
def categories(request):
    return _show(request, "categories.html", "categories", {"tree": services.tree()})


@arrangers
@require_http_methods(["GET", "HEAD", "POST"])
def category_new(request):
    form = NewCategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(form, services.add_category, request):
        messages.success(request, _("The category is in the shop."))
        return redirect("shopdesk:categories")
    return _show(request, "category_new.html", "categories", {}, form)


@arrangers
@require_http_methods(["GET", "HEAD", "POST"])
def category(request, pk):
    """Its names, and whether it is shown."""
    row = get_object_or_404(Category, pk=pk)
    initial = {"name": row.name, "name_es": row.name_es, "is_public": row.is_public}
    form = ChangeCategoryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_category(user=request.user, category=row, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("shopdesk:categories")
    return _show(request, "category.html", "categories", {"category": row}, form)


def _done(form, act, request) -> bool:
    """Whether the service took what the form holds; its refusal is said by the form."""
    try:
        act(user=request.user, **form.cleaned_data)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return True


@arrangers
@require_POST
def category_move(request, pk):
    row = get_object_or_404(Category, pk=pk)
    services.move_category(user=request.user, category=row, up="up" in request.POST)
    return redirect("shopdesk:categories")


@arrangers
@require_POST
def category_remove(request, pk):
    row = get_object_or_404(Category, pk=pk)
    try:
        services.remove_category(user=request.user, category=row)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("shopdesk:category", pk=pk)
    messages.success(request, _("The category is removed."))
    return redirect("shopdesk:categories")
