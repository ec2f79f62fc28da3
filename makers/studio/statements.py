"""A maker's statement on the screen, as a table file and on paper; and what each payout was for."""

import csv
import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.core import clock
from marketplace.core.csv import safe_cell
from marketplace.core.money import from_cents
from marketplace.fulfilment import statements

from .access import studio
from .statement_pdf import statement_pdf

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@studio
@never_cache
@require_safe
def statement(request, month=""):
    found = _statement(request.maker, month)
    context = {
        "statement": found,
        "months": [month for month in statements.months_of(request.maker) if month != found.first],
        "waiting": statements.waiting_for(request.maker) if found.last >= clock.today() else [],
        "studio_section": "payouts",
    }
    return render(request, "studio/statement.html", context)


@studio
@never_cache
@require_safe
def statement_csv(request, month):
    found = _statement(request.maker, month)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="statement-{request.maker.slug}-{month}.csv"'
    writer = csv.writer(response)
    writer.writerow([_("Day"), _("Order"), _("What"), _("In words"), _("Amount in dollars")])
    writer.writerow([found.first.isoformat(), "", _("Opening balance"), "", from_cents(found.opening)])
    for line in found.lines:
        row = [line.day.isoformat(), line.order_number, line.kind.label, line.words]
        writer.writerow([*(safe_cell(str(cell)) for cell in row), from_cents(line.cents)])
    writer.writerow([found.last.isoformat(), "", _("Closing balance"), "", from_cents(found.closing)])
    return response


@studio
@never_cache
@require_safe
def statement_paper(request, month):
    found = _statement(request.maker, month)
    response = HttpResponse(statement_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="statement-{request.maker.slug}-{month}.pdf"'
    return response


@studio
@never_cache
@require_safe
def payout(request, pk):
    """One payout, line by line."""
    transfer = get_object_or_404(statements.payouts_of(request.maker), pk=pk)
    context = {"payout": statements.payout_of(transfer), "studio_section": "payouts"}
    return render(request, "studio/payout.html", context)


def _statement(maker, month: str) -> statements.Statement:
    """The statement of a month such as 2026-11; without one, of this month."""
    if not month:
        today = clock.today()
        return statements.statement_of(maker, today.year, today.month)
    found = MONTH.fullmatch(month)
    if found is None:
        raise Http404
    return statements.statement_of(maker, int(found[1]), int(found[2]))
