"""Exact money: `Decimal` dollars for people and Oscar, `int` cents for Stripe and the ledger."""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")


class InexactMoney(ValueError):
    """An amount that is no whole number of cents, or no number at all."""


def to_cents(amount: Decimal) -> int:
    """Dollars as integer cents. Raises InexactMoney for floats, NaN and fractions of a cent."""
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise InexactMoney(f"not an exact amount of money: {amount!r}")
    cents = amount.scaleb(2)
    if cents != cents.to_integral_value():
        raise InexactMoney(f"{amount} has fractions of a cent")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """Integer cents as dollars with two places."""
    if type(cents) is not int:
        raise InexactMoney(f"cents are whole numbers, got {cents!r}")
    return Decimal(cents).scaleb(-2).quantize(CENT)


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` cents by `weights` (largest remainder); the parts always add up to `total`.

    Ties go to the earlier part. Raises ValueError where a negative weight, or no weight at all, makes
    a split meaningless.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    parts = [total * weight // whole for weight in weights]
    remainders = [(-(total * weight % whole), index) for index, weight in enumerate(weights)]
    for _, index in sorted(remainders)[: total - sum(parts)]:
        parts[index] += 1
    return parts


def share_of(total: int, part: int, whole: int) -> int:
    """`total * part / whole` cents, rounded half up."""
    return (2 * total * part + whole) // (2 * whole)


def cumulative_share(total: int, done: int, more: int, whole: int) -> int:
    """The share of `total` that belongs to `more` of `whole`, after `done` of it had its own.

    Shares taken one after the other never exceed `total`, and are `total` exactly once `whole` is done; rounding
    each on its own would give back too much or too little. Raises ValueError where more than `whole` is asked.
    """
    if whole <= 0 or done < 0 or more < 0 or done + more > whole:
        raise ValueError(f"{done} and {more} of {whole} is no part of it")
    return total * (done + more) // whole - total * done // whole
