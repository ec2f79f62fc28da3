"""The programme's words as enums with labels: statuses, kinds of evidence, actions, audit verbs, permissions."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """Who acts: a member of the maker, or the program's staff."""

    MAKER = "maker", _("Maker")
    STAFF = "staff", _("Program staff")


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


class CriteriaStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class VisitStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Called off")


class PanelRole(models.TextChoices):
    """What an outside member does in the one case."""

    EVALUATE = "evaluate", _("Evaluates")
    DECIDE = "decide", _("Decides")
    HEAR = "hear", _("Hears the appeal")


class AppealSubject(models.TextChoices):
    """Against what an appeal is made."""

    DECISION = "decision", _("The decision on an application")
    SUSPENSION = "suspension", _("A suspension")
    WITHDRAWAL = "withdrawal", _("A withdrawal")


class AppealStatus(models.TextChoices):
    FILED = "filed", _("Filed")
    HEARING = "hearing", _("Being heard")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Dismissed")
    DROPPED = "dropped", _("Taken back by the maker")


class ComplaintStatus(models.TextChoices):
    RECEIVED = "received", _("Received")
    LOOKING = "looking", _("Being looked at")
    UPHELD = "upheld", _("Found justified")
    DISMISSED = "dismissed", _("Not found justified")


class CheckStatus(models.TextChoices):
    """A surveillance check."""

    DUE = "due", _("Due")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    MOOT = "moot", _("Certificate ended before")


class Reason(models.TextChoices):
    """Why claims are refused or certificates end; staff choose at least one and add words."""

    OUTSIDE_AREA = "outside_area", _("A step the claim rests on is done outside the City of Los Angeles")
    STEP_MISSING = "step_missing", _("A step the claim rests on is missing")
    COST_SHARE = "cost_share", _("Less than the required share of the cost arises in the City")
    NO_EVIDENCE = "no_evidence", _("A step has no accepted evidence of its own")
    NO_RECORD = "no_record", _("A workplace has no accepted business record")
    NO_REGISTRATION = "no_registration", _("The California garment registration is missing")
    CONTRADICTION = "contradiction", _("Facts or evidence contradict each other")
    NEVER_QUALIFIES = "never_qualifies", _("Only packing, labeling, folding or pressing is done in the City")
    CHANGED = "changed", _("The product is not made any more as it was certified")
    MISUSE = "misuse", _("The mark was used for something that is not certified")
    NO_ANSWER = "no_answer", _("Questions were not answered in time")
    GIVEN_BACK = "given_back", _("The maker gave the certificate back")


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
    PUBLISH = "publish", _("Publish")
    RESTORE = "restore", _("Restore after an appeal")
    REOPEN = "reopen", _("Reopen after an appeal")
    GIVE_BACK = "give_back", _("Give back")
    ACCEPT = "accept", _("Accept")
    REJECT = "reject", _("Do not accept")
    HEAR = "hear", _("Hear the appeal")
    UPHOLD = "uphold", _("Uphold")
    DISMISS = "dismiss", _("Dismiss")
    DROP = "drop", _("Take back")
    LOOK = "look", _("Look at it")
    REPORT = "report", _("Report the visit")
    CANCEL = "cancel", _("Call off")
    PASS = "pass", _("Passed")
    FAIL = "fail", _("Failed")
    CLOSE = "close", _("Certificate ended before")


class Verb(StrEnum):
    """`source:subject:action` of an audit entry; workflow.py adds one for each transition."""

    APPLICATION_START = "maker:application:start"
    APPLICATION_FILE = "staff:application:file"
    STEPS_SAVE = "maker:steps:save"
    EVIDENCE_ADD = "maker:evidence:add"
    WORKPLACE_CONFIRM = "staff:workplace:confirm"
    CERTIFICATE_ISSUE = "staff:certificate:issue"
    CONFLICT_DECLARE = "staff:conflict:declare"
    APPEAL_FILE = "maker:appeal:file"
    COMPLAINT_FILE = "public:complaint:file"
    VISIT_PLAN = "staff:sitevisit:plan"
    VISIT_PHOTO = "staff:evidence:photograph"
    PANEL_INVITE = "staff:panelmember:invite"
    PANEL_END = "staff:panelmember:end"
    CASE_ASSIGN = "staff:application:assign"
    CASE_MESSAGE = "staff:application:message"
    ANSWER = "maker:application:answer"
    LINE_CHANGE = "maker:line:change"
    SURVEILLANCE_DRAW = "staff:surveillancedraw:draw"
    CRITERIA_DRAFT = "staff:criteriaversion:draft"
    AREA_LOAD = "system:area:load"
    AUDIT_ERASE = "system:audit:erase"


class Perm(StrEnum):
    """`app.verb_noun`, given to groups; see permissions.GROUPS."""

    EVALUATE = "certification.evaluate_application"
    DECIDE = "certification.decide_application"
    FILE = "certification.file_application"
    SANCTION = "certification.sanction_certificate"
    CRITERIA = "certification.publish_criteria"
    HEAR = "certification.hear_appeal"


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
