"""allauth's seam: where people land after sign-in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    def get_login_redirect_url(self, request):
        """Makers go to their studio, staff to their desk, shoppers to their orders."""
        if request.user.is_staff:
            return reverse("review:queue")
        if request.user.memberships.exists():
            return reverse("studio:today")
        return reverse("account:home")
