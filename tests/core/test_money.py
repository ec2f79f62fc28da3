"""Cents are whole, shares add up, and nothing inexact slips through."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import InexactMoney, allocate, from_cents, to_cents


@pytest.mark.parametrize(("amount", "cents"), [("0", 0), ("0.01", 1), ("19.99", 1999), ("1234567.89", 123456789)])
def test_amounts_become_cents_and_back(amount, cents):
    assert to_cents(Decimal(amount)) == cents
    assert from_cents(cents) == Decimal(amount)


@pytest.mark.parametrize("amount", ["98.9009", "0.001"])
def test_a_fraction_of_a_cent_is_refused(amount):
    with pytest.raises(InexactMoney):
        to_cents(Decimal(amount))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_parts_always_add_up_to_the_whole(total, weights):
    parts = allocate(total, weights)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)
