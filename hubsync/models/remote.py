"""What on Docker Hub is ours: made by the portal or adopted by a person. All else is left alone."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models import ClassGroup, User
from hubsync.models.accounts import HubAccount


class RemoteObject(models.Model):
    """A team, repository or member that the portal may change, because it made or adopted it."""

    class Kind(models.TextChoices):
        TEAM = "team", _("team")
        REPOSITORY = "repository", _("repository")
        MEMBER = "member", _("member")
        # Of a personal account; the name is "repository/docker id".
        COLLABORATOR = "collaborator", _("collaborator")

    class Mode(models.TextChoices):
        EXACT = "exact", _("exactly as the portal says")
        AT_LEAST = "at_least", _("at least what the portal says")
        OBSERVE = "observe", _("only looked at")

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="remote_objects")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # A team's or member's uuid on Docker Hub (blank until it was seen); repositories have a name that never changes.
    uuid = models.CharField(max_length=36, blank=True)
    name = models.CharField(max_length=255)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.EXACT)
    class_group = models.ForeignKey(
        ClassGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="remote_objects"
    )
    adopted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("object on Docker Hub")
        verbose_name_plural = _("objects on Docker Hub")
        constraints = [models.UniqueConstraint(fields=["account", "kind", "name"], name="one_remote_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class ObservedTeam(models.Model):
    """A team of the organization as last seen, ours or not: for the pages, never for decisions.

    `number` is what permissions are given by; a plan that goes on without another look takes it from here.
    """

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="observed_teams")
    name = models.CharField(max_length=255)
    uuid = models.CharField(max_length=36, blank=True)
    number = models.PositiveBigIntegerField(null=True, blank=True)
    description = models.CharField(max_length=255, blank=True)
    members = models.JSONField(default=list)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="one_observed_team")]

    def __str__(self) -> str:
        return self.name


class ObservedPerson(models.Model):
    """A member or invitee as last seen: for "who is missing" and the count of seats."""

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="observed_people")
    # The Docker ID, or the invited e-mail address, in lower case.
    key = models.CharField(max_length=254)
    role = models.CharField(max_length=40, blank=True)
    is_invitee = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_observed_person")]

    def __str__(self) -> str:
        return self.key
