"""allauth's seam: where people land after sign-in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request):
        """Makers go to their studio, staff to their desk, shoppers to their orders."""
        if request.user.is_staff:
            return reverse(self._desk_of(request.user))
        if request.user.memberships.exists():
            return reverse("studio:today")
        return reverse("account:home")

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
        }  # fmt: skip
        return next((desk for perm, desk in desks.items() if user.has_perm(perm)), "review:queue")
