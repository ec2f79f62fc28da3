"""The desk of duties: sellers to verify, reported listings, figures for Form 1099-K."""

import csv
import logging
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.order.workflow import WrongMoment
from marketplace.core import clock
from marketplace.core.access import only
from marketplace.core.csv import safe_cell
from marketplace.core.formtools import add_service_error
from marketplace.core.money import from_cents
from marketplace.payments import gateway
from marketplace.payments.permissions import has

from . import reports, sellers, tax_forms, workflow
from .disclosure import disclosure_from
from .forms import WordsForm
from .models import ListingReport, SellerCheck
from .permissions import REPORTS, TAX_FORMS, VERIFY
from .words import OPEN_REPORTS, CheckStatus, Side

logger = logging.getLogger(__name__)
PER_PAGE = 50
WITH_WORDS, WITHOUT_WORDS = ("act", "dismiss"), ("look", "reopen")
verifiers, answerers, tax_readers = (only(partial(has, perm=perm)) for perm in (VERIFY, REPORTS, TAX_FORMS))
COLUMNS = (
    "maker", "stripe_account", "legal_name", "shop_name", "street", "city", "state", "zip_code", "gross", "sales",
    "federal_tax_withheld", *(f"month_{number:02d}" for number in range(1, 13)),
)  # fmt: skip


@verifiers
@require_safe
def index(request):
    """Checks by their day: first what staff have to do, or all that ran."""
    show = request.GET.get("show", "")
    rows = SellerCheck.objects.select_related("maker").order_by("due_on", "pk")
    if show == "makers":
        rows = rows.exclude(status__in=[CheckStatus.GIVEN, CheckStatus.VERIFIED, CheckStatus.ENDED])
    elif show != "all":
        rows = rows.filter(status=CheckStatus.GIVEN)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "show": show, "today": clock.today(),
        "desk_section": "sellers",
    }  # fmt: skip
    return render(request, "duties/desk_index.html", context)


@verifiers
@require_http_methods(["GET", "HEAD", "POST"])
def item(request, pk):
    """What a seller gave, and the decision about it."""
    rows = SellerCheck.objects.select_related("maker", "answer__given_by", "verified_answer")
    check = get_object_or_404(rows, pk=pk)
    form = WordsForm(request.POST or None)
    action = request.POST.get("action", "")
    if request.method == "POST" and action not in ("verify", "send_back"):
        raise Http404
    if request.method == "POST" and form.is_valid() and _judge(request, check, action, form):
        messages.success(request, _("Decided. The maker gets a letter."))
        return redirect("duties:item", pk)
    context = {
        "check": check, "form": form, "can": workflow.possible(check, Side.STAFF),
        "changes": check.changes.select_related("actor").order_by("-pk"), "today": clock.today(),
        "seller": disclosure_from(check.answer, check.maker.legal_name) if check.answer else None,
        "desk_section": "sellers",
    }  # fmt: skip
    return render(request, "duties/desk_item.html", context, status=422 if form.errors else 200)


def _judge(request, check: SellerCheck, action: str, form: WordsForm) -> bool:
    words = form.cleaned_data["words"]
    try:
        if action == "verify":
            seen = sellers.seen_at_stripe(check.maker)
            sellers.verify_facts(user=request.user, check=check, seen=seen, words=words)
        else:
            sellers.send_back(user=request.user, check=check, words=words)
    except gateway.GatewayError as error:
        logger.warning("account of maker %s: %s", check.maker_id, error)
        form.add_error(None, _("Stripe can't be reached right now. Try again in a few minutes."))
    except ValidationError as error:
        add_service_error(form, error)
    except WrongMoment:
        form.add_error(None, _("Somebody decided this already."))
    else:
        return True
    return False


@answerers
@require_safe
def report_list(request):
    """Reported listings, the oldest first."""
    is_open = request.GET.get("show") != "all"
    rows = ListingReport.objects.select_related("product__maker")
    rows = rows.filter(status__in=OPEN_REPORTS).order_by("filed_at", "pk") if is_open else rows
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "is_open": is_open,
        "desk_section": "reports",
    }  # fmt: skip
    return render(request, "duties/desk_reports.html", context)


@answerers
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """One report, its history, and the answer to whoever filed it."""
    row = get_object_or_404(ListingReport.objects.select_related("product__maker"), pk=pk)
    action = request.POST.get("action", "")
    if request.method == "POST" and action not in (*WITH_WORDS, *WITHOUT_WORDS):
        raise Http404
    form = WordsForm(request.POST if action in WITH_WORDS else None)
    if action and (action in WITHOUT_WORDS or form.is_valid()) and _move(request, row, action, form):
        messages.success(request, _("Done."))
        return redirect("duties:report", pk)
    context = {
        "report": row, "form": form, "changes": row.changes.select_related("actor").order_by("-pk"),
        "is_open": row.status in OPEN_REPORTS, "desk_section": "reports",
    }  # fmt: skip
    return render(request, "duties/desk_report.html", context, status=422 if form.errors else 200)


def _move(request, row: ListingReport, action: str, form: WordsForm) -> bool:
    try:
        if action == "look":
            reports.look_at(user=request.user, report=row)
        elif action == "reopen":
            reports.reopen(user=request.user, report=row)
        else:
            words = form.cleaned_data["words"]
            reports.answer(user=request.user, report=row, acted=action == "act", words=words)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    except WrongMoment:
        messages.error(request, _("Somebody moved this report already. Look at it again."))
        return False
    return True


@tax_readers
@require_safe
def year_list(request):
    """Makers beyond the threshold of a year."""
    year = _year(request)
    page = Paginator(tax_forms.reported(year), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year, "years": tax_forms.years_with_sales(), "threshold": tax_forms.threshold_of(year), "page": page,
        "rows": tax_forms.figures_of(page.object_list, year), "desk_section": "1099k",
    }  # fmt: skip
    return render(request, "duties/desk_years.html", context)


@tax_readers
@require_safe
def year_csv(request):
    """What the form needs of each of them but the tax number, which Stripe adds when it files."""
    year = _year(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="1099-k-{year}.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    makers = list(tax_forms.reported(year))
    for start in range(0, len(makers), 500):
        for row in tax_forms.figures_of(makers[start : start + 500], year):
            writer.writerow(_cells(row))
    return response


def _cells(row: tax_forms.Figures) -> list:
    words = (row.maker.stripe_account, row.maker.legal_name, row.maker.name, *row.address)
    cents = (from_cents(month) for month in row.months)
    return [row.maker.pk, *map(safe_cell, words), from_cents(row.cents), row.sales, from_cents(0), *cents]


def _year(request) -> int:
    """The year that was asked for, else the newest with figures, else this one. Raises Http404 for an unknown one."""
    asked = request.GET.get("year", "")
    if not asked:
        return next(iter(tax_forms.years_with_sales()), clock.today().year)
    if not (asked.isdecimal() and len(asked) == 4) or int(asked) < tax_forms.THRESHOLDS[0].from_year:
        raise Http404
    return int(asked)
