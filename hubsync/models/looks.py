"""What earlier looks left for the next one: what was there, and which permissions were read when."""

from __future__ import annotations

from django.db import models

from hubsync.models.accounts import HubAccount


class LastLook(models.Model):
    """The last proven look at an account: what a list may not fall far behind without an explanation."""

    account = models.OneToOneField(HubAccount, on_delete=models.CASCADE, related_name="last_look")
    seen_at = models.DateTimeField(null=True, blank=True)
    # What each list held: {"members": {key: name}, …}, as `planning.lists` reads it.
    lists = models.JSONField(default=dict)
    # What two looks missed although nobody's doing explains it, as `lists`: made again only when a person says so.
    gone = models.JSONField(default=dict)
    # Since when a list is so much shorter; it is read a second time before anything is made of it.
    shrunk_since = models.DateTimeField(null=True, blank=True)
    # Which of several routes answers for what: {"permissions": "namespaces"}. Asked anew when all permissions are read.
    working_routes = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"last look at {self.account_id}"


class PermissionReading(models.Model):
    """When the permissions of one repository (or of one team) were last read, and whether they were as wished."""

    class Kind(models.TextChoices):
        REPOSITORY = "repository"
        TEAM = "team"

    account = models.ForeignKey(HubAccount, on_delete=models.CASCADE, related_name="permission_readings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The repository's name or the team's uuid.
    key = models.CharField(max_length=255)
    # What was wished then, as a digest: a reading is worth nothing for another wish.
    wish = models.CharField(max_length=64)
    is_as_wished = models.BooleanField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "key"], name="one_permission_reading")
        ]

    def __str__(self) -> str:
        return f"permissions of {self.kind} {self.key}"
