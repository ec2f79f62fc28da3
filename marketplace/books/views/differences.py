"""Our books beside Stripe's: the last comparisons, and a word for what was not ours."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.core.formtools import add_service_error
from marketplace.fulfilment import ask_to_compare, explain, payouts_stopped
from marketplace.fulfilment.reconciling import explained_as
from marketplace.payments.models import LedgerEntry, Reconciliation

from ..forms import ExplainForm
from . import paged, readers, show


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def differences(request):
    """The runs, newest first; what differs in the last one can be explained."""
    form = ExplainForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and _explain(request, form):
        messages.success(request, _("Booked. Compare once more to see that the books agree."))
        return redirect("books:differences")
    runs = Reconciliation.objects.order_by("-at", "-pk")
    last = runs.first()
    context = {
        "page": paged(request, runs), "last": last, "rows": _rows(last, form), "stopped": payouts_stopped(),
        "failed": form,
    }  # fmt: skip
    return show(request, "differences.html", "differences", context, form)


def _explain(request, form: ExplainForm) -> bool:
    try:
        explain(user=request.user, **form.cleaned_data)
    except ValidationError as error:
        add_service_error(form, error)
        return False
    return True


def _rows(last: Reconciliation | None, failed: ExplainForm | None) -> list[dict]:
    """The differences of the last run, each with what it was explained as, or a form for that."""
    found = last.differences if last else []
    sources = {explained_as(last, row["reference"]): row["reference"] for row in found} if last else {}
    explained = {sources[entry.source]: entry for entry in LedgerEntry.objects.filter(source__in=sources)}
    return [
        row | {
            "missing": row["theirs"] - row["ours"], "entry": explained.get(row["reference"]),
            "form": _form(row["reference"], number, failed),
        }
        for number, row in enumerate(found)
    ]  # fmt: skip


def _form(reference: str, number: int, failed: ExplainForm | None) -> ExplainForm:
    if failed is not None and failed.data.get("reference") == reference:
        return failed
    return ExplainForm(initial={"reference": reference}, auto_id=f"id_%s_{number}")


@readers
@require_POST
def compare(request):
    """The worker compares now; here nothing waits for Stripe."""
    ask_to_compare(user=request.user)
    messages.success(request, _("The books are being compared. Load this page again in a minute."))
    return redirect("books:differences")
