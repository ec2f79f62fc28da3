"""A voucher as people write it: percent or dollars, days in Los Angeles; its data makes the voucher."""

from datetime import date

import pytest

from marketplace.core import clock
from marketplace.payments import vouchers
from marketplace.payments.permissions import BOOKKEEPERS
from marketplace.payments.voucher_forms import VoucherForm
from tests import factories

DATA = {"code": "spring-10", "basis_points": "12.5", "starts_at": "2026-11-01", "ends_at": "2026-11-30"}


@pytest.mark.django_db
def test_its_data_makes_the_voucher():
    form = VoucherForm(DATA | {"least_cents": "40", "most_uses": "3"})
    assert form.is_valid(), form.errors
    made = vouchers.create(user=factories.staff(BOOKKEEPERS), maker=None, **form.cleaned_data)
    assert (made.code, made.basis_points, made.amount_cents) == ("SPRING-10", 1250, None)
    assert (made.least_cents, made.most_uses) == (4000, 3)
    assert made.starts_at == clock.start_of(date(2026, 11, 1))
    assert made.ends_at == clock.start_of(date(2026, 12, 1)), "the last day counts whole"


def test_dollars_no_end_and_no_limits():
    form = VoucherForm({"code": "FIVE", "amount_cents": "5.05", "starts_at": "2026-11-01"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount_cents"] == 505
    assert form.cleaned_data["basis_points"] is form.cleaned_data["ends_at"] is form.cleaned_data["most_uses"] is None
    assert form.cleaned_data["least_cents"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""}, {"basis_points": "12.555"}, {"basis_points": "101"}, {"basis_points": "NaN"},
        {"amount_cents": "x"}, {"amount_cents": "1e9"}, {"least_cents": "-1"}, {"starts_at": "soon"},
        {"starts_at": ""}, {"ends_at": "9999-12-31"}, {"most_uses": "0"}, {"most_uses": "99999999999"},
    ],
)  # fmt: skip
def test_odd_words_are_refused_at_their_field(wrong):
    assert list(VoucherForm(DATA | wrong).errors) == list(wrong)
