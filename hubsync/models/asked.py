"""What a person at a page waits for: a look at Docker Hub that a worker makes."""

from __future__ import annotations

from django.db import models

from classrooms.models import User
from hubsync.models.accounts import HubAccount


class AskedPlan(models.Model):
    """One row per account, so that a dozen presses are one look. Open while `asked_at` is set."""

    account = models.OneToOneField(HubAccount, on_delete=models.CASCADE, related_name="asked_plan")
    asked_at = models.DateTimeField(null=True, blank=True)
    # Whoever looks has until then; after that another worker may.
    looking_until = models.DateTimeField(null=True, blank=True)
    looking_token = models.CharField(max_length=36, blank=True)
    # The plan that somebody has read and lets happen, if the look still gives the same.
    agreed_digest = models.CharField(max_length=64, blank=True)
    agreed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # How it ended: "shown", "allowed", "changed", "nothing_left", or the code of a trouble.
    outcome = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"plan asked for {self.account_id}"
