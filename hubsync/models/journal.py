"""The journal: runs, and their changes step by step."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubsync.models.accounts import HubAccount


class SyncRun(models.Model):
    """One look at an organization and what was done about it."""

    class Result(models.TextChoices):
        RUNNING = "running", _("running")
        # Nobody has let the portal write yet: the changes are there to be read.
        PLANNED = "planned", _("planned, waits for your yes")
        SETTLED = "settled", _("as the school wants it")
        PARTLY = "partly", _("not all could be done")
        INTERRUPTED = "interrupted", _("interrupted, goes on")
        UNPROVEN = "unproven", _("Docker Hub’s answer was not complete")
        FAILED = "failed", _("failed")

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="runs")
    generation = models.PositiveBigIntegerField()
    lease_token = models.CharField(max_length=36)
    result = models.CharField(max_length=12, choices=Result.choices, default=Result.RUNNING)
    # A stable code and Docker Hub's own words, without anything secret.
    trouble = models.CharField(max_length=60, blank=True)
    detail = models.TextField(blank=True)
    calls = models.PositiveIntegerField(default=0)
    proof = models.JSONField(default=dict, blank=True)
    plan_digest = models.CharField(max_length=64, blank=True)
    # The look that the plan rests on: of this run, or of an earlier one whose plan it goes on with.
    observed_at = models.DateTimeField(null=True, blank=True)
    # What is left of the plan may be carried out without another look.
    may_go_on = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"run {self.pk} of {self.account_id}: {self.result}"


class SyncChange(models.Model):
    """One change of a run. `sent` is committed before the request leaves, so that a crash leaves a trace."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SENT = "sent", _("sent")
        CONFIRMED = "confirmed", _("done")
        REJECTED = "rejected", _("refused by Docker Hub")
        UNKNOWN = "unknown", _("answer lost, will be looked at")
        HELD = "held", _("waits for approval")

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField()
    # "create_team", "invite", "assign_permission"…: the name of the change and its facts, never a secret.
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    lease_token = models.CharField(max_length=36, blank=True)
    hub_text = models.TextField(blank=True)
    planned_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # When a look first showed it. Until then the journal is believed for a while: reads lag behind writes.
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["run", "position"]

    def __str__(self) -> str:
        return f"{self.kind} {self.facts} {self.state}"
