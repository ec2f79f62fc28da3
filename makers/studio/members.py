"""The people of a maker; owners invite and remove them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from makers.models import Membership
from makers.permissions import can_manage_members
from makers.services import add_member_by_email, remove_member
from marketplace.core.formtools import add_service_error

from .access import studio
from .forms import MemberForm


@studio
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_member_by_email(user=request.user, maker=request.maker, **form.cleaned_data)
        except ValidationError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Added."))
            return redirect("studio:members")
    context = {
        "form": form,
        "members": request.maker.memberships.select_related("user").order_by("pk"),
        "may_manage": can_manage_members(request.user, request.maker),
        "studio_section": "members",
    }
    return render(request, "studio/members.html", context, status=422 if form.errors else 200)


@studio
@require_POST
def remove(request, pk):
    membership = get_object_or_404(Membership, pk=pk, maker=request.maker)
    try:
        remove_member(user=request.user, membership=membership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("studio:members")
