"""Work that must happen after a commit, and who may run the clock."""

from django.db import models


class OutboxMessage(models.Model):
    """One piece of background work: done exactly once it says so, tried again until then."""

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    payload = models.JSONField(default=dict)
    available_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["available_at"], name="outbox_waiting", condition=models.Q(done_at__isnull=True))
        ]

    def __str__(self):
        return f"{self.topic} {self.key}"


class PeriodicRun(models.Model):
    """When a periodic job ran last; its row lock makes sure that one clock runs it at a time."""

    job = models.CharField(max_length=120, primary_key=True)
    ran_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.job
