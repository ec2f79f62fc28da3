"""The staff's desk for returns that shopper and maker do not agree on, and for what people reported."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.access import only
from marketplace.payments.permissions import REFUND, has

from . import returns as services
from . import reviews
from .asking import try_it
from .forms import DecideForm, HideForm
from .models import Message, Return, Review
from .showing import facts_of, photo_response
from .words import ReturnStatus, Side

PER_PAGE = 50


refunders = only(partial(has, perm=REFUND))


@refunders
@require_safe
def index(request):
    """What waits for a decision, the longest waiting first."""
    is_open = request.GET.get("show") != "all"
    rows = Return.objects.select_related("part__order", "part__maker")
    rows = rows.filter(status=ReturnStatus.ESCALATED).order_by("changed_at", "pk") if is_open else rows
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "is_open": is_open,
        "desk_section": "returns",
    }  # fmt: skip
    return render(request, "staff/returns.html", context)


def _return_of(pk: int) -> Return:
    return get_object_or_404(Return.objects.select_related("part__maker", "part__order"), pk=pk)


@refunders
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, pk):
    """Both sides, and the decision."""
    row = _return_of(pk)
    form = DecideForm(request.POST or None)
    action = request.POST.get("action", "")
    if request.method == "POST" and action not in ("refund", "reject"):
        raise Http404
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        refund = action == "refund"
        if try_it(form, lambda: services.decide(user=request.user, item=row, refund=refund, words=words)):
            messages.success(request, _("Decided. Shopper and maker get the reasons by e-mail."))
            return redirect("returns:item", row.pk)
    context = facts_of(row, Side.STAFF, lambda key: reverse("returns:photo", args=[row.pk, key]))
    # What the two wrote to each other is read once one of them asks the staff.
    heard = row.changes.filter(to_status=ReturnStatus.ESCALATED).exists()
    context |= {"form": form, "thread": row.part.messages.all() if heard else (), "desk_section": "returns"}
    return render(request, "staff/return.html", context, status=422 if form.errors else 200)


@refunders
@require_safe
def photo(request, pk, photo):
    return photo_response(_return_of(pk), photo)


@refunders
@require_safe
def reports(request):
    """Messages and reviews that somebody reported."""
    context = {
        "written": Message.objects.exclude(reported_at=None).select_related("part__order", "part__maker")
        .order_by("-reported_at")[:PER_PAGE],
        "reviews": Review.objects.exclude(reported_at=None).select_related("product__maker")
        .order_by("-reported_at")[:PER_PAGE],
        "desk_section": "reports",
    }  # fmt: skip
    return render(request, "staff/reports.html", context)


@refunders
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, pk):
    """Hide a review with a reason, or show it again."""
    row = get_object_or_404(Review.objects.select_related("product__maker", "line"), pk=pk)
    form = HideForm(request.POST if request.POST.get("action") == "hide" else None)
    if request.method == "POST" and _judge(request, row, form):
        messages.success(request, _("Done."))
        return redirect("returns:review", row.pk)
    context = {"review": row, "form": form, "desk_section": "reports"}
    return render(request, "staff/review.html", context, status=422 if form.errors else 200)


def _judge(request, row: Review, form: HideForm) -> bool:
    if request.POST.get("action") == "show":
        reviews.show_review(user=request.user, review=row)
        return True
    if request.POST.get("action") != "hide":
        raise Http404
    return form.is_valid() and bool(
        try_it(form, lambda: reviews.hide_review(user=request.user, review=row, reason=form.cleaned_data["reason"]))
    )
