"""What buyers say of a maker's pieces; the maker answers once and deletes nothing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.aftersale.asking import try_it
from marketplace.aftersale.forms import AnswerReviewForm
from marketplace.aftersale.models import Review
from marketplace.aftersale.reviews import answer_review

from .access import studio

PER_PAGE = 25


def _rows(request):
    rows = Review.objects.filter(product__maker=request.maker, hidden_at=None)
    return rows.select_related("product").prefetch_related("photos")


@studio
@require_safe
def index(request):
    page = Paginator(_rows(request), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "studio/reviews.html", {"page": page, "studio_section": "reviews"})


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, pk):
    row = get_object_or_404(_rows(request), pk=pk)
    form = AnswerReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["answer"]
        if try_it(form, lambda: answer_review(user=request.user, review=row, answer=words)):
            messages.success(request, _("Your answer stands below the review."))
            return redirect("studio:review", row.pk)
    context = {"review": row, "form": None if row.answered_at else form, "studio_section": "reviews"}
    return render(request, "studio/review.html", context, status=422 if form.errors else 200)
