"""The studio's first page: what needs doing now."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from catalog.catalogue.models import Listing
from catalog.order.models import WAITING, MakerOrder
from certification.models import Application
from certification.selectors import unchanged, valid_certificates
from certification.words import OPEN_STATUSES, ApplicationStatus
from makers.models import HandOver
from makers.selectors import makers_of
from makers.training.selectors import places_with_people_waiting
from marketplace.aftersale.models import Return
from marketplace.aftersale.thread import unanswered
from marketplace.aftersale.words import ReturnStatus
from marketplace.core import clock
from marketplace.duties.models import SellerCheck
from marketplace.duties.words import MAKERS_TURN
from marketplace.payments import ledger
from marketplace.payments.models import MakerAccount
from marketplace.terms.services import has_accepted

from .access import SESSION_KEY, studio
from .checklist import checklist

ENDS_SOON = timedelta(days=60)
FIRST_DUE = 5
MOST_SOLD_OUT = 10


@studio
@require_safe
def today(request):
    maker = request.maker
    cases = Application.objects.filter(maker=maker).select_related("product")
    certificates = list(valid_certificates().filter(maker=maker).select_related("product"))
    same = unchanged(certificates)
    ending = valid_certificates().filter(maker=maker, valid_until__lte=clock.today() + ENDS_SOON)
    waiting = MakerOrder.objects.filter(maker=maker, status__in=WAITING)
    steps = checklist(request.user, maker)
    context = {
        "to_ship": waiting.count(),
        "due": waiting.select_related("order").order_by("promised_on", "pk")[:FIRST_DUE],
        "today": clock.today(),
        "letters": unanswered(maker),
        "sold_out": Listing.objects.filter(maker=maker, in_stock=0).order_by("title")[:MOST_SOLD_OUT],
        "owed": max(0, -ledger.balance_of(ledger.MAKERS, maker)),
        "steps": steps,
        "steps_done": sum(step.done for step in steps),
        "returns": Return.objects.filter(part__maker=maker, status=ReturnStatus.ASKED).order_by("changed_at"),
        "account_waits": _account_waits(maker),
        "questions": cases.filter(status=ApplicationStatus.NEEDS_INFO),
        "drafts": cases.filter(status=ApplicationStatus.DRAFT),
        "waiting": cases.filter(status__in=set(OPEN_STATUSES) - {"draft", "needs_info"}).count(),
        "ending": ending.select_related("product").order_by("valid_until"),
        "certified": len(same),
        "changed": [item for item in certificates if item.pk not in same],
        "check": SellerCheck.objects.filter(maker=maker, status__in=MAKERS_TURN).first(),
        "must_accept": not has_accepted(maker),
        "places_to_answer": places_with_people_waiting(maker),
        "makers": makers_of(request.user),
        "offers": HandOver.objects.filter(to_user=request.user, ended_at__isnull=True).select_related("maker"),
        "studio_section": "today",
    }
    return render(request, "studio/today.html", context)


def _account_waits(maker) -> bool:
    """Whether Stripe asks for something, as it said last; its events keep that fresh."""
    row = MakerAccount.objects.filter(maker=maker).first()
    return row is not None and row.waits_for_maker


@studio
@require_POST
def choose(request):
    """Work on another of one's makers."""
    chosen = request.POST.get("maker", "")
    if not chosen.isdecimal() or not makers_of(request.user).filter(pk=chosen).exists():
        raise Http404
    request.session[SESSION_KEY] = int(chosen)
    return redirect("studio:today")
