"""Certificates: issuing one from a grant, and ending, pausing or restoring it."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certification import audit, fulltext, touched, workflow
from certification.facts import fingerprint
from certification.models import Application, Certificate, CertifiedProduct, NumberSeries
from certification.passport import public_steps
from certification.words import Action, ApplicationStatus, CertificateStatus, Reason, Verb
from marketplace.core import clock

RENEW_WITHIN = timedelta(days=60)


@audit.writing()
def issue_certificate(*, user, application: Application) -> Certificate:
    """The certificate of a granted application, for twelve months from today; an older one is superseded."""
    if application.status != ApplicationStatus.GRANTED:
        raise workflow.WrongMoment(_("Only a granted application leads to a certificate."))
    today = clock.today()
    until = last_day(_year_begins(application, today))
    number = next_number(today.year)
    covered = _covered(application)
    for older in Certificate.objects.filter(
        product__in=covered, status__in=[CertificateStatus.VALID, CertificateStatus.SUSPENDED]
    ).order_by("pk"):
        replaced = _("Replaced by %(number)s.") % {"number": number}
        workflow.perform(
            row=older,
            action=Action.SUPERSEDE,
            actor=user,
            reason=replaced,
            status_reason=replaced,
            status_changed_at=clock.now(),
        )
    certificate = Certificate.objects.create(
        number=number,
        product=application.product,
        product_description=application.facts["title"],
        maker=application.maker,
        maker_name=application.facts["maker"],
        claims=application.granted_claims,
        criteria=application.criteria,
        application=application,
        public_steps=public_steps(application),
        fingerprint=application.fingerprint,
        valid_from=today,
        valid_until=until,
        status_changed_at=clock.now(),
        issued_at=clock.now(),
    )
    CertifiedProduct.objects.bulk_create(
        CertifiedProduct(certificate=certificate, product_id=pk, title=facts["title"], fingerprint=fingerprint(facts))
        for pk, facts in covered.items()
    )
    touched.settle(certificate)
    fulltext.index([certificate])
    workflow.record(verb=Verb.CERTIFICATE_ISSUE, actor=user, row=certificate, after={"claims": certificate.claims})
    return certificate


def _year_begins(application: Application, today: date) -> date:
    """A renewal within the last weeks loses no days: its year begins where the old one ends."""
    old = application.renews
    if old is None or old.status != CertificateStatus.VALID:
        return today
    left = old.valid_until - today
    return old.valid_until + timedelta(days=1) if timedelta(0) <= left <= RENEW_WITHIN else today


def _covered(application: Application) -> dict[int, dict]:
    """The frozen facts of the product applied for and of those made the same way, by product id."""
    facts = application.facts
    members = {item["id"]: facts | {"title": item["title"], "kind": item["kind"]} for item in facts["line"]}
    return {application.product_id: facts, **members}


def suspend(*, user, certificate: Certificate, reason: str, reasons: Sequence[str]) -> Certificate:
    """Pause the badge at once, for reasons from the list and in words; the register shows both."""
    return _sanction(user, certificate, Action.SUSPEND, reason, reasons)


def reinstate(*, user, certificate: Certificate, reason: str) -> Certificate:
    """Give a suspended certificate its badge back."""
    return _move(user, certificate, Action.REINSTATE, reason, [])


def withdraw(*, user, certificate: Certificate, reason: str, reasons: Sequence[str]) -> Certificate:
    """End the certificate for good, for reasons from the list and in words; the register shows both."""
    return _sanction(user, certificate, Action.WITHDRAW, reason, reasons)


def give_back(*, user, certificate: Certificate, reason: str = "") -> Certificate:
    """The maker ends its certificate; nobody has to agree."""
    reason = reason.strip() or _("Given back by the maker.")
    return _move(user, certificate, Action.GIVE_BACK, reason, [Reason.GIVEN_BACK])


def restore(*, user, certificate: Certificate, reason: str) -> Certificate:
    """Undo a suspension or withdrawal after an upheld appeal, by who heard it; another valid one stays alone."""
    others = Certificate.objects.filter(product=certificate.product_id, status=CertificateStatus.VALID)
    if others.exclude(pk=certificate.pk).exists():
        raise ValidationError(_("The product has a newer valid certificate, so this one stays ended."))
    return _move(user, certificate, Action.RESTORE, reason, [])


def next_number(year: int) -> str:
    """The next number of a year, such as LAO-2026-0412; call it inside the transaction that uses it."""
    NumberSeries.objects.get_or_create(year=year)
    series = NumberSeries.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return str(series)


def last_day(first: date) -> date:
    """The last of twelve months that begin on `first`, inclusive."""
    try:
        next_year = first.replace(year=first.year + 1)
    except ValueError:  # February 29
        next_year = date(first.year + 1, 3, 1)
    return next_year - timedelta(days=1)


def _sanction(user, certificate: Certificate, action: Action, reason: str, reasons: Sequence[str]) -> Certificate:
    if not reasons or set(reasons) - set(Reason.values):
        raise ValidationError(_("Choose at least one reason from the list."))
    return _move(user, certificate, action, reason, [item for item in Reason.values if item in reasons])


def _move(user, certificate: Certificate, action: Action, reason: str, reasons: list) -> Certificate:
    reason = (reason or "").strip()[:2000]
    if not reason:
        raise ValidationError(_("Give the reason; the register shows it."))
    return workflow.perform(
        row=certificate, action=action, actor=user, reason=reason, status_reason=reason,
        status_reasons=[str(item) for item in reasons], status_changed_at=clock.now(),
    )  # fmt: skip
