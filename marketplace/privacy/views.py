"""The account's page about data: a file of everything, orders placed as a guest, closing the account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core import clock
from marketplace.core.context import home_address

from .claiming import claim_orders, guest_orders_of
from .closing import close_account
from .export import everything_about
from .forms import CloseForm


@login_required
@never_cache
@require_safe
def index(request):
    context = {"guest_orders": guest_orders_of(request.user).count()}
    return TemplateResponse(request, "shopper/data.html", context)


@login_required
@reauthentication_required
@never_cache
@require_safe
def download(request):
    response = JsonResponse(everything_about(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    name = f"la-original-{clock.today():%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
def claim(request):
    number = claim_orders(user=request.user)
    words = ngettext("%(number)d order is in your account now.", "%(number)d orders are in your account now.", number)
    messages.success(request, words % {"number": number})
    return redirect("account:home")


@login_required
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request):
    form = CloseForm(request.POST or None, email=request.user.email)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(user=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect(home_address())
    return TemplateResponse(request, "shopper/close.html", {"form": form}, status=422 if form.errors else 200)
