"""Schools and the audit-free facts about them."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.people import TeacherRole, User


class SchoolQuerySet(models.QuerySet["School"]):
    def of(self, user: User | AnonymousUser) -> SchoolQuerySet:
        """Schools in which the person has a role today."""
        return self.filter(
            teacher_roles__in=TeacherRole.objects.current().filter(user_id=user.pk or 0)
        ).distinct()

    def owned_by(self, user: User | AnonymousUser) -> SchoolQuerySet:
        owners = TeacherRole.objects.current().filter(user_id=user.pk or 0, role=TeacherRole.Role.OWNER)
        return self.filter(teacher_roles__in=owners).distinct()

    def worked_in_by(self, user: User | AnonymousUser) -> SchoolQuerySet:
        """Schools in which the person may change classes and images today: as an owner or a teacher."""
        roles = TeacherRole.objects.current().teaching().filter(user_id=user.pk or 0)
        return self.filter(teacher_roles__in=roles).distinct()


_SchoolManager = models.Manager.from_queryset(SchoolQuerySet)


class _SchoolsNotDeleted(_SchoolManager["School"]):
    def get_queryset(self) -> SchoolQuerySet:
        return SchoolQuerySet(self.model, using=self._db).filter(deleted_at__isnull=True)


class School(models.Model):
    """A school (centro educativo), kept apart from every other."""

    name = models.CharField(_("name of the school"), max_length=120)
    # Eight digits in Spain; text, because it may begin with a zero.
    code = models.CharField(_("school code"), max_length=8, blank=True)
    # Under which name its own images live ("iestriana"), in lower case; blank until an account is connected.
    namespace = models.CharField(max_length=64, blank=True, editable=False)
    # The account behind it is one person's: it has no teams and one private image at most.
    namespace_is_personal = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Of what the school prints and projects; blank: the language of whoever does it.
    language = models.CharField(_("language"), max_length=5, blank=True)
    # Staff sign in with a second factor (an app's code or a passkey) or open nothing of this school.
    requires_second_factor = models.BooleanField(default=False)
    # How long a student's session on a shared computer lives without anything being done.
    student_session_minutes = models.PositiveSmallIntegerField(default=60)
    # Estado Matrícula words that this school has explained: {"word in lower case": "active" | "left"}.
    enrolment_words = models.JSONField(default=dict, blank=True)

    # A Docker ID is used only of students whose age or consent the school has recorded.
    asks_consent = models.BooleanField(_("ask for age or consent before a Docker ID is used"), default=False)
    # The layers of handed-in images are looked into for keys and passwords.
    looks_in_layers = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = _SchoolsNotDeleted()
    with_deleted = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("school_home", args=[self.pk])
