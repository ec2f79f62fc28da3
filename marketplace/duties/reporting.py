"""Reporting a listing from its page: no account is needed, and a telephone number is beside the form."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.search.product_page import public_product
from marketplace.core.formtools import add_service_error
from marketplace.core.limits import passed_limit

from . import reports
from .forms import ReportForm

PER_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, product_slug, pk):
    """The form about one listing; one that is not certified now can be reported too."""
    product = public_product(int(pk))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_from_a_machine:
            return redirect(product)
        if passed_limit(request, "listing-report", most=PER_HOUR, seconds=3600):
            form.add_error(None, _("Many reports came from your network in the last hour. Try again later, or call."))
        elif made := _file(form, product):
            return render(request, "duties/reported.html", {"report": made, "product": product})
    context = {"form": form, "product": product}
    return render(request, "duties/report_listing.html", context, status=422 if form.errors else 200)


def _file(form: ReportForm, product):
    """Call the service; its refusal is shown in the form."""
    try:
        data = {name: form.cleaned_data[name] for name in ("kind", "text", "name", "email")}
        return reports.report_listing(product=product, **data)
    except forms.ValidationError as error:
        add_service_error(form, error)
        return None
