"""What buyers learn of a seller of $20,000 a year: name, address and a way to write (15 USC 45f(b)(1)(B)).

45f(b)(2): who certifies that there is no business address but a home has only country and state shown, and buyers are
told to write or call; who certifies that the only phone is a personal one has no number shown, and buyers are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import SellerAnswer, SellerCheck


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`address` is empty where the seller works at home; then `state` alone is shown. `phone` may be empty."""

    name: str
    address: tuple[str, ...]
    state: str
    phone: str
    email: str
    supplier: str


def disclosure_from(answer: SellerAnswer, legal_name: str) -> Disclosure:
    """What of an answer is shown."""
    street = ", ".join(part for part in (answer.line1, answer.line2) if part)
    address = (street, f"{answer.city}, {answer.state} {answer.zip_code}")
    return Disclosure(
        name=legal_name, address=() if answer.at_home else address, state=answer.state,
        phone="" if answer.private_phone else answer.phone, email=answer.email, supplier=answer.supplier,
    )  # fmt: skip


def disclosures_of(makers: Iterable[int]) -> dict[int, Disclosure]:
    """What is shown of those of these makers of whom it must be, by their ids; one query."""
    rows = SellerCheck.objects.filter(
        maker__in=list(makers), discloses_since__isnull=False, verified_answer__isnull=False
    )
    return {
        row.maker_id: disclosure_from(row.verified_answer, row.maker.legal_name)
        for row in rows.select_related("maker", "verified_answer")
        if row.verified_answer
    }
