"""What people say about removals: announced beforehand, approved or refused when they wait, taken back afterwards."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models import ClassGroup, User
from hubsync.models.accounts import HubAccount
from hubsync.models.journal import SyncRun


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> HoldQuerySet:
        """What still concerns something that would be done, whatever was answered."""
        return self.filter(closed_at=None)

    def waiting(self) -> HoldQuerySet:
        """What nobody has answered yet."""
        return self.open().filter(approved_at=None, refused_at=None)


class Hold(models.Model):
    """Changes of one kind that wait for a person. The answer is about this set, or any part of it, and is no switch."""

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="holds")
    # "members", "teams", "memberships", "permissions", "fights"
    kind = models.CharField(max_length=12)
    # [{"kind": …, "facts": …}], sorted
    changes = models.JSONField(default=list)
    reason = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # "No, leave it": left alone until the wish changes or an owner approves after all.
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Who undoes it on Docker Hub each time, where its activity log tells.
    actor = models.CharField(max_length=255, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"hold of {len(self.changes)} {self.kind}"


class RestoredRemoval(models.Model):
    """A removal of a run that a person took back: what it took away stays, although no list of the school asks for it."""

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="restored_removals")
    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="restored_removals")
    # The removal as the journal has it; that of a team says what the team was.
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    class_group = models.ForeignKey(
        ClassGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Who is no longer a member gets a new invitation: an e-mail and a seat, so somebody asked for it by name.
    may_invite = models.BooleanField(default=False)
    restored_at = models.DateTimeField(default=timezone.now)
    restored_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The school's own wish has changed about it, or a person let the portal decide again.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("removal taken back")
        verbose_name_plural = _("removals taken back")
        ordering = ["-restored_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.facts} taken back"


class AnnouncedRemoval(models.Model):
    """Removals that a person announced on a page that said so: the guard lets exactly these pass."""

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="announced_removals")
    # What is removed, as the facts of the changes: [{"kind": …, "facts": …}]
    changes = models.JSONField(default=list)
    reason = models.CharField(max_length=60)
    announced_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    announced_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reason}: {len(self.changes)}"
