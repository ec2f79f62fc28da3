"""A maker's parts of orders: what to ship, to whom, by when. Nobody sees another maker's part."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalog.order.models import PAID, WAITING, MakerOrder, PartStatus
from catalog.order.workflow import WrongMoment
from marketplace.core import clock
from marketplace.core.formtools import add_service_error
from marketplace.fulfilment import dispatch, ship
from marketplace.fulfilment.counting import counts_of

from .access import studio
from .parcel_forms import ParcelForm, PickupForm

PER_PAGE = 25
TABS = {
    "to_ship": (gettext_lazy("To ship"), WAITING),
    "shipped": (pgettext_lazy("orders", "Shipped"), [PartStatus.SHIPPED]),
    "all": (pgettext_lazy("orders", "All"), PAID),
}


def parts_of(maker):
    """Parts that were paid, of this maker alone."""
    return MakerOrder.objects.filter(maker=maker, status__in=PAID)


@studio
@never_cache
@require_safe
def index(request):
    tab = request.GET.get("show", "to_ship")
    if tab not in TABS:
        tab = "to_ship"
    order = ["promised_on", "pk"] if tab == "to_ship" else ["-created_at", "-pk"]
    rows = (
        parts_of(request.maker).filter(status__in=TABS[tab][1]).order_by(*order)
        .select_related("order__shipping_address").prefetch_related("lines")
    )  # fmt: skip
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "tab": tab,
        "tabs": [(key, label) for key, (label, _statuses) in TABS.items()],
        "today": clock.today(),
        "studio_section": "orders",
    }
    return render(request, "studio/orders.html", context)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order(request, pk):
    part = get_object_or_404(
        parts_of(request.maker).select_related("maker", "order__shipping_address", "order__user")
        .prefetch_related(
            "lines__product__parent", "parcels__contents__line__product__parent", "parcels__corrections",
            "delay_notices",
        ), pk=pk,
    )  # fmt: skip
    make = PickupForm if part.is_pickup else ParcelForm
    form = make(request.POST if request.method == "POST" else None, counts=counts_of(part))
    if request.method == "POST" and form.is_valid():
        sent = _ship(request, part, form)
        if sent:
            return redirect("studio:order", part.pk)
    context = {
        "part": part, "form": form, "today": clock.today(), "studio_section": "orders",
        "correctable": {parcel.pk for parcel in part.parcels.all() if dispatch.may_correct(parcel)},
    }  # fmt: skip
    return render(request, "studio/order.html", context, status=422 if form.errors else 200)


def _ship(request, part: MakerOrder, form: ParcelForm | PickupForm) -> bool:
    """Whether the parcel is on its way now; else the form or a message says why not."""
    try:
        ship(user=request.user, maker_order=part, pieces=form.pieces(), **form.facts())
    except WrongMoment:
        messages.warning(request, _("This order was shipped or refunded already."))
        return True
    except ValidationError as error:
        add_service_error(form, error)
        return False
    messages.success(request, _("Saved. The shopper gets an e-mail."))
    return True
