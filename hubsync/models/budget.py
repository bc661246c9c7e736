"""What the portal may still ask of Docker Hub, for all processes behind one address; and what it asked so far."""

from __future__ import annotations

from django.db import models


class HubBudget(models.Model):
    """One address that the portal asks from. Its row is locked while somebody takes calls."""

    egress = models.CharField(max_length=80, unique=True)
    # The smallest limit of a minute that Docker Hub's answers have told lately, and when; None before any did.
    limit_told = models.PositiveIntegerField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    # Nobody asks before this: Docker Hub said so, or it did not answer several times.
    blocked_until = models.DateTimeField(null=True, blank=True)
    # Runs in a row, of whichever school, that met no Docker Hub at all.
    silences = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"budget of {self.egress}"


class CallBlock(models.Model):
    """Calls that one worker took. They count until a minute after `closed_at`, when the last answer was there."""

    budget = models.ForeignKey(HubBudget, on_delete=models.CASCADE, related_name="blocks")
    calls = models.PositiveIntegerField()
    is_urgent = models.BooleanField(default=False)
    taken_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.calls} calls of {self.taken_at}"


class CallCount(models.Model):
    """How many calls of one kind were ever answered in one way. For whoever watches the installation."""

    # "GET orgs/{}/members": without names.
    endpoint = models.CharField(max_length=80)
    # "2xx" to "5xx", or "none" where no answer came.
    outcome = models.CharField(max_length=4)
    calls = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "outcome"], name="one_count_per_endpoint_and_outcome")
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.outcome}: {self.calls}"
