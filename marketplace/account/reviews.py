"""A shopper reviews a delivered line; anyone may report a review."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.aftersale import reviews as services
from marketplace.aftersale.access import Access
from marketplace.aftersale.asking import try_it
from marketplace.aftersale.forms import ReportForm, ReviewForm
from marketplace.aftersale.models import Review
from marketplace.core.limits import passed_limit

from .access import FORM, order_page
from .order import shown

REPORTS_PER_HOUR = 20


@order_page(*FORM)
def review(request, access: Access, line: int):
    """Write one, or change it within 30 days."""
    row = get_object_or_404(access.order.lines.select_related("product__parent", "maker_order__maker"), pk=line)
    written = Review.objects.filter(line=row).first()
    if row.product is None or not (services.can_edit(written) if written else services.can_review(row)):
        raise Http404
    initial = {"stars": written.stars, "text": written.text} if written else {}
    form = ReviewForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid() and try_it(form, lambda: _save(access, row, written, form)):
        messages.success(request, _("Thank you. It is on the piece's page now."))
        return redirect(access.url())
    context = {"form": form, "line": row, "part": row.maker_order, "written": written}
    return shown(request, access, "shopper/review.html", context, status=422 if form.errors else 200)


def _save(access: Access, line, written: Review | None, form: ReviewForm) -> Review:
    if written:
        return services.edit_review(access=access, review=written, **form.cleaned_data)
    return services.write_review(access=access, line=line, **form.cleaned_data)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Say what is wrong with a review; staff look at it."""
    row = get_object_or_404(Review.objects.select_related("product__maker", "product"), pk=pk, hidden_at=None)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and passed_limit(request, "review-report", most=REPORTS_PER_HOUR, seconds=3600):
        return TemplateResponse(request, "shopper/too_many.html", status=429)
    if request.method == "POST" and form.is_valid():
        services.report_review(review=row, reason=form.cleaned_data["reason"])
        messages.success(request, _("Thank you. Someone of the marketplace looks at it."))
        return redirect(row.product.get_absolute_url())
    context = {"review": row, "form": form}
    return TemplateResponse(request, "catalogue/review_report.html", context, status=422 if form.errors else 200)
