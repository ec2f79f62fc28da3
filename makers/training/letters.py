"""Letters about training places, sent by the outbox: to the person who applied, and to the maker.

Messages in the outbox name rows by number only; who the person is, is read when the letter is written.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import outbox

from .models import Applicant

SUBJECTS = {
    "received": gettext_lazy("Your application: %(title)s"),
    "known": gettext_lazy("You have applied already: %(title)s"),
    "invited": gettext_lazy("%(maker)s would like to meet you: %(title)s"),
    "taken_on": gettext_lazy("The place is yours: %(title)s"),
    "declined": gettext_lazy("About your application: %(title)s"),
    "withdrawn_place": gettext_lazy("About your application: %(title)s"),
}


def tell_applicant(applicant: Applicant, letter: str, *, once: str = "") -> None:
    """Queue a letter; call it in the transaction that causes it. `once`: one letter per value of it."""
    outbox.post(
        topic="training.letter", key=f"training:{letter}:{applicant.pk}:{once}",
        payload={"applicant": applicant.pk, "letter": letter},
    )  # fmt: skip


def tell_maker(applicant: Applicant) -> None:
    """Queue word to the maker that someone applied; it says neither who nor why."""
    outbox.post(topic="training.tell_maker", key=f"training:maker:{applicant.pk}", payload={"applicant": applicant.pk})


def deliver(payload: dict) -> None:
    """Outbox handler: one letter to the person; none where their address has been erased meanwhile."""
    applicant = Applicant.objects.select_related("place__maker").get(pk=payload["applicant"])
    if not applicant.email:
        return
    letter = payload["letter"]
    with translation.override(applicant.language):
        words = {"title": applicant.place.label, "maker": applicant.place.maker.name}
        address = settings.SITE_ADDRESS + reverse("training:status", args=[applicant.token])
        _send(letter, SUBJECTS[letter] % words, applicant.email, {"applicant": applicant, "address": address})


def deliver_to_maker(payload: dict) -> None:
    """Outbox handler: someone applied; the studio shows who."""
    applicant = Applicant.objects.select_related("place__maker").get(pk=payload["applicant"])
    maker = applicant.place.maker
    with translation.override(maker.language):
        subject = _("Someone applied: %(title)s") % {"title": applicant.place.label}
        address = settings.SITE_ADDRESS + reverse("training_studio:place", args=[applicant.place_id])
        _send("for_maker", subject, maker.email, {"applicant": applicant, "address": address})


def _send(letter: str, subject: str, to: str, context: dict) -> None:
    place = context["applicant"].place
    places_address = f"{settings.SITE_ADDRESS}{reverse('training:index')}?open=yes"
    context |= {
        "place": place, "maker": place.maker, "places_address": places_address,
        "shop_operator": settings.SHOP_OPERATOR,
    }  # fmt: skip
    body = render_to_string(f"mail/training_{letter}.txt", context)
    EmailMessage(subject=" ".join(str(subject).split()), body=body, to=[to]).send()
