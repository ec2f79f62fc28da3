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
        """The training desk for those who work there alone."""
        coordinates = user.has_perm("training.coordinate") and not user.has_module_perms("certification")
        return "training_desk:index" if coordinates else "review:queue"
