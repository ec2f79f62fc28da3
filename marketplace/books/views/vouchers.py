"""Vouchers: the marketplace's own, with what they gave, made and ended here; makers' to look at."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core import clock
from marketplace.core.formtools import add_service_error
from marketplace.payments import vouchers
from marketplace.payments.models import Voucher, VoucherUse
from marketplace.payments.voucher_forms import VoucherForm

from . import paged, show, voucher_makers

METHODS = ["GET", "HEAD", "POST"]


@voucher_makers
@require_safe
def index(request):
    """The marketplace's vouchers, or those of makers."""
    of_makers = request.GET.get("show") == "makers"
    page = paged(request, Voucher.objects.filter(maker__isnull=not of_makers).select_related("maker", "created_by"))
    rows = [(voucher, state_of(voucher), given) for voucher, given in _with_given(list(page))]
    return show(request, "vouchers.html", "vouchers", {"page": page, "rows": rows, "of_makers": of_makers})


def _with_given(page: list[Voucher]) -> list[tuple[Voucher, int]]:
    """Each voucher with what it took off prices, in cents; orders under way count, those that ended unpaid do not."""
    uses = VoucherUse.objects.filter(voucher__in=page, released_at=None).values_list("voucher").order_by("voucher")
    given = dict(uses.annotate(sum=Sum("cents")))
    return [(voucher, given.get(voucher.pk, 0)) for voucher in page]


def state_of(voucher: Voucher) -> str:
    """Whether it can be used: "ended", "coming", "used_up" or "now"."""
    now = clock.now()
    if not voucher.is_active or (voucher.ends_at and now >= voucher.ends_at):
        return "ended"
    if now < voucher.starts_at:
        return "coming"
    return "used_up" if voucher.most_uses is not None and voucher.uses >= voucher.most_uses else "now"


@voucher_makers
@require_http_methods(METHODS)
def new(request):
    """A voucher that the marketplace bears."""
    form = VoucherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = vouchers.create(user=request.user, maker=None, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("%(code)s can be given out.") % {"code": made.code})
            return redirect("books:vouchers")
    return show(request, "voucher_new.html", "vouchers", {"form": form}, form)


@voucher_makers
@require_http_methods(METHODS)
def end(request, pk):
    """Asked once more, then nobody can use it from now on."""
    voucher = get_object_or_404(Voucher, pk=pk, maker=None, is_active=True)
    if request.method == "POST":
        vouchers.end(user=request.user, voucher=voucher)
        messages.success(request, _("%(code)s ended. What was ordered with it stays.") % {"code": voucher.code})
        return redirect("books:vouchers")
    return show(request, "voucher_end.html", "vouchers", {"voucher": voucher, "given": _with_given([voucher])[0][1]})
