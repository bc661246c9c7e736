"""The school's account on Docker Hub, its sealed credential, and when it is next looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models import School


class HubAccount(models.Model):
    """The organization (or personal account) that a school uses on Docker Hub."""

    class Kind(models.TextChoices):
        ORGANIZATION = "organization", _("organization")
        PERSONAL = "personal", _("personal account")

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="hub_account")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.ORGANIZATION)
    # Hub: an organization's name is final and in lower case.
    name = models.CharField(_("name on Docker Hub"), max_length=64)
    # Filled when the organization was first seen; another uuid under the same name is another organization.
    uuid = models.CharField(max_length=36, blank=True, editable=False)
    # Hub: the documented API tells nowhere how many seats were bought, so a person types it in.
    seats = models.PositiveIntegerField(_("seats bought"), null=True, blank=True)
    # All teachers with a Docker ID, with write permission on the images that classes use.
    staff_team = models.CharField(
        _("team of the teaching staff"), max_length=30, default="docentes", blank=True
    )
    # Of a personal account, which has no teams: teachers with a Docker ID may push to the images that classes use.
    teachers_push = models.BooleanField(_("teachers may push"), default=False)
    # The personal account that the school used before it moved to an organization; its images may still be in use.
    former_name = models.CharField(max_length=64, blank=True, editable=False)
    # Nothing is written to Docker Hub before a person has seen the first plan and switched this on.
    is_active = models.BooleanField(default=False, editable=False)
    # When a look first showed that the name exists; `uuid` stays blank until a token proved whose it is.
    found_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What the last test of the credential found: [{"scope": …, "held": true|false|null}].
    scope_findings = models.JSONField(default=list, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the repositories were last read into `classrooms.Image`.
    catalogue_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The last answer of any kind, for /readyz and the pages.
    last_answer_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("account on Docker Hub")
        verbose_name_plural = _("accounts on Docker Hub")
        constraints = [
            # Typing a name claims nothing: an account is the school's whose token proved it.
            models.UniqueConstraint(fields=["name"], condition=~Q(uuid=""), name="one_school_per_hub_account")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_teams(self) -> bool:
        """Teams, seats, members and permissions are of organizations."""
        return self.kind == self.Kind.ORGANIZATION


class SealedCredential(models.Model):
    """A token of Docker Hub, sealed by `credentials`. The text here opens nothing without the keys."""

    account = models.OneToOneField(HubAccount, on_delete=models.CASCADE, related_name="credential")
    sealed = models.TextField(editable=False)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    # Hub: a worker that keeps trying a refused token locks the account, so a refusal is remembered here.
    refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    # The token of ten minutes that this one was last exchanged for, sealed as well, so that not each slice of work
    # has to sign in anew; and until when it is used.
    sealed_bearer = models.TextField(blank=True, editable=False)
    bearer_until = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"credential of {self.account_id}"


class OrganizationSyncQuerySet(models.QuerySet["OrganizationSync"]):
    def unsettled(self) -> OrganizationSyncQuerySet:
        return self.filter(~Q(handled_generation=models.F("generation")))


class OrganizationSync(models.Model):
    """The queue: one row per account says what is due, since when, and who holds it (docs/engine.md)."""

    account = models.OneToOneField(HubAccount, on_delete=models.CASCADE, related_name="sync")
    # Counts the wishes. What a run has settled is `handled_generation`.
    generation = models.PositiveBigIntegerField(default=1)
    handled_generation = models.PositiveBigIntegerField(default=0)
    # A look is due from here on; None while nothing is due.
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    next_look_at = models.DateTimeField(null=True, blank=True)
    # A person is waiting at a page.
    is_urgent = models.BooleanField(default=False)
    # Counted before the work, so that a plan that kills its worker is not tried for ever.
    attempts = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=60, blank=True)
    failure_detail = models.TextField(blank=True)
    lease_token = models.CharField(max_length=36, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    # The time of the last proven observation that was as the school wants it at `handled_generation`.
    in_sync_at = models.DateTimeField(null=True, blank=True)
    proven_at = models.DateTimeField(null=True, blank=True)

    objects = OrganizationSyncQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of the synchronization")
        verbose_name_plural = _("states of the synchronization")

    def __str__(self) -> str:
        return f"sync of {self.account_id}"
