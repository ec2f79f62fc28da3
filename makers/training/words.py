"""The words of training as enums with labels: kinds of place, statuses, actions, partners, languages."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    PRE_APPRENTICESHIP = "pre_apprenticeship", _("Pre-apprenticeship")
    TRAINING = "training", _("Training (retraining)")


class PlaceStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("training place", "Published")
    CLOSED = "closed", pgettext_lazy("training place", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("training place", "Withdrawn")


class ApplicantStatus(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("applicant", "Received")
    INVITED = "invited", pgettext_lazy("applicant", "Invited")
    TAKEN_ON = "taken_on", pgettext_lazy("applicant", "Taken on")
    DECLINED = "declined", pgettext_lazy("applicant", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("applicant", "Withdrawn by the person")


class PlacementStatus(models.TextChoices):
    RECORDED = "recorded", pgettext_lazy("placement", "Recorded, waits for a second person")
    CONFIRMED = "confirmed", pgettext_lazy("placement", "Confirmed, under way")
    COMPLETED = "completed", pgettext_lazy("placement", "Completed")
    ENDED = "ended", pgettext_lazy("placement", "Ended early")
    VOID = "void", pgettext_lazy("placement", "Does not count")


# An application that the maker still has to answer, and placements that the public counter counts.
OPEN_APPLICANTS = (ApplicantStatus.RECEIVED, ApplicantStatus.INVITED)
COUNTED = (PlacementStatus.CONFIRMED, PlacementStatus.COMPLETED, PlacementStatus.ENDED)
PUBLIC_PLACES = (PlaceStatus.PUBLISHED, PlaceStatus.CLOSED)


class Action(StrEnum):
    PUBLISH = "publish"
    CLOSE = "close"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    INVITE = "invite"
    DECLINE = "decline"
    TAKE_ON = "take_on"
    CONFIRM = "confirm"
    COMPLETE = "complete"
    END = "end"
    VOID = "void"


class Partner(models.TextChoices):
    """Who stands behind LA Made 4.0 (programme.md, "What LA Original is")."""

    CITY = "city", _("City of Los Angeles")
    GOODWILL = "goodwill", "Goodwill SoCal"
    CESMII = "cesmii", _("CESMII at UCLA")
    VITERBI = "viterbi", "USC Viterbi"
    NONE = "none", _("The maker alone")


class Language(models.TextChoices):
    """Languages that people work in; those that Los Angeles speaks most."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")
    CHINESE = "zh", _("Chinese")
    KOREAN = "ko", _("Korean")
    TAGALOG = "tl", _("Tagalog")
    ARMENIAN = "hy", _("Armenian")
    VIETNAMESE = "vi", _("Vietnamese")
    PERSIAN = "fa", _("Persian")
    RUSSIAN = "ru", _("Russian")
    SIGN = "ase", _("American Sign Language")


COORDINATE = "training.coordinate"
