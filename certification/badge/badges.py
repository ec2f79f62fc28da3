"""The one answer to "may this product carry the badge now?", for shop, stories, basket, mail and checkout."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from certification.facts import facts_of, fingerprint
from certification.rules import Claim
from certification.selectors import certified_products
from certification.texts import claim_labels


@dataclass(frozen=True, slots=True)
class Badge:
    """What is certified of one product at this moment."""

    number: str
    claims: tuple[str, ...]
    valid_from: date
    valid_until: date

    def get_absolute_url(self) -> str:
        return reverse("register:verify", args=[self.number])

    @property
    def claims_label(self) -> str:
        """The certified claims in the reader's language, such as "designed, assembled"."""
        return claim_labels(Claim(claim) for claim in self.claims)


def badges_for(product_ids: Iterable[int]) -> dict[int, Badge]:
    """Badges of those products (parents or standalone) that hold one now; four queries whatever the number.

    A badge needs a certificate whose status and Los Angeles days hold now, and whose fingerprint equals that of
    the live facts: a step, workplace or name changed through any door ends it.
    """
    rows = list(certified_products().filter(product__in=set(product_ids)).select_related("certificate").order_by("pk"))
    if not rows:
        return {}
    facts = facts_of(row.product_id for row in rows)
    live = {pk: fingerprint(found) for pk, found in facts.items()}
    return {row.product_id: _badge(row.certificate) for row in rows if live[row.product_id] == row.fingerprint}


def badge_for(product_id: int) -> Badge | None:
    return badges_for([product_id]).get(product_id)


def _badge(certificate) -> Badge:
    return Badge(
        number=certificate.number,
        claims=tuple(certificate.claims),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
    )
