"""The words for where a seller's check or a reported listing is, what can be done with it, and who does it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 4000


class CheckStatus(models.TextChoices):
    ASKED = "asked", _("Asked for facts")
    GIVEN = "given", _("To verify")
    RETURNED = "returned", _("Sent back")
    VERIFIED = "verified", _("Verified")
    CONFIRM = "confirm", _("Asked to confirm")
    WARNED = "warned", _("Written notice sent")
    STOPPED = "stopped", _("Selling is suspended")
    ENDED = "ended", _("Ended")


# In these the maker has something to do.
MAKERS_TURN = (
    CheckStatus.ASKED, CheckStatus.RETURNED, CheckStatus.CONFIRM, CheckStatus.WARNED, CheckStatus.STOPPED,
)  # fmt: skip


class CheckAction(StrEnum):
    ASK = "ask"
    ANSWER = "answer"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    ASK_YEARLY = "ask_yearly"
    ASK_ANEW = "ask_anew"
    CONFIRM = "confirm"
    WARN = "warn"
    STOP = "stop"
    END = "end"


class Side(models.TextChoices):
    MAKER = "maker", _("Maker")
    STAFF = "staff", _("Marketplace")
    CLOCK = "clock", _("By itself, on its day")


class ReportKind(models.TextChoices):
    STOLEN = "stolen", _("It may be stolen")
    COUNTERFEIT = "counterfeit", _("It may be counterfeit")
    UNSAFE = "unsafe", _("It may be unsafe")
    ORIGIN = "origin", _("What it says of its origin is false")
    OTHER = "other", _("Something else")


class ReportStatus(models.TextChoices):
    FILED = "filed", _("New")
    LOOKING = "looking", _("Being looked at")
    ACTED = "acted", _("Something was done")
    DISMISSED = "dismissed", _("Nothing was found")


OPEN_REPORTS = (ReportStatus.FILED, ReportStatus.LOOKING)


class ReportAction(StrEnum):
    LOOK = "look"
    ACT = "act"
    DISMISS = "dismiss"
    REOPEN = "reopen"
