"""The screens of the desk, a module each; what they share."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import render

from marketplace.core.access import only
from marketplace.payments.permissions import BOOKS, DISPUTES, FEES, VOUCHERS, has

PER_PAGE = 50
readers, answerers, fee_setters, voucher_makers = (
    only(partial(has, perm=perm)) for perm in (BOOKS, DISPUTES, FEES, VOUCHERS)
)


def show(request, template: str, section: str, context: dict, *forms):
    """A screen of the desk; 422 where one of the forms has errors."""
    failed = any(form is not None and form.errors for form in forms)
    return render(request, f"books/{template}", {"desk_section": section} | context, status=422 if failed else 200)


def paged(request, rows):
    """The page that the address asks for; the nearest one where there is no such page."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
