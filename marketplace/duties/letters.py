"""Letters about a seller's duties and reported listings, sent by the outbox, so maybe twice."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import outbox

from .models import ListingReportChange, SellerCheckChange
from .words import CheckStatus, ReportStatus

S = CheckStatus
SUBJECTS = {
    S.ASKED: gettext_lazy("Tell us who you are by %(day)s"),
    S.RETURNED: gettext_lazy("What you gave us is not complete: answer by %(day)s"),
    S.VERIFIED: gettext_lazy("What you gave us is verified"),
    S.CONFIRM: gettext_lazy("Is everything still right? Answer by %(day)s"),
    S.WARNED: gettext_lazy("Written notice: answer by %(day)s or selling is suspended"),
    S.STOPPED: gettext_lazy("Selling is suspended"),
    S.GIVEN: gettext_lazy("We have what you gave us"),
}
WORDS = {
    S.ASKED: gettext_lazy(
        "Your business sold so much through this shop that federal law, the INFORM Consumers Act, asks us to know who "
        "you are. Please give us the name of a person, an address, a phone number and an e-mail address by %(day)s. "
        "Bank account, identity and tax number stay at Stripe; we do not keep them."
    ),
    S.RETURNED: gettext_lazy("We looked at what you gave us and need it anew by %(day)s. These are the reasons:"),
    S.VERIFIED: gettext_lazy("Everything is in order. We ask again on %(day)s; tell us sooner if something changes."),
    S.CONFIRM: gettext_lazy(
        "Once a year the law has us ask whether what you gave us still holds. Please confirm it, or give us what "
        "changed, by %(day)s."
    ),
    S.WARNED: gettext_lazy(
        "We asked you for facts that the INFORM Consumers Act requires, and the day to answer has passed. This is the "
        "written notice that the law provides for. If we do not have your answer by %(day)s, we must suspend your "
        "sales until we do. Orders that are placed already you ship as always."
    ),
    S.STOPPED: gettext_lazy(
        "We did not get your answer, so nothing of yours is for sale from today on, as the law requires. As soon as "
        "you answer, you sell again. Orders that are placed already you ship as always, and they are paid out."
    ),
    S.GIVEN: gettext_lazy("Thank you. We look at it by %(day)s and write to you. Meanwhile you sell as always."),
}


def tell(change: SellerCheckChange) -> None:
    """Queue the letter about a change; call it in the transaction that makes it."""
    outbox.post(topic="duties.letter", key=f"seller-check:{change.pk}", payload={"change": change.pk})


def deliver(payload: dict) -> None:
    """Outbox handler: to the maker in its language; once facts were given, to the staff too."""
    change = SellerCheckChange.objects.select_related("check_of__maker").get(pk=payload["change"])
    maker, status = change.check_of.maker, S(change.to_status)
    with translation.override(maker.language):
        day = {"day": date_format(change.due_on, "DATE_FORMAT") if change.due_on else ""}
        address = settings.SITE_ADDRESS + reverse("duties_studio:index")
        reasons = change.words if status == S.RETURNED else ""
        words = [str(WORDS[status]) % day, reasons]
        _send(str(SUBJECTS[status]) % day, maker.email, words, address, _("Look at your duties"))
    if status == S.GIVEN:
        with translation.override(settings.LANGUAGE_CODE):
            address = settings.SITE_ADDRESS + reverse("duties:item", args=[change.check_of_id])
            subject = _("A seller to verify: %(maker)s") % {"maker": maker.name}
            _send(subject, settings.STAFF_EMAIL, [subject], address, _("Look at it"))


def deliver_report(payload: dict) -> None:
    """Outbox handler: a new report to the staff and, thanks, to the reporter; an answer to the reporter."""
    change = ListingReportChange.objects.select_related("report__product").get(pk=payload["change"])
    report = change.report
    if change.to_status == ReportStatus.FILED:
        with translation.override(settings.LANGUAGE_CODE):
            address = settings.SITE_ADDRESS + reverse("duties:report", args=[report.pk])
            subject = _("A listing was reported: %(title)s") % {"title": report.product.title}
            _send(subject, settings.STAFF_EMAIL, [report.get_kind_display(), report.text], address, _("Look at it"))
    with translation.override(report.language):
        subject = _("Your report of “%(title)s”") % {"title": report.product.label}
        thanks = _("We have your report, number %(number)s. A person looks at it and writes to you.")
        words = change.words or thanks % {"number": report.pk}
        _send(subject, report.email, [words])


def _send(subject: str, to: str, paragraphs: list[str], address: str = "", label: str = "") -> None:
    if not to:
        return
    context = {
        "paragraphs": [text for text in paragraphs if text], "address": address, "address_label": label,
        "site": settings.SITE_ADDRESS, "subject": subject, "shop_operator": settings.SHOP_OPERATOR,
    }  # fmt: skip
    message = EmailMultiAlternatives(
        subject=" ".join(subject.split()), body=render_to_string("mail/note.txt", context), to=[to]
    )
    message.attach_alternative(render_to_string("mail/note.html", context), "text/html")
    message.send()
