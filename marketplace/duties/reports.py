"""Reports of listings: anyone files one, staff answer, who left an address reads what came of it (15 USC 45f(c))."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.catalogue.models import Product
from marketplace.core import clock, outbox

from . import permissions, workflow
from .models import ListingReport, ListingReportChange
from .words import LONGEST_TEXT, OPEN_REPORTS, ReportAction, ReportKind, ReportStatus

MOST_OPEN = 25
KEPT = timedelta(days=365)


@transaction.atomic
def report_listing(*, product: Product, kind: str, text: str, name: str = "", email: str = "") -> ListingReport:
    """Open a case about a listing; no account is needed. The staff are told, the reporter where it left an address.

    Raises ValidationError without a kind or words, or where many reports of this listing are open already.
    """
    text = (text or "").replace("\x00", "").strip()[:LONGEST_TEXT]
    if kind not in ReportKind.values:
        raise ValidationError({"kind": _("Choose what is wrong.")})
    if not text:
        raise ValidationError({"text": _("Say what you know about it.")})
    Product.objects.select_for_update().get(pk=product.pk)
    if product.reports.filter(status__in=OPEN_REPORTS).count() >= MOST_OPEN:
        raise ValidationError(_("Many reports of this listing are being looked at already. Thank you."))
    now = clock.now()
    report = ListingReport.objects.create(
        product=product, kind=kind, text=text, name=name.strip()[:120], email=email.strip(),
        language=(get_language() or "en")[:2], filed_at=now, changed_at=now,
    )  # fmt: skip
    _tell(ListingReportChange.objects.create(report=report, to_status=ReportStatus.FILED, at=now))
    return report


def look_at(*, user, report: ListingReport) -> None:
    """Take the report. Raises PermissionDenied, WrongMoment."""
    permissions.require(user, permissions.REPORTS)
    workflow.perform_report(report=report, action=ReportAction.LOOK, actor=user)


def reopen(*, user, report: ListingReport) -> None:
    """Look again. Raises PermissionDenied, WrongMoment."""
    permissions.require(user, permissions.REPORTS)
    workflow.perform_report(report=report, action=ReportAction.REOPEN, actor=user)


@transaction.atomic
def answer(*, user, report: ListingReport, acted: bool, words: str) -> None:
    """Close the report; the reporter reads `words`. Raises PermissionDenied, ValidationError, WrongMoment."""
    permissions.require(user, permissions.REPORTS)
    words = (words or "").replace("\x00", "").strip()[:LONGEST_TEXT]
    if not words:
        raise ValidationError({"words": _("Write what the reporter is told.")})
    action = ReportAction.ACT if acted else ReportAction.DISMISS
    _tell(workflow.perform_report(report=report, action=action, actor=user, words=words))


def forget_reporters() -> int:
    """Periodic: erase name and address of reporters a year after they were answered; returns how many."""
    old = ListingReport.objects.filter(changed_at__lt=clock.now() - KEPT).exclude(status__in=OPEN_REPORTS)
    return old.exclude(name="", email="").update(name="", email="")


def _tell(change: ListingReportChange) -> None:
    outbox.post(topic="duties.report_letter", key=f"listing-report:{change.pk}", payload={"change": change.pk})
