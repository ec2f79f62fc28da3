"""A maker's vouchers: codes that lower its own pieces, borne by the maker."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core import clock
from marketplace.core.formtools import add_service_error
from marketplace.payments import vouchers
from marketplace.payments.models import Voucher
from marketplace.payments.voucher_forms import VoucherForm

from .access import studio

PER_PAGE = 25


@studio
@never_cache
@require_safe
def index(request):
    rows = vouchers.with_given(Voucher.objects.filter(maker=request.maker))
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "now": clock.now(),
        "studio_section": "vouchers",
    }
    return render(request, "studio/vouchers.html", context)


@studio
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = VoucherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = vouchers.create(user=request.user, maker=request.maker, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("%(code)s works now. Shoppers type it before they pay.") % {"code": made.code})
            return redirect("studio:vouchers")
    context = {"form": form, "studio_section": "vouchers"}
    return render(request, "studio/voucher.html", context, status=422 if form.errors else 200)


@studio
@require_POST
def end(request, pk):
    """Nobody can use it from now on."""
    voucher = get_object_or_404(Voucher, pk=pk, maker=request.maker)
    vouchers.end(user=request.user, voucher=voucher)
    messages.success(request, _("%(code)s can't be used any more.") % {"code": voucher.code})
    return redirect("studio:vouchers")
