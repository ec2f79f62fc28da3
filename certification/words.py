"""The programme's words as enums with labels: statuses, kinds of evidence, actions, audit verbs, permissions."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    EVALUATING = "evaluating", _("In evaluation")
    NEEDS_INFO = "needs_info", _("Waiting for the maker")
    EVALUATED = "evaluated", _("Waiting for the decision")
    RETURNED = "returned", _("Returned to evaluation")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn by the maker")


class CertificateStatus(models.TextChoices):
    """What is stored. `expired` is never stored: it follows from the dates."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SUPERSEDED = "superseded", _("Superseded")


class PublicStatus(models.TextChoices):
    """What the register says of a certificate on a given day."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Superseded")


class EvidenceStatus(models.TextChoices):
    PENDING = "pending", _("Waits to be checked")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Not accepted")


class EvidenceKind(models.TextChoices):
    PHOTO = "photo", _("Photo of the workplace")
    CUTTING_TICKET = "cutting_ticket", _("Cutting ticket")
    INVOICE = "invoice", _("Contractor's invoice")
    PURCHASE_ORDER = "purchase_order", _("Purchase order")
    PATTERN_FILE = "pattern_file", _("Pattern file or sketch")
    SITE_VISIT = "site_visit", _("Site visit report")
    BUSINESS_RECORD = "business_record", _("City business tax certificate")
    OTHER = "other", _("Other")


class Recommendation(models.TextChoices):
    GRANT = "grant", _("Grant")
    REFUSE = "refuse", _("Refuse")


class Action(models.TextChoices):
    """What people do to an application, a certificate or a piece of evidence."""

    SUBMIT = "submit", _("Submit")
    START = "start", _("Start the evaluation")
    ASK = "ask", _("Ask the maker")
    RECOMMEND = "recommend", _("Recommend")
    GRANT = "grant", _("Grant")
    REFUSE = "refuse", _("Refuse")
    RETURN = "return", _("Return to evaluation")
    WITHDRAW = "withdraw", _("Withdraw")
    SUSPEND = "suspend", _("Suspend")
    REINSTATE = "reinstate", _("Reinstate")
    SUPERSEDE = "supersede", _("Supersede")
    ACCEPT = "accept", _("Accept")
    REJECT = "reject", _("Do not accept")


class Verb(StrEnum):
    """`source:subject:action` of an audit entry; workflow.py adds one for each transition."""

    APPLICATION_START = "maker:application:start"
    APPLICATION_FILE = "staff:application:file"
    STEPS_SAVE = "maker:steps:save"
    EVIDENCE_ADD = "maker:evidence:add"
    WORKPLACE_CONFIRM = "staff:workplace:confirm"
    CERTIFICATE_ISSUE = "staff:certificate:issue"
    CONFLICT_DECLARE = "staff:conflict:declare"
    AREA_LOAD = "system:area:load"


class Perm(StrEnum):
    """`app.verb_noun`, given to groups; see permissions.GROUPS."""

    EVALUATE = "certification.evaluate_application"
    DECIDE = "certification.decide_application"
    FILE = "certification.file_application"
    SANCTION = "certification.sanction_certificate"


OPEN_STATUSES = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.EVALUATING,
    ApplicationStatus.NEEDS_INFO,
    ApplicationStatus.EVALUATED,
    ApplicationStatus.RETURNED,
)
EDITABLE_STATUSES = (ApplicationStatus.DRAFT, ApplicationStatus.NEEDS_INFO)
QUEUE_STATUSES = (
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.EVALUATING,
    ApplicationStatus.NEEDS_INFO,
    ApplicationStatus.EVALUATED,
    ApplicationStatus.RETURNED,
)
