"""Disputes: which are to be answered by when, one case with its facts, the answer, who bears a lost one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F, Prefetch
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from catalog.order.models import MakerOrder, Parcel
from marketplace.aftersale import thread
from marketplace.aftersale.models import Message
from marketplace.core import clock
from marketplace.core.formtools import add_service_error
from marketplace.fulfilment import answer, charge_maker, evidence_for, most_to_charge
from marketplace.fulfilment.carriers import tracking_address
from marketplace.fulfilment.disputes import charged_as
from marketplace.payments import gateway
from marketplace.payments.models import Dispute, DisputeOutcome, LedgerEntry

from ..forms import ChargeForm, EvidenceForm
from ..words import DISPUTE_REASONS, EVIDENCE, TO_ANSWER, WITH_THE_BANK
from . import answerers, paged, show

OPEN = Dispute.objects.filter(outcome=DisputeOutcome.OPEN).order_by(F("due_by").asc(nulls_last=True), "pk")
SHOWN = {
    "to_answer": (TO_ANSWER, OPEN.filter(answered_at=None)),
    "waiting": (WITH_THE_BANK, OPEN.exclude(answered_at=None)),
    "won": (DisputeOutcome.WON.label, Dispute.objects.filter(outcome=DisputeOutcome.WON)),
    "lost": (DisputeOutcome.LOST.label, Dispute.objects.filter(outcome=DisputeOutcome.LOST)),
    "all": (gettext_lazy("All"), Dispute.objects.all()),
}


def days_left(dispute: Dispute) -> int | None:
    """Days in Los Angeles until the answer is due, negative once it is late; None where none is waited for."""
    if dispute.due_by is None or dispute.answered_at or dispute.outcome != DisputeOutcome.OPEN:
        return None
    return (dispute.due_by.astimezone(clock.LOS_ANGELES).date() - clock.today()).days


def reason_of(dispute: Dispute):
    """Stripe's word for the reason in plain words."""
    return DISPUTE_REASONS.get(dispute.reason, dispute.reason.replace("_", " "))


@answerers
@require_safe
def disputes(request):
    """Those to answer first, the most urgent on top."""
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "to_answer"
    page = paged(request, SHOWN[shown][1].select_related("attempt__order"))
    rows = [(row, reason_of(row), days_left(row)) for row in page]
    tabs = [(name, label) for name, (label, _rows) in SHOWN.items()]
    return show(request, "disputes.html", "disputes", {"page": page, "rows": rows, "tabs": tabs, "shown": shown})


def _dispute(pk: int) -> Dispute:
    return get_object_or_404(Dispute.objects.select_related("attempt__order", "answered_by"), pk=pk)


@answerers
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request, pk):
    """One case; a POST answers it."""
    row = _dispute(pk)
    form = _evidence_form(request, row)
    if request.method == "POST" and form.is_valid() and _answer(request, row, form):
        messages.success(request, _("The answer is with the bank. It decides within some weeks."))
        return redirect("books:dispute", pk)
    return _case(request, row, form)


def _evidence_form(request, row: Dispute) -> EvidenceForm:
    if request.method == "POST":
        return EvidenceForm(request.POST)
    kept = row.evidence or evidence_for(row, written=thread.words_of(row.attempt.order))
    return EvidenceForm(initial=kept)


def _answer(request, row: Dispute, form: EvidenceForm) -> bool:
    try:
        answer(user=request.user, dispute=row, evidence=form.evidence())
    except ValidationError as error:
        add_service_error(form, error)
    except gateway.Unreachable:
        form.add_error(None, _("Stripe can't be reached right now. What you wrote is kept; send it again later."))
    except gateway.GatewayError as error:
        form.add_error(None, _("Stripe refused the answer: %(why)s") % {"why": error})
    return not form.errors


@answerers
@require_http_methods(["POST"])
def charge(request, pk, part):
    """A maker bears a lost dispute, or a part of it."""
    row = _dispute(pk)
    part = get_object_or_404(MakerOrder, pk=part, order=row.attempt.order_id)
    form = ChargeForm(request.POST, auto_id=f"id_%s_{part.pk}")
    if form.is_valid() and _charge(request, row, part, form):
        messages.success(request, _("Charged. It is kept from the maker's payouts, and stands on its statement."))
        return redirect("books:dispute", pk)
    return _case(request, row, None, {part.pk: form})


def _charge(request, row: Dispute, part: MakerOrder, form: ChargeForm) -> bool:
    try:
        charge_maker(user=request.user, dispute=row, part=part, **form.cleaned_data)
    except ValidationError as error:
        add_service_error(form, error)
    return not form.errors


def _case(request, row: Dispute, form: EvidenceForm | None, charges: dict[int, ChargeForm] | None = None):
    charges = charges or {}
    order = row.attempt.order
    parts = list(
        order.maker_orders.select_related("maker").order_by("pk")
        .prefetch_related(Prefetch("parcels", Parcel.objects.order_by("pk")), "lines__product__parent")
    )  # fmt: skip
    context = {
        "dispute": row, "reason": reason_of(row), "days_left": days_left(row), "order": order, "form": form,
        "can_answer": row.outcome == DisputeOutcome.OPEN and row.answered_at is None,
        "parts": [_part(row, part, charges.get(part.pk)) for part in parts],
        "written": Message.objects.filter(part__order=order).select_related("part__maker"),
        "told": [(label, row.evidence[name]) for name, label in EVIDENCE.items() if row.evidence.get(name)],
        "failed": any(shown is not None and shown.errors for shown in (form, *charges.values())),
        "booked": LedgerEntry.objects.filter(reference=row.dispute_id).order_by("at", "pk"),
    }  # fmt: skip
    return show(request, "dispute.html", "disputes", context, form, *charges.values())


def _part(row: Dispute, part: MakerOrder, form: ChargeForm | None) -> dict:
    """A part with its parcels; after a lost dispute what its maker was charged, or the form for that."""
    found = {"part": part, "parcels": [(parcel, tracking_address(parcel)) for parcel in part.parcels.all()]}
    if row.outcome != DisputeOutcome.LOST:
        return found
    entry = LedgerEntry.objects.filter(source=charged_as(row, part)).first()
    most = most_to_charge(row, part)
    return found | {"charged": entry, "most": most, "form": form or ChargeForm(auto_id=f"id_%s_{part.pk}")}
