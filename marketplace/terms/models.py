"""Which maker accepted which version of the terms, by whom, in which language, and at which fee."""

from django.conf import settings
from django.db import models

from marketplace.core.append_only import AppendOnlyModel


class TermsAcceptance(AppendOnlyModel):
    """An owner said yes to a version; `fee_basis_points` is the fee that was shown beside it."""

    maker = models.ForeignKey("makers.Maker", on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    fee_basis_points = models.PositiveSmallIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["maker", "version", "user"], name="a_version_is_accepted_once_per_owner")
        ]

    def __str__(self):
        return f"{self.maker_id} version {self.version}"
