"""`/studio/business/`: handing the business over and closing it; the new owner's answer."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.models import Application
from certification.words import OPEN_STATUSES
from makers.models import HandOver
from makers.permissions import can_manage_members
from makers.services import open_hand_over
from marketplace.core.formtools import add_service_error

from . import business
from .access import SESSION_KEY, studio


class HandOverForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the new owner"),
        help_text=gettext_lazy("The person needs an account here under this address."),
    )
    legal_name = forms.CharField(
        label=gettext_lazy("New legal name"), max_length=200,
        help_text=gettext_lazy("As on the new owner's City business tax certificate."),
    )  # fmt: skip
    understood = forms.BooleanField(
        label=gettext_lazy("I know that the certificates rest until they are renewed, and that I leave the business.")
    )


class AcceptForm(forms.Form):
    understood = forms.BooleanField(
        label=gettext_lazy("I take the business over, and I know that its certificates rest until they are renewed.")
    )


class CloseForm(forms.Form):
    understood = forms.BooleanField(
        label=gettext_lazy("I close the business for good. Its certificates end, and this can't be undone.")
    )


@studio
@require_safe
def index(request):
    return _show(request)


@studio
@require_POST
def hand_over(request):
    _owner_only(request)
    form = HandOverForm(request.POST, auto_id="hand_over_%s")
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("email", "legal_name")}
        try:
            business.offer_hand_over(user=request.user, maker=request.maker, **words)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The new owner has word by e-mail. Nothing changes before they agree."))
            return redirect("studio:business")
    return _show(request, hand_over_form=form)


@studio
@require_POST
def close(request):
    _owner_only(request)
    form = CloseForm(request.POST, auto_id="close_%s")
    if form.is_valid():
        try:
            business.close_business(user=request.user, maker=request.maker)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The business is closed."))
            return redirect("studio:business")
    return _show(request, close_form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """The new owner reads what they take over, and says yes or no."""
    offer = get_object_or_404(HandOver.objects.select_related("maker"), pk=pk, to_user=request.user)
    form = AcceptForm(request.POST if request.method == "POST" and "decline" not in request.POST else None)
    if request.method == "POST" and _answered(request, offer, form):
        return redirect("studio:today" if "decline" not in request.POST else "home")
    context = {"offer": offer, "form": form, "certificates": business.resting_certificates(offer.maker)}
    return render(request, "studio/hand_over.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def take_back(request, pk):
    """The owner takes the offer back."""
    offer = get_object_or_404(HandOver.objects.select_related("maker"), pk=pk)
    if not can_manage_members(request.user, offer.maker):
        raise Http404
    try:
        business.end_hand_over(user=request.user, offer=offer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("studio:business")


def _answered(request, offer: HandOver, form: AcceptForm) -> bool:
    try:
        if "decline" in request.POST:
            business.end_hand_over(user=request.user, offer=offer)
            return True
        if not form.is_valid():
            return False
        request.session[SESSION_KEY] = business.accept_hand_over(user=request.user, offer=offer).pk
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _("The business is yours. Renew its certificates under the new name."))
    return True


def _owner_only(request) -> None:
    if not can_manage_members(request.user, request.maker):
        raise Http404


def _show(request, hand_over_form=None, close_form=None):
    maker = request.maker
    context = {
        "maker": maker,
        "may_manage": can_manage_members(request.user, maker),
        "offer": open_hand_over(maker),
        "certificates": business.resting_certificates(maker),
        "cases": Application.objects.filter(maker=maker, status__in=OPEN_STATUSES).select_related("product"),
        "held": business.what_holds_closing(maker),
        "hand_over_form": hand_over_form or HandOverForm(auto_id="hand_over_%s"),
        "close_form": close_form or CloseForm(auto_id="close_%s"),
        "studio_section": "settings",
    }
    return render(request, "studio/business.html", context, status=422 if hand_over_form or close_form else 200)
