"""The words of returns, messages and reviews: statuses, reasons, sides, limits."""

from datetime import timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 2000
MOST_PHOTOS = 4
SILENCE = 5  # business days that the maker has to answer
FALSE_CLAIM_DAYS = 60  # to return a piece free of charge once its buyer was told
FALSE_CLAIM_YEARS = 2  # how long after the payment a buyer is told
REVIEW_AFTER = timedelta(days=1)
REVIEW_EDITABLE = timedelta(days=30)


class ReturnStatus(models.TextChoices):
    ASKED = "asked", _("Waiting for the maker")
    ACCEPTED = "accepted", _("Accepted: send it back")
    DECLINED = "declined", _("Declined by the maker")
    ESCALATED = "escalated", _("With the marketplace")
    RECEIVED = "received", _("Arrived at the maker")
    REFUNDED = "refunded", _("Refunded")
    REJECTED = "rejected", _("Decided: no refund")
    DROPPED = "dropped", _("Withdrawn")


OPEN = (
    ReturnStatus.ASKED, ReturnStatus.ACCEPTED, ReturnStatus.DECLINED, ReturnStatus.ESCALATED, ReturnStatus.RECEIVED,
)  # fmt: skip


class Reason(models.TextChoices):
    SIZE = "size", _("The size does not fit")
    CHANGED_MIND = "changed_mind", _("I changed my mind")
    DAMAGED = "damaged", _("It arrived damaged")
    FAULTY = "faulty", _("It has a fault")
    NOT_AS_SHOWN = "not_as_shown", _("It is not as shown")
    WRONG_PIECE = "wrong_piece", _("It is the wrong piece")
    FALSE_CLAIM = "false_claim", _("What was said of its origin was false")


# What a shopper chooses from; a false claim is found by staff, not by a shopper.
ASKED_REASONS = [choice for choice in Reason.choices if choice[0] != Reason.FALSE_CLAIM]


class Action(StrEnum):
    ACCEPT = "accept"
    DECLINE = "decline"
    ESCALATE = "escalate"
    DROP = "drop"
    RECEIVE = "receive"
    REFUND = "refund"
    REJECT = "reject"


class Side(models.TextChoices):
    SHOPPER = "shopper", _("Shopper")
    MAKER = "maker", _("Maker")
    STAFF = "staff", _("Marketplace")
