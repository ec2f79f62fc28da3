"""Applicants: apply without an account, be answered, step back; what is personal is erased in time.

Locks are taken in one order: the end of the audit trail, then the place, then the applicant.
"""

import secrets
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from certification.audit import writing
from certification.workflow import record
from makers.permissions import require
from marketplace.core import clock

from .. import letters, permissions
from ..models import Applicant, Place, Placement
from ..words import OPEN_APPLICANTS, Action, ApplicantStatus, PlacementStatus, PlaceStatus
from ..workflow import perform

ERASED = {
    "name": "", "email": "", "phone": "", "area": "", "languages": [], "why": "", "answer": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """What someone tells the maker; `language` is that of the page and so of our letters."""

    name: str
    email: str
    area: str
    languages: tuple[str, ...]
    why: str
    phone: str = ""
    language: str = "en"


@writing()
def apply_for(*, place: Place, person: Person) -> Applicant:
    """Hand in an application; the person agreed that the maker reads it.

    Where this address already has an open one for the place, nothing is added or changed: a letter with the known
    link goes out instead, so the answer on the page tells nobody which it was. Raises ValidationError when the
    place takes no applications.
    """
    place = Place.objects.select_for_update().get(pk=place.pk)
    if place.status != PlaceStatus.PUBLISHED or place.closes_on < clock.today():
        raise ValidationError(_("This place takes no more applications. Look at the other places."))
    if place.left <= 0:
        raise ValidationError(_("Every place has been taken. Look at the other places."))
    email = person.email.strip().lower()
    known = Applicant.objects.filter(place=place, email=email, status__in=OPEN_APPLICANTS).first()
    if known:
        letters.tell_applicant(known, "known", once=clock.today().isoformat())
        return known
    now = clock.now()
    applicant = Applicant.objects.create(
        place=place, token=secrets.token_urlsafe(32), name=person.name, email=email, phone=person.phone,
        area=person.area, languages=list(person.languages), why=person.why, language=person.language,
        applied_at=now, consented_at=now,
    )  # fmt: skip
    record(verb="person:applicant:apply", actor=None, row=applicant, after={"place": place.pk})
    letters.tell_applicant(applicant, "received")
    letters.tell_maker(applicant)
    return applicant


def invite(*, user, applicant: Applicant, answer: str) -> Applicant:
    """Ask the person to come by; the letter carries the maker's words."""
    return _answer(user, applicant, Action.INVITE, "invited", answer)


def decline(*, user, applicant: Applicant, answer: str) -> Applicant:
    """Say no, with the maker's reason."""
    return _answer(user, applicant, Action.DECLINE, "declined", answer)


@writing()
def take_on(*, user, applicant: Applicant, answer: str) -> Applicant:
    """Give one of the places to the person. Raises ValidationError when none is left."""
    place = Place.objects.select_for_update().get(pk=applicant.place_id)
    require(permissions.may_offer(user, place.maker))
    if place.left <= 0:
        raise ValidationError(_("All places are taken. Raise the number of places first, or decline."))
    applicant = _answer(user, applicant, Action.TAKE_ON, "taken_on", answer)
    place.taken += 1
    place.save(update_fields=["taken"])
    return applicant


@writing()
def step_back(*, token: str) -> Applicant:
    """The person withdraws by the private link: what they wrote is erased at once, a place they had is free again.

    Raises Applicant.DoesNotExist for an unknown link, WrongMoment where there is nothing to withdraw, and
    ValidationError once the programme recorded that they started.
    """
    found = Applicant.objects.get(token=token)
    place = Place.objects.select_for_update().get(pk=found.place_id)
    had_a_place = Applicant.objects.select_for_update().get(pk=found.pk).status == ApplicantStatus.TAKEN_ON
    if Placement.objects.filter(applicant=found).exclude(status=PlacementStatus.VOID).exists():
        raise ValidationError(_("The program has recorded that you started. Please talk to the maker."))
    applicant = perform(row=found, action=Action.WITHDRAW, actor=None, erased_at=clock.now(), **ERASED)
    if had_a_place:
        place.taken -= 1
        place.save(update_fields=["taken"])
    return applicant


def erase_due() -> int:
    """Periodic job: empty what is personal of applicants whose place ended six months ago; returns how many.

    Status, place and days stay, so numbers stay true; private links stop working.
    """
    erased = 0
    due = Place.objects.filter(erase_on__lte=clock.today(), applicants__token__isnull=False).distinct()
    for place in due.order_by("pk"):
        with writing():
            rows = Applicant.objects.filter(place=place, token__isnull=False).order_by("pk").select_for_update()
            number = len(pks := [row.pk for row in rows])
            Applicant.objects.filter(pk__in=pks).update(token=None, erased_at=clock.now(), **ERASED)
            record(verb="clock:place:erase_applicants", actor=None, row=place, after={"applicants": number})
        erased += number
    return erased


@writing()
def _answer(user, applicant: Applicant, action: Action, letter: str, answer: str) -> Applicant:
    applicant = perform(row=applicant, action=action, actor=user, answer=answer, answered_at=clock.now())
    letters.tell_applicant(applicant, letter)
    return applicant
