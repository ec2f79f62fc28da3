"""The desk tells the buyers of a certificate's pieces that what was said of them was false."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.doing import do
from certification.models import Certificate
from marketplace.aftersale.false_claims import can_tell, may_tell, reach_of, tell_buyers

from . import forms
from .access import desk


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request, number):
    """How many buyers, what it costs at most, and the words that they read."""
    certificate = get_object_or_404(Certificate.objects.select_related("maker"), number=number)
    if not may_tell(request.user, certificate) or not can_tell(certificate):
        raise Http404
    form = forms.FalseClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(tell_buyers, user=request.user, certificate=certificate, reason=form.cleaned_data["reason"])
        if do(request, form, act, _("Each buyer gets an e-mail.")):
            return redirect("review:certificate", number)
    context = {
        "certificate": certificate, "form": form, "reach": reach_of(certificate), "desk_section": "certificates",
    }  # fmt: skip
    return render(request, "review/false_claim.html", context, status=422 if form.errors else 200)
