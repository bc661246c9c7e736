"""People of the school as Docker Hub knows them: how far each one's invitation came, and under which account they are."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubsync.models.accounts import HubAccount


class HubPerson(models.Model):
    """Somebody whom the school wants, or wanted, in its organization. Who was never planned for has no row."""

    class State(models.TextChoices):
        NO_SEAT = "no_seat", _("no seat is free")
        SENT = "sent", _("invited, not answered")
        MEMBER = "member", _("member")
        EXPIRED = "expired", _("did not answer in time")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled on Docker Hub")
        INVALID = "invalid", _("refused by Docker Hub")
        LOST = "lost", _("no longer in the organization")

    # What only a click begins anew: each would cost the person another e-mail.
    ENDED = (State.EXPIRED, State.DECLINED, State.CANCELLED, State.LOST)

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="people")
    # What the school's rows call them: Docker ID or e-mail, in lower case.
    key = models.CharField(max_length=254)
    # As Docker Hub calls them since they are a member; blank before.
    docker_id = models.CharField(max_length=64, blank=True)
    uuid = models.CharField(max_length=36, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    # Nobody told: they were the only one who came when the only invitation went.
    is_assumed = models.BooleanField(default=False)
    # The team that the invitation named.
    team = models.CharField(max_length=255, blank=True)
    # Docker Hub's own word where it refused; who cancelled, where its activity log tells.
    hub_text = models.CharField(max_length=255, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("person on Docker Hub")
        verbose_name_plural = _("people on Docker Hub")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_hub_person")]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class Drift(models.Model):
    """Something that another hand changed on Docker Hub, as a look found it, and what the portal did about it."""

    class Outcome(models.TextChoices):
        MENDED = "mended", _("put back")
        WAITS = "waits", _("waits for approval")
        ADOPTED = "adopted", _("kept, as its mode says")
        LEFT = "left", _("left alone")

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="drift")
    # The run that decided what becomes of it; none while only a page has looked.
    run = models.ForeignKey(
        "hubsync.SyncRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="drift"
    )
    # "team_renamed", "member_removed"…: planning/drift.py
    kind = models.CharField(max_length=30)
    facts = models.JSONField(default=dict)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    # Docker ID or name of a token, and when, by Docker Hub's activity log; blank where it does not tell.
    actor = models.CharField(max_length=255, blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change by another hand")
        verbose_name_plural = _("changes by another hand")
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.facts} {self.outcome}"
