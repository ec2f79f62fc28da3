"""Placements: recorded by one coordinator, confirmed by another; corrected by a new row, never deleted."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certification.audit import writing
from certification.workflow import record
from makers.models import Maker
from makers.permissions import require
from marketplace.core import clock

from .. import permissions
from ..models import Applicant, Placement
from ..words import Action, ApplicantStatus, PlacementStatus
from ..workflow import WrongMoment, no_tie, perform


@dataclass(frozen=True, slots=True)
class Start:
    """Who started what, where and when. `reference`: initials or a partner's case number, for people from outside."""

    maker: Maker
    kind: str
    partner: str
    started_on: date
    reference: str = ""
    applicant: Applicant | None = None


@writing()
def record_placement(*, user, start: Start) -> Placement:
    """Put a start on record; it counts once someone else confirms it."""
    return _record(user, start)


def confirm_placement(*, user, placement: Placement) -> Placement:
    """A second person confirms that it is so."""
    return perform(
        row=placement, action=Action.CONFIRM, actor=user, confirmed_by=user, confirmed_at=clock.now()
    )  # fmt: skip


def complete_placement(*, user, placement: Placement, day: date) -> Placement:
    """The person finished on `day`."""
    _check_end(placement, day)
    return perform(row=placement, action=Action.COMPLETE, actor=user, ended_on=day)


def end_placement(*, user, placement: Placement, day: date, reason: str) -> Placement:
    """The person left before the end; `reason` says why, without names."""
    _check_end(placement, day)
    return perform(row=placement, action=Action.END, actor=user, reason=reason, ended_on=day, end_reason=reason)


def void_placement(*, user, placement: Placement, reason: str) -> Placement:
    """The record was wrong: it stays, with the reason, and counts no more."""
    return perform(row=placement, action=Action.VOID, actor=user, reason=reason)


@writing()
def correct_placement(*, user, placement: Placement, start: Start, reason: str) -> Placement:
    """Replace a record by a new one of the same person, which someone else confirms; the old one counts no more."""
    old = perform(row=placement, action=Action.VOID, actor=user, reason=reason)
    return _record(user, replace(start, applicant=old.applicant), corrects=old)


def _record(user, start: Start, corrects: Placement | None = None) -> Placement:
    require(permissions.is_coordinator(user))
    applicant = _locked(start.applicant)
    placement = Placement(
        maker=start.maker, kind=start.kind, partner=start.partner, started_on=start.started_on,
        reference="" if applicant else start.reference, applicant=applicant, corrects=corrects,
        recorded_by=user, recorded_at=clock.now(),
    )  # fmt: skip
    no_tie(placement, user)
    _check_start(placement)
    placement.full_clean(validate_constraints=False)
    placement.save()
    after = {
        "maker": start.maker.pk, "kind": start.kind, "partner": start.partner,
        "started_on": start.started_on.isoformat(), "corrects": corrects.pk if corrects else None,
    }  # fmt: skip
    record(verb="staff:placement:record", actor=user, row=placement, after=after)
    return placement


def _locked(applicant: Applicant | None) -> Applicant | None:
    if applicant is None:
        return None
    return Applicant.objects.select_for_update(of=("self",)).select_related("place").get(pk=applicant.pk)


def _check_start(placement: Placement) -> None:
    if placement.started_on > clock.today():
        raise ValidationError({"started_on": _("This day lies ahead. Record the start once it has happened.")})
    applicant = placement.applicant
    if applicant is None:
        if not placement.reference:
            raise ValidationError({"reference": _("Give initials or a case number, no name.")})
        return
    if applicant.status != ApplicantStatus.TAKEN_ON:
        raise WrongMoment(_("The maker has not taken this person on."))
    if applicant.place.maker_id != placement.maker_id or applicant.place.kind != placement.kind:
        raise ValidationError(_("Maker and kind are those of the place that the person applied for."))
    if Placement.objects.filter(applicant=applicant).exclude(status=PlacementStatus.VOID).exists():
        raise WrongMoment(_("A placement of this person is on record already."))


def _check_end(placement: Placement, day: date) -> None:
    if day > clock.today():
        raise ValidationError({"day": _("This day lies ahead. Record the end once it has happened.")})
    if day < placement.started_on:
        raise ValidationError({"day": _("This day comes before the start.")})
