"""Reads of certification: what is valid now, what the public sees, what waits for whom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from marketplace.core import clock

from .facts import facts_of, fingerprint
from .models import Application, AuditEntry, Certificate, CertifiedProduct, TouchedProduct
from .texts import reason_labels
from .words import CertificateStatus, PublicStatus


def valid_certificates(day: date | None = None) -> QuerySet[Certificate]:
    """Certificates whose status and days hold on `day` (today); the facts are compared by the badge function."""
    day = day or clock.today()
    return Certificate.objects.filter(status=CertificateStatus.VALID, valid_from__lte=day, valid_until__gte=day)


def certified_products(day: date | None = None) -> QuerySet[CertifiedProduct]:
    """Products that a certificate covers on `day` (today); the facts are compared by the badge function."""
    day = day or clock.today()
    return CertifiedProduct.objects.filter(
        certificate__status=CertificateStatus.VALID, certificate__valid_from__lte=day, certificate__valid_until__gte=day
    )


def covered_products(application: Application) -> list[int]:
    """Ids of the product applied for and of those that are, or were, certified with it."""
    certified = CertifiedProduct.objects.filter(certificate__application__product=application.product_id)
    return sorted({application.product_id, *certified.values_list("product_id", flat=True)})


def is_certified(day: date | None = None, *, claim: str = "") -> Exists:
    """A condition for querysets of rows with a `product_id`: covered on `day` (today), for `claim` if given."""
    rows = certified_products(day).filter(product=OuterRef("product_id"))
    return Exists(rows.filter(certificate__claims__icontains=f'"{claim}"') if claim else rows)


def unchanged(certificates: Iterable[Certificate]) -> set[int]:
    """The ids of those certificates whose certified facts are still the live ones; three queries."""
    certificates = list(certificates)
    facts = facts_of(item.product_id for item in certificates if item.product_id)
    return {
        item.pk
        for item in certificates
        if item.product_id is None or fingerprint(facts[item.product_id]) == item.fingerprint
    }


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A certificate as the public register shows it today."""

    certificate: Certificate
    status: PublicStatus
    reason: str

    @property
    def reasons(self) -> list[str]:
        """Those of the program's list, in the reader's language."""
        return reason_labels(self.certificate.status_reasons) if self.status in _BY_PEOPLE else []

    @property
    def why(self) -> str:
        """Words, then those of the list, as one text."""
        return " · ".join(dict.fromkeys(part for part in (self.reason, *self.reasons) if part))


_NUMBER = re.compile(r"LAO-\d{4}-\d+")
_BY_PEOPLE = (PublicStatus.SUSPENDED, PublicStatus.WITHDRAWN)


def register_rows(certificates: Iterable[Certificate]) -> list[RegisterRow]:
    """Status and reason of each certificate as of now; a constant number of queries."""
    certificates = list(certificates)
    same = unchanged(item for item in certificates if item.status == CertificateStatus.VALID)
    today = clock.today()
    return [_register_row(item, item.pk in same, today) for item in certificates]


def _register_row(certificate: Certificate, same: bool, today: date) -> RegisterRow:
    running = certificate.status in (CertificateStatus.VALID, CertificateStatus.SUSPENDED)
    if running and today > certificate.valid_until:
        return RegisterRow(certificate, PublicStatus.EXPIRED, "")
    if running and today < certificate.valid_from:  # only where a server's clock went back
        return RegisterRow(certificate, PublicStatus.SUSPENDED, _("It does not begin before its first day."))
    if certificate.status == CertificateStatus.VALID and not same:
        reason = _("The product has changed since it was certified; the badge rests until it has been looked at.")
        return RegisterRow(certificate, PublicStatus.SUSPENDED, reason)
    return RegisterRow(certificate, PublicStatus(certificate.status), _public_reason(certificate))


def _public_reason(certificate: Certificate) -> str:
    """What people wrote; of a replaced certificate the number of the newer one, in the reader's language."""
    newer = _NUMBER.search(certificate.status_reason) if certificate.status == CertificateStatus.SUPERSEDED else None
    return _("Replaced by %(number)s.") % {"number": newer[0]} if newer else certificate.status_reason


def changed_certificates() -> list[int]:
    """Ids of the certificates that would be valid but for a change of their facts; reads only what was touched."""
    touched = TouchedProduct.objects.values("product_id")
    noted = list(valid_certificates().filter(product__in=touched))
    same = unchanged(noted)
    return [item.pk for item in noted if item.pk not in same]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """An entry of the trail; `times` counts those that follow each other and say the same."""

    entry: AuditEntry
    times: int


def history(application: Application) -> list[HistoryRow]:
    """The trail of a case, newest first; a maker's nine files in a row are one line."""
    entries = AuditEntry.objects.filter(application=application).select_related("private__actor")
    runs = [list(run) for _key, run in groupby(entries, key=_same_line)]
    return [HistoryRow(run[0], len(run)) for run in runs]


def _same_line(entry: AuditEntry) -> tuple:
    private = entry.kept
    return entry.verb, private and private.actor_id, private.reason if private else entry.number
