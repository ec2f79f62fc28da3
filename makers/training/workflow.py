"""How places, applicants and placements move: one table each, and one writer of a status."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from certification.audit import writing
from certification.workflow import record

from . import permissions
from .models import Applicant, Place, Placement
from .words import Action, ApplicantStatus, PlacementStatus, PlaceStatus


class WrongMoment(Exception):
    """The row is in a status from which this action leads nowhere; the text is for people."""


class Source(StrEnum):
    """Who acts: a member of the maker, the person who applied (by the private link), the staff, or the clock."""

    MAKER = "maker"
    PERSON = "person"
    STAFF = "staff"
    CLOCK = "clock"


def no_tie(row: Any, actor: Any) -> None:
    """Nobody records or confirms for a maker they are tied to."""
    if permissions.has_tie(actor, row.maker):
        raise permissions.ConflictError(_("You have a tie to this maker, so someone else keeps its records."))


def second_person(row: Any, actor: Any) -> None:
    """Who confirms did not record."""
    no_tie(row, actor)
    if row.recorded_by_id == actor.pk:
        raise permissions.ConflictError(_("You recorded this placement, so someone else confirms it."))


@dataclass(frozen=True, slots=True)
class Transition:
    to: str
    source: Source
    guard: Callable[[Any, Any], None] | None = None


Table = dict[tuple[str, Action], Transition]
P, A, M = PlaceStatus, ApplicantStatus, PlacementStatus


def _staff(to: str, guard: Callable[[Any, Any], None] = no_tie) -> Transition:
    return Transition(to, Source.STAFF, guard)


PLACE: Table = {
    (P.DRAFT, Action.PUBLISH): Transition(P.PUBLISHED, Source.MAKER),
    (P.DRAFT, Action.WITHDRAW): Transition(P.WITHDRAWN, Source.MAKER),
    (P.PUBLISHED, Action.CLOSE): Transition(P.CLOSED, Source.MAKER),
    (P.PUBLISHED, Action.EXPIRE): Transition(P.CLOSED, Source.CLOCK),
    (P.PUBLISHED, Action.WITHDRAW): Transition(P.WITHDRAWN, Source.MAKER),
}
APPLICANT: Table = {
    (A.RECEIVED, Action.INVITE): Transition(A.INVITED, Source.MAKER),
    (A.RECEIVED, Action.TAKE_ON): Transition(A.TAKEN_ON, Source.MAKER),
    (A.INVITED, Action.TAKE_ON): Transition(A.TAKEN_ON, Source.MAKER),
    (A.RECEIVED, Action.DECLINE): Transition(A.DECLINED, Source.MAKER),
    (A.INVITED, Action.DECLINE): Transition(A.DECLINED, Source.MAKER),
    (A.RECEIVED, Action.WITHDRAW): Transition(A.WITHDRAWN, Source.PERSON),
    (A.INVITED, Action.WITHDRAW): Transition(A.WITHDRAWN, Source.PERSON),
    (A.TAKEN_ON, Action.WITHDRAW): Transition(A.WITHDRAWN, Source.PERSON),
}
PLACEMENT: Table = {
    (M.RECORDED, Action.CONFIRM): _staff(M.CONFIRMED, second_person),
    (M.CONFIRMED, Action.COMPLETE): _staff(M.COMPLETED),
    (M.CONFIRMED, Action.END): _staff(M.ENDED),
    (M.RECORDED, Action.VOID): _staff(M.VOID),
    (M.CONFIRMED, Action.VOID): _staff(M.VOID),
    (M.COMPLETED, Action.VOID): _staff(M.VOID),
    (M.ENDED, Action.VOID): _staff(M.VOID),
}
TABLES: dict[type[models.Model], Table] = {Place: PLACE, Applicant: APPLICANT, Placement: PLACEMENT}


@writing()
def perform(*, row: Any, action: Action, actor, reason: str = "", **changes):
    """Move `row` along and audit it; returns the locked, changed row. `actor` is None for the person and the clock.

    `changes` are written with the status; nothing of them is put into the audit trail, which keeps no personal
    data. Raises WrongMoment, PermissionDenied or ConflictError; then nothing has changed.
    """
    model = type(row)
    row = model.objects.select_for_update().get(pk=row.pk)
    transition = TABLES[model].get((row.status, action))
    if transition is None:
        raise WrongMoment(
            _("“%(what)s” is “%(status)s” now, so this can't be done.")
            % {"what": row, "status": row.get_status_display()}
        )
    _check(transition, row, actor)
    before, row.status = row.status, transition.to
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["status", *changes])
    record(
        verb=f"{transition.source}:{model._meta.model_name}:{action}", actor=actor, row=row, reason=reason,
        before={"status": before}, after={"status": str(row.status)},
    )  # fmt: skip
    return row


def possible_actions(row, actor) -> list[Action]:
    """What this person could do with the row now, for the screens; perform() checks again."""
    return [
        action
        for (status, action), transition in TABLES[type(row)].items()
        if status == row.status and _may(transition, row, actor)
    ]


def _check(transition: Transition, row, actor) -> None:
    if transition.source in (Source.PERSON, Source.CLOCK):
        if actor is not None:
            raise PermissionDenied
        return
    if actor is None:
        raise PermissionDenied
    allowed = (
        permissions.may_offer(actor, row.maker)
        if transition.source == Source.MAKER
        else permissions.is_coordinator(actor)
    )
    if not allowed:
        raise PermissionDenied
    if transition.guard is not None:
        transition.guard(row, actor)


def _may(transition: Transition, row, actor) -> bool:
    try:
        _check(transition, row, actor)
    except (PermissionDenied, permissions.ConflictError):
        return False
    return True
