"""The queue: what waits for staff, with its age against the service level, filters, and who looks after it."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.catalogue.models import Product
from certification import deadlines
from certification.models import Appeal, Application, Complaint, PanelMember, SurveillanceCheck
from certification.permissions import is_staff_reader
from certification.words import (
    QUEUE_STATUSES,
    AppealStatus,
    ApplicationStatus,
    CheckStatus,
    ComplaintStatus,
    PanelRole,
)
from makers.models import Maker
from marketplace.core import clock

PER_PAGE = 50
WHOSE = (("", _("Anyone's")), ("mine", _("Mine")), ("none", _("Nobody's yet")))
# Waiting for the maker is not waiting for us.
_OURS = [status for status in QUEUE_STATUSES if status != ApplicationStatus.NEEDS_INFO]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; unknown values are left out."""

    status: str = ""
    whose: str = ""
    late: bool = False
    words: str = ""

    @classmethod
    def of(cls, query) -> "Filters":
        status, whose = query.get("status", ""), query.get("whose", "")
        return cls(
            status=status if status in QUEUE_STATUSES else "",
            whose=whose if whose in dict(WHOSE) else "",
            late=query.get("late") == "yes",
            words=query.get("q", "").replace("\x00", "").strip()[:80],
        )


def waiting(filters: Filters, user) -> QuerySet[Application]:
    """Cases that wait, the longest waiting first."""
    statuses = [filters.status] if filters.status else QUEUE_STATUSES
    rows = Application.objects.filter(status__in=statuses)
    if filters.whose:
        rows = rows.filter(assignee=user if filters.whose == "mine" else None)
    if filters.late:
        rows = rows.filter(status__in=_OURS, submitted_at__lt=clock.now() - deadlines.DECISION)
    if filters.words:
        number = filters.words.upper().removeprefix("A-")
        makers = Maker.objects.filter(name__icontains=filters.words)
        pieces = Product.objects.filter(title__icontains=filters.words)
        named = Q(maker__in=makers) | Q(product__in=pieces)
        rows = rows.filter(named | Q(pk=int(number)) if number.isdecimal() and len(number) < 10 else named)
    return rows.order_by("submitted_at", "pk")


@login_required
def queue(request):
    """The desk's first page; an outside panel member is led to the one case that is theirs."""
    if not is_staff_reader(request.user):
        return redirect(_own_case(request.user))
    return _queue(request)


@require_safe
def _queue(request):
    filters = Filters.of(request.GET)
    numbers = waiting(filters, request.user).values_list("pk", flat=True)  # facts are long: only those shown are read
    page = Paginator(numbers, PER_PAGE).get_page(request.GET.get("page"))
    shown = Application.objects.filter(pk__in=list(page.object_list)).select_related("maker", "assignee")
    now = clock.now()
    rows = [{"case": case, "days": (now - case.submitted_at).days} for case in shown.order_by("submitted_at", "pk")]
    context = {
        "rows": rows,
        "page": page,
        "filters": filters,
        "whose": WHOSE,
        "statuses": [(item.value, item.label) for item in QUEUE_STATUSES],
        "late_after": deadlines.DECISION.days,
        "desk_section": "queue",
        **counts(request.user),
    }
    return render(request, "review/queue.html", context)


def _own_case(user) -> str:
    seat = PanelMember.objects.filter(user=user, ended_at__isnull=True).select_related("application").last()
    if seat is None:
        raise Http404
    appeal = seat.application.appeals.filter(status__in=[AppealStatus.FILED, AppealStatus.HEARING]).first()
    if seat.role == PanelRole.HEAR and appeal:
        return reverse("review:appeal", args=[appeal.pk])
    return reverse("review:case", args=[seat.application_id])


def counts(user) -> dict:
    """What else waits, for the desk's first page."""
    today = clock.today()
    open_appeals = Appeal.objects.filter(status__in=[AppealStatus.FILED, AppealStatus.HEARING])
    open_complaints = Complaint.objects.filter(status__in=[ComplaintStatus.RECEIVED, ComplaintStatus.LOOKING])
    checks = SurveillanceCheck.objects.filter(status=CheckStatus.DUE)
    return {
        "late": waiting(Filters(late=True), user).count(),
        "appeals": open_appeals.count(),
        "complaints": open_complaints.count(),
        "checks": checks.count(),
        "overdue": sum(rows.filter(due_on__lt=today).count() for rows in (open_appeals, open_complaints, checks)),
    }
