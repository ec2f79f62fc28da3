"""In which states tax is collected: staff switch one on with a day when an obligation arises, and off again."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core import clock

from . import table
from .loading import STATE_CODE
from .models import Obligation
from .permissions import OBLIGE, may
from .providers import TABLE, provider_name
from .rates import HOME_STATE

LONGEST_NOTE = 500


def _reason(note: str) -> str:
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise ValidationError({"note": _("Say why in up to 500 characters; the next person reads it.")})
    return note


def _require(user) -> None:
    if not may(user, OBLIGE):
        raise PermissionDenied


@transaction.atomic
def begin_obligation(*, user, state: str, from_day: date, taxes_shipping: bool, note: str) -> Obligation:
    """Collect in a state from a day on. Raises PermissionDenied, ValidationError."""
    _require(user)
    note = _reason(note)
    if not STATE_CODE.fullmatch(state) or state == HOME_STATE:
        raise ValidationError({"state": _("Choose another state; in California tax is always collected.")})
    if from_day < clock.today():
        raise ValidationError({"from_day": _("Tax can't be collected on past sales. Choose today or a later day.")})
    table.lock()
    running = Obligation.objects.filter(state=state).order_by("-from_day").first()
    if running is not None and (running.until is None or running.until >= from_day):
        raise ValidationError({"state": _("Tax is collected there already, or until a later day.")})
    if provider_name() == TABLE and table.current().row(state, "", "", from_day) is None:
        raise ValidationError({"state": _("No rate for the whole state is loaded for that day. Load its file first.")})
    made = Obligation.objects.create(
        state=state, from_day=from_day, taxes_shipping=taxes_shipping, note=note, set_by=user
    )
    table.changed()
    return made


@transaction.atomic
def end_obligation(*, user, obligation: Obligation, until: date, note: str) -> Obligation:
    """Collect in a state until this day, and not after it. Raises PermissionDenied, ValidationError."""
    _require(user)
    note = _reason(note)
    table.lock()
    obligation = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if obligation.until is not None:
        raise ValidationError(_("It has a last day already."))
    if until < max(clock.today(), obligation.from_day):
        raise ValidationError({"until": _("Choose today or a later day, and not before it began.")})
    obligation.until, obligation.end_note = until, note
    obligation.ended_by, obligation.ended_at = user, clock.now()
    obligation.save(update_fields=["until", "end_note", "ended_by", "ended_at"])
    table.changed()
    return obligation
