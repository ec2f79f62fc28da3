"""Yearly surveillance: the published draw, and what came of looking at each drawn certificate again."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from certification import audit, deadlines, workflow
from certification.models import (
    Application,
    AuditEntry,
    Certificate,
    Complaint,
    SiteVisit,
    SurveillanceCheck,
    SurveillanceDraw,
)  # fmt: skip
from certification.rules.draw import Risk, draw
from certification.selectors import valid_certificates
from certification.words import Action, ComplaintStatus, Perm, Verb, VisitStatus
from marketplace.core import clock

SHARE = 10
NEAR = Decimal(5)  # points above the required share of the cost that still count as near to it
YEAR = timedelta(days=365)


def population() -> list[tuple[str, int]]:
    """(number, tickets) of every certificate that is valid now, by number; five queries whatever the number."""
    certificates = list(valid_certificates().select_related("application", "criteria").order_by("number"))
    risks = _risks(certificates)
    return [(item.number, risks[item.pk].tickets) for item in certificates]


@audit.writing()
def draw_year(*, user, seed: str, seed_source: str) -> SurveillanceDraw:
    """Draw 10 % of the valid certificates for this year; once a year.

    `seed` is a public value that nobody here could choose, such as the numbers of a lottery drawn after the
    population was published, `seed_source` says which. Raises PermissionDenied, ValidationError.
    """
    if not user.has_perm(Perm.DECIDE):
        raise PermissionDenied
    seed, seed_source = " ".join((seed or "").split()), (seed_source or "").strip()
    if not seed or not seed_source:
        raise ValidationError(_("Give the seed, and where anyone can look it up."))
    year = clock.today().year
    if SurveillanceDraw.objects.filter(year=year).exists():
        raise ValidationError(_("The draw of this year has been made."))
    pairs = population()
    if not pairs:
        raise ValidationError(_("No certificate is valid now, so there is nothing to draw."))
    made = SurveillanceDraw.objects.create(
        year=year, seed=seed[:200], seed_source=seed_source[:300], share=SHARE, population=pairs,
        drawn_at=clock.now(), drawn_by=user,
    )  # fmt: skip
    _open_checks(made, draw(made.seed, pairs, SHARE))
    workflow.record(verb=Verb.SURVEILLANCE_DRAW, actor=user, row=made, after={"seed": made.seed, "of": len(pairs)})
    return made


def pass_check(*, user, check: SurveillanceCheck, report: str) -> SurveillanceCheck:
    """Everything was as certified."""
    return _finish(user, check, Action.PASS, report)


def fail_check(*, user, check: SurveillanceCheck, report: str) -> SurveillanceCheck:
    """Something was not; the sanction is a step of its own, by who may."""
    return _finish(user, check, Action.FAIL, report)


def close_check(*, user, check: SurveillanceCheck) -> SurveillanceCheck:
    """The certificate ended before anyone looked."""
    if valid_certificates().filter(pk=check.certificate_id).exists():
        raise ValidationError(_("The certificate is valid, so it is checked."))
    return workflow.perform(row=check, action=Action.CLOSE, actor=user, checked_at=clock.now())


def repeats(made: SurveillanceDraw) -> bool:
    """Whether the published seed and population lead to the checks on record."""
    on_record = [check.certificate.number for check in made.checks.select_related("certificate")]
    return draw(made.seed, [tuple(pair) for pair in made.population], made.share) == on_record


def _open_checks(made: SurveillanceDraw, numbers: list[str]) -> None:
    ids = dict(Certificate.objects.filter(number__in=numbers).values_list("number", "pk"))
    due = deadlines.due_on(deadlines.SURVEILLANCE)
    SurveillanceCheck.objects.bulk_create(
        SurveillanceCheck(draw=made, certificate_id=ids[number], position=position, due_on=due)
        for position, number in enumerate(numbers, 1)
    )


def _finish(user, check: SurveillanceCheck, action: Action, report: str) -> SurveillanceCheck:
    report = (report or "").strip()[:20_000]
    if not report:
        raise ValidationError(_("Write what you looked at and what you saw."))
    return workflow.perform(
        row=check, action=action, actor=user, reason=report, checker=user, report=report, checked_at=clock.now()
    )


def _risks(certificates: Iterable[Certificate]) -> dict[int, Risk]:
    since = clock.now() - YEAR
    makers = {item.maker_id for item in certificates}
    earlier = _makers(Certificate.objects.filter(issued_at__lt=since), makers)
    complained = _makers(Complaint.objects.filter(status=ComplaintStatus.UPHELD, decided_at__gte=since), makers)
    visited = _makers(SiteVisit.objects.filter(status=VisitStatus.DONE), makers)
    changed = set(
        AuditEntry.objects.filter(verb=Verb.STEPS_SAVE, at__gte=since, application__maker__in=makers)
        .exclude(application__status="draft")
        .values_list("application__product", flat=True)
    )
    return {
        item.pk: Risk(
            first_certificate=item.maker_id not in earlier,
            contractor=_by_contractor(item.application),
            share_near_limit=_near_limit(item),
            complaint_upheld=item.maker_id in complained,
            changed_last_year=item.product_id in changed,
            never_visited=item.maker_id not in visited,
        )
        for item in certificates
    }


def _makers(rows: QuerySet, makers: set[int]) -> set[int]:
    path = {Certificate: "maker", Complaint: "certificate__maker", SiteVisit: "application__maker"}[rows.model]
    return set(rows.filter(**{f"{path}__in": makers}).values_list(path, flat=True))


def _by_contractor(case: Application) -> bool:
    return any(step.get("operated_by") == "contractor" for step in case.facts["steps"])


def _near_limit(certificate: Certificate) -> bool:
    """The declared shares of steps at workplaces leave little above what "manufactured" needs."""
    if "manufactured" not in certificate.claims:
        return False
    steps = certificate.application.facts["steps"]
    share = sum((Decimal(step["cost_share"]) for step in steps if "workplace" in step), Decimal(0))
    return share < certificate.criteria.criteria.share + NEAR
