"""The maker's side of a case: its thread with the staff, appeals, and giving a certificate back."""

from functools import partial

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from catalog.search.listing import refresh_listings
from certification.doing import do
from certification.letters import send_appeal, send_sanction
from certification.models import Appeal, Application, Certificate
from certification.selectors import covered_products
from certification.services import appeals, certificates, thread
from certification.words import OPEN_STATUSES, Action, CertificateStatus
from certification.workflow import possible_actions
from makers.permissions import can_edit_maker

from . import applications


class MessageForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your message to the program's staff"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 4000}),
    )  # fmt: skip


class AppealForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Why the decision is wrong"), max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": 8000}),
        help_text=gettext_lazy("Someone who took no part in the decision reads it and answers within 30 days."),
    )  # fmt: skip


class GiveBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, required=False,
        help_text=gettext_lazy("The register shows it. The piece leaves the shop at once."),
    )  # fmt: skip


def context(user, case: Application, bound: dict) -> dict:
    """What the application's page shows of all this; `bound` is {name: form} of a form that came back."""
    certificate = getattr(case, "certificate", None)
    own = can_edit_maker(user, case.maker)
    shown: dict[str, forms.Form] = {}
    if case.status in OPEN_STATUSES:
        shown["message"] = MessageForm(auto_id="message_%s")
    if own and appeals.may_appeal(case, _sanctioned(case)):
        shown["appeal"] = AppealForm(auto_id="appeal_%s")
    if certificate and Action.GIVE_BACK in possible_actions(certificate, user):
        shown["give_back"] = GiveBackForm(auto_id="give_back_%s")
    return {
        "thread": case.messages.select_related("author"),
        "appeals": case.appeals.order_by("pk"),
        "may_drop": own,
        "after": shown | bound,
    }


def _sanctioned(case: Application) -> Certificate | None:
    """The case's certificate, where an appeal would be against what was done to it."""
    certificate = getattr(case, "certificate", None)
    ended = certificate and certificate.status in (CertificateStatus.SUSPENDED, CertificateStatus.WITHDRAWN)
    return certificate if ended else None


@login_required
@require_POST
def message(request, pk):
    case = applications.get_application(request, pk)
    form = MessageForm(request.POST, auto_id="message_%s")

    def act() -> None:
        thread.write(user=request.user, application=case, **form.cleaned_data)

    return _answer(request, case, "message", form, act, _("Sent."))


@login_required
@require_POST
def appeal(request, pk):
    """Against the decision, or against the sanction where the certificate has one."""
    case = applications.get_application(request, pk)
    form = AppealForm(request.POST, auto_id="appeal_%s")

    def act() -> None:
        words = {"certificate": _sanctioned(case), **form.cleaned_data}
        send_appeal(appeals.file_appeal(user=request.user, application=case, **words))

    return _answer(request, case, "appeal", form, act, _("Your appeal is here. We answer within 30 days."))


@login_required
@require_POST
def drop_appeal(request, pk, appeal):
    case = applications.get_application(request, pk)
    row = get_object_or_404(Appeal, pk=appeal, application=case)
    act = partial(appeals.drop, user=request.user, appeal=row)
    return _answer(request, case, "drop", forms.Form(request.POST), act, _("The appeal is taken back."))


@login_required
@require_POST
def give_back(request, pk):
    case = applications.get_application(request, pk)
    form = GiveBackForm(request.POST, auto_id="give_back_%s")

    def act() -> None:
        send_sanction(certificates.give_back(user=request.user, certificate=case.certificate, **form.cleaned_data))
        refresh_listings(covered_products(case))

    if not hasattr(case, "certificate"):
        raise Http404
    return _answer(request, case, "give_back", form, act, _("The certificate is given back."))


def _answer(request, case: Application, name: str, form: forms.Form, act, done: str):
    if form.is_valid() and do(request, form, act, done):
        return redirect("studio:application", case.pk)
    return applications.show(request, case, after={name: form})
