"""The trial balance, and what is earned, owed and borne."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from marketplace.core import clock
from marketplace.core.csv import safe_cell
from marketplace.fulfilment import payouts_stopped
from marketplace.tax.permissions import is_reader
from marketplace.tax.report import Quarter

from ..balance import csv_rows, trial_balance
from ..forms import DayForm
from . import readers, show


@readers
@require_safe
def index(request):
    """Every account to the end of a day; of today where none, or an odd one, is asked for."""
    form = DayForm(request.GET if "day" in request.GET else None, initial={"day": clock.today()})
    day = (form.cleaned_data["day"] if form.is_valid() else None) or clock.today()
    context = {
        "form": form, "balance": trial_balance(day), "stopped": payouts_stopped(),
        "quarter": Quarter.of(day) if is_reader(request.user) else None,
    }  # fmt: skip
    return show(request, "balance.html", "balance", context, form)


@readers
@require_safe
def balance_csv(request):
    """The same as a file; an odd day leads back to the page that says so."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('books:index')}?{request.GET.urlencode()}")
    balance = trial_balance(form.cleaned_data["day"] or clock.today())
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="trial-balance-{balance.day}.csv"'
    plain = csv.writer(response)
    for row in csv_rows(balance):
        plain.writerow([*map(safe_cell, row[:2]), *row[2:]])
    return response
