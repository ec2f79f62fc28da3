"""A maker's account at Stripe as we last saw it; the services beside it are in onboarding.py."""

from django.db import models

STRIPE_IS_AT_WORK = ("requirements.pending_verification", "under_review", "listed")


class MakerAccount(models.Model):
    """What Stripe said of a maker's account at `looked_at` (UTC): pages and letters need not ask for each view."""

    maker = models.OneToOneField("makers.Maker", on_delete=models.CASCADE, related_name="account_at_stripe")
    can_be_paid = models.BooleanField(default=False)
    payouts_enabled = models.BooleanField(default=False)
    details_submitted = models.BooleanField(default=False)
    requirements = models.JSONField(default=list)
    disabled_reason = models.CharField(max_length=80, blank=True)
    looked_at = models.DateTimeField()

    def __str__(self):
        return f"{self.maker_id} {self.disabled_reason}"

    @property
    def waits_for_maker(self) -> bool:
        """Whether the maker has to do something about an account that was set up before."""
        rests = bool(self.disabled_reason) and self.disabled_reason not in STRIPE_IS_AT_WORK
        return self.details_submitted and (rests or bool(self.requirements))
