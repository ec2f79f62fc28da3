"""A shopper's address book: list, form, remove, the one that checkout starts with."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from oscar.apps.address.models import UserAddress

from catalog.checkout import address_book
from catalog.checkout.forms import AddressForm


@login_required
@never_cache
@require_safe
def index(request):
    return TemplateResponse(request, "shopper/addresses.html", {"rows": address_book.addresses_of(request.user)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk=None):
    row = request.user.addresses.filter(pk=pk).first()
    if pk and row is None:
        raise Http404
    form = AddressForm(request.POST or None, user=request.user, initial=address_book.typed_of(row) if row else {})
    if request.method == "POST" and form.is_valid():
        try:
            address_book.keep_address(user=request.user, cleaned=form.cleaned_data, pk=pk)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("account:addresses")
    status = 422 if form.errors else 200
    return TemplateResponse(request, "shopper/address.html", {"form": form, "row": row}, status=status)


@login_required
@require_POST
def change(request, pk):
    """Remove an address, or have checkout start with it."""
    act = address_book.forget_address if "remove" in request.POST else address_book.prefer_address
    try:
        act(user=request.user, pk=pk)
    except UserAddress.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Removed.") if "remove" in request.POST else _("Checkout starts with it."))
    return redirect("account:addresses")
