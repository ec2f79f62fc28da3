"""A self-check that somebody began without an account, kept so that it can be gone on with."""

import uuid

from django.db import models


class SelfCheck(models.Model):
    """`answers` is what was typed, as JSON data of makers.studio.selfcheck; `key` is its private address.

    Once it became an application, `application` names that; unused ones are deleted after 90 days.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="en")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)
    application = models.ForeignKey(
        "certification.Application", on_delete=models.SET_NULL, null=True, blank=True, related_name="self_checks"
    )

    def __str__(self):
        return str(self.key)
