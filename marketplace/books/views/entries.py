"""Entries of the ledger: the search, one entry, and all about the money of one order."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from catalog.order.models import Order
from marketplace.payments.models import Attempt, Dispute, LedgerEntry, LedgerPosting, Refund, Transfer

from ..entries import MOST_OF_AN_ORDER, Found, find, ids_of, page_of, with_postings
from ..forms import EntryForm
from ..words import ACCOUNTS
from . import readers, show


@readers
@require_safe
def entries(request):
    """What fits the search, newest first."""
    form = EntryForm(request.GET)
    found, after = [], ""
    if form.is_valid():
        asked = form.cleaned_data
        rows = find(
            words=asked["q"], account=asked["account"], makers=asked["maker"], first=asked["first"], last=asked["last"]
        )
        found, after = page_of(rows, request.GET.get("after", ""))
    return show(request, "entries.html", "entries", {"form": form, "found": found, "after": after}, form)


@readers
@require_safe
def entry(request, pk):
    """One entry with its postings, and where it comes from."""
    row = get_object_or_404(with_postings(LedgerEntry.objects.all()), pk=pk)
    context = {
        "found": Found(row), "postings": [_sides(posting) for posting in row.postings.all()],
        "dispute": Dispute.objects.filter(dispute_id=row.reference).first(),
        "same": LedgerEntry.objects.filter(reference=row.reference).exclude(pk=pk).order_by("pk")[:20]
        if row.reference else (),
    }  # fmt: skip
    return show(request, "entry.html", "entries", context)


def _sides(posting: LedgerPosting) -> dict:
    """A posting for a table: its cents as a debit or a credit."""
    return {
        "posting": posting, "name": ACCOUNTS[posting.account].name, "debit": max(posting.cents, 0),
        "credit": max(-posting.cents, 0),
    }  # fmt: skip


@readers
@require_safe
def order(request, number):
    """An order's money: what was paid, refunded, paid out, taken back and disputed."""
    row = get_object_or_404(Order, number=number)
    booked = with_postings(LedgerEntry.objects.filter(pk__in=ids_of(row))).order_by("at", "pk")[:MOST_OF_AN_ORDER]
    context = {
        "order": row, "attempt": Attempt.objects.filter(order=row).first(),
        "parts": row.maker_orders.select_related("maker").order_by("pk"),
        "refunds": Refund.objects.filter(maker_order__order=row).select_related("maker_order__maker"),
        "transfers": Transfer.objects.filter(maker_order__order=row).select_related("maker_order__maker"),
        "disputes": Dispute.objects.filter(attempt__order=row), "booked": [Found(entry) for entry in booked],
    }  # fmt: skip
    return show(request, "order.html", "entries", context)
