"""Every entry adds up to zero, is booked once, and is never changed."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from marketplace.core.append_only import AppendOnlyError
from marketplace.core.money import allocate, share_of
from marketplace.payments import ledger
from marketplace.payments.ledger import Posting
from marketplace.payments.models import LedgerEntry, LedgerPosting

pytestmark = pytest.mark.django_db


def test_an_entry_is_booked_once():
    for _ in range(3):
        ledger.post(source="charge:1", description="x", postings=[Posting(ledger.STRIPE, 5), Posting(ledger.FEES, -5)])
    assert LedgerEntry.objects.count() == 1
    assert ledger.balance_of(ledger.STRIPE) == 5


def test_an_entry_that_does_not_add_up_is_refused():
    with pytest.raises(ledger.Unbalanced):
        ledger.post(source="charge:1", description="x", postings=[Posting(ledger.STRIPE, 5), Posting(ledger.FEES, -4)])
    assert not LedgerEntry.objects.exists()


def test_what_is_booked_stays():
    ledger.post(source="charge:1", description="x", postings=[Posting(ledger.STRIPE, 5), Posting(ledger.FEES, -5)])
    with pytest.raises(AppendOnlyError):
        LedgerPosting.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        LedgerEntry.objects.update(description="y")


rows_of = st.tuples(st.integers(1, 10**6), st.integers(0, 5_000), st.integers(0, 10_000))
parts = st.lists(rows_of, min_size=1, max_size=8)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(parts, st.integers(0, 10_000))
def test_what_comes_in_equals_what_is_owed_kept_and_taxed(rows, basis_points):
    """The split that an order is booked by: goods, shipping and tax of every maker, less the operator's fee."""
    total = sum(sum(row) for row in rows)
    postings = [Posting(ledger.STRIPE, total)]
    for goods, shipping, tax in rows:
        fee = share_of(goods, basis_points, 10_000)
        assert 0 <= fee <= goods
        postings += [
            Posting(ledger.MAKERS, fee - goods - shipping), Posting(ledger.FEES, -fee), Posting(ledger.TAX, -tax),
        ]  # fmt: skip
    source = f"charge:{LedgerEntry.objects.count()}"
    entry = ledger.post(source=source, description="x", postings=postings)
    assert sum(entry.postings.values_list("cents", flat=True)) == 0


@given(st.integers(1, 10**6), st.lists(st.integers(1, 100), min_size=1, max_size=12))
def test_refunds_in_pieces_give_back_exactly_the_tax(tax, pieces):
    """Cumulative rounding: after the last piece no cent is left over or returned too much."""
    goods, given_back, before = sum(pieces), 0, 0
    for piece in pieces:
        before += piece
        now = tax * before // goods - given_back
        assert now >= 0
        given_back += now
    assert given_back == tax
    assert sum(allocate(tax, pieces)) == tax
