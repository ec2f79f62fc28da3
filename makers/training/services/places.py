"""Places: write, publish, close, take back; the clock closes those whose last day has passed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certification.audit import writing
from certification.workflow import record
from makers.permissions import require
from marketplace.core import clock

from .. import letters, permissions, rules
from ..models import Applicant, Place, PlaceLanguage
from ..words import OPEN_APPLICANTS, Action, PlaceStatus
from ..workflow import WrongMoment, perform

RETENTION_MONTHS = 6
EDITABLE = (
    "kind", "steps", "title", "title_es", "description", "description_es", "requirements", "requirements_es",
    "neighborhood", "places", "is_paid", "wage_from", "wage_to", "starts_on", "weeks", "hours_per_week", "closes_on",
)  # fmt: skip


def erasing_day(ended: datetime) -> date:
    """The day on which applicants' data is erased: six months after the place ended, the month's last day at most."""
    day = ended.astimezone(clock.LOS_ANGELES).date()
    years, month = divmod(day.month - 1 + RETENTION_MONTHS, 12)
    first = date(day.year + years, month + 1, 1)
    length = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - first).days
    return first.replace(day=min(day.day, length))


@writing()
def save_place(*, user, place: Place, languages: Iterable[str]) -> Place:
    """Add a draft, or change a draft or a published place. Raises PermissionDenied, WrongMoment, ValidationError."""
    languages = list(dict.fromkeys(languages))
    stored = Place.objects.select_for_update().get(pk=place.pk) if place.pk else None
    require(permissions.may_offer(user, (stored or place).maker))
    if stored and stored.status not in (PlaceStatus.DRAFT, PlaceStatus.PUBLISHED):
        raise WrongMoment(_("This place has ended, so it can't be changed."))
    before = _audited(stored, _languages(stored)) if stored else {}
    if stored is None:
        place.created_at = clock.now()
    place.full_clean(exclude=["maker"], validate_constraints=False)
    _refuse(_problems(place, languages, stored))
    place.save(update_fields=EDITABLE if stored else None)
    place.languages.exclude(language__in=languages).delete()
    PlaceLanguage.objects.bulk_create(
        [PlaceLanguage(place=place, language=code) for code in languages], ignore_conflicts=True
    )
    record(
        verb=f"maker:place:{'edit' if stored else 'create'}", actor=user, row=place,
        before=before, after=_audited(place, languages),
    )  # fmt: skip
    return place


def publish_place(*, user, place: Place) -> Place:
    """Show a draft to everyone. Raises ValidationError where a rule stands against it."""
    with writing():
        row = Place.objects.select_for_update().get(pk=place.pk)
        require(permissions.may_offer(user, row.maker))
        _refuse(rules.publishing_problems(row.facts(_languages(row)), clock.today()))
        return perform(row=row, action=Action.PUBLISH, actor=user, published_at=clock.now())


def close_place(*, user, place: Place) -> Place:
    """Take no more applications; those that came are still answered."""
    return perform(row=place, action=Action.CLOSE, actor=user, **_ending())


def withdraw_place(*, user, place: Place, reason: str) -> Place:
    """Take the place back. Everyone who still waits is declined and told why."""
    with writing():
        row = perform(row=place, action=Action.WITHDRAW, actor=user, reason=reason, **_ending())
        waiting = Applicant.objects.filter(place=row, status__in=OPEN_APPLICANTS).order_by("pk")
        for applicant in waiting:
            perform(row=applicant, action=Action.DECLINE, actor=user, answer=reason, answered_at=clock.now())
            letters.tell_applicant(applicant, "withdrawn_place")
        return row


def close_past_places() -> int:
    """Periodic job: close published places after their last day; returns how many."""
    past = Place.objects.filter(status=PlaceStatus.PUBLISHED, closes_on__lt=clock.today())
    closed = 0
    for place in past.order_by("pk"):
        try:
            perform(row=place, action=Action.EXPIRE, actor=None, **_ending())
        except WrongMoment:
            continue  # its maker closed it at the same moment
        closed += 1
    return closed


def _ending() -> dict:
    now = clock.now()
    return {"ended_at": now, "erase_on": erasing_day(now)}


def _problems(place: Place, languages: list[str], stored: Place | None) -> dict[str, str]:
    facts = place.facts(languages)
    shown = stored is not None and stored.status == PlaceStatus.PUBLISHED
    found = rules.publishing_problems(facts, clock.today()) if shown else rules.problems(facts)
    if stored and place.places < stored.taken:
        found["places"] = _("%(taken)s people were taken on already.") % {"taken": stored.taken}
    return found


def _refuse(found: dict[str, str]) -> None:
    if found:
        raise ValidationError(found)


def _languages(place: Place) -> list[str]:
    return list(place.languages.values_list("language", flat=True))


def _audited(place: Place, languages: list[str]) -> dict:
    """What an edit changed, as JSON; the long texts only by their length."""
    long = ("description", "description_es", "requirements", "requirements_es")
    values = {name: getattr(place, name) for name in EDITABLE}
    shown = {name: len(value) if name in long else value for name, value in values.items()}
    return {name: _plain(value) for name, value in shown.items()} | {"languages": languages}


def _plain(value):
    return value if value is None or isinstance(value, str | int | list) else str(value)
