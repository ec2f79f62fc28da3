"""The letter to a person who is to take a business over, sent by the outbox."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from .models import HandOver


def deliver_hand_over(payload: dict) -> None:
    """Outbox handler; nothing is sent where the offer was taken back meanwhile."""
    offer = HandOver.objects.select_related("maker", "to_user", "from_user").get(pk=payload["hand_over"])
    if offer.ended_at is not None:
        return
    with translation.override(offer.maker.language):
        subject = _("%(maker)s is offered to you") % {"maker": offer.maker.name}
        address = settings.SITE_ADDRESS + reverse("studio:hand_over_answer", args=[offer.pk])
        context = {"offer": offer, "maker": offer.maker, "address": address, "shop_operator": settings.SHOP_OPERATOR}
        body = render_to_string("mail/hand_over.txt", context)
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[offer.to_user.email]).send()
