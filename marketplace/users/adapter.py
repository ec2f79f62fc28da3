"""allauth's seam: where people land after sign-in, how they prove themselves again, what a passkey is called."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.context import home_address


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request):
        """Makers go to their studio, staff to their desk, shoppers to their orders."""
        if request.user.is_staff:
            return reverse(self._desk_of(request.user))
        if request.user.memberships.exists():
            return reverse("studio:today")
        return reverse("account:home")

    def get_logout_redirect_url(self, request):
        return home_address()

    def get_reauthentication_methods(self, user):
        """Whoever has a second factor shows that one: the password alone must not take it off again."""
        words = {"mfa_reauthenticate": _("Use a one-time code"), "mfa_reauthenticate:webauthn": _("Use a passkey")}
        ways = super().get_reauthentication_methods(user)
        factors = [way | {"description": words[way["id"]]} for way in reversed(ways) if way["id"] in words]
        return factors or ways

    def _desk_of(self, user) -> str:
        """The desk of those who work at one alone."""
        if user.has_module_perms("certification"):
            return "review:queue"
        desks = {
            "training.coordinate": "training_desk:index", "tax.view_rate": "tax:index",
            "payments.view_ledgerentry": "books:index", "payments.change_dispute": "books:disputes",
            "payments.add_feeterm": "books:fees", "payments.add_voucher": "books:vouchers",
            "payments.add_refund": "returns:index", "duties.change_sellercheck": "duties:index",
            "duties.change_listingreport": "duties:reports", "duties.view_salesmonth": "duties:years",
            "order.view_order": "shopdesk:orders", "catalogue.change_category": "shopdesk:categories",
            "wagtailadmin.access_admin": "wagtailadmin_home",
        }  # fmt: skip
        return next((desk for perm, desk in desks.items() if user.has_perm(perm)), "review:queue")


class MFAAdapter(DefaultMFAAdapter):
    def generate_authenticator_name(self, user, type):  # noqa: A002 allauth's name
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}
