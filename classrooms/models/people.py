"""People: accounts, teachers with their role in a school, students."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account. Teachers sign in with their e-mail, students with a name of their own and no e-mail."""

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=5, blank=True, editable=False)

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.username


class TeacherRoleQuerySet(models.QuerySet["TeacherRole"]):
    def current(self, on: date | None = None) -> TeacherRoleQuerySet:
        """Roles that hold on that day (today); a role ends at the end of `ends_on`."""
        on = on or timezone.localdate()
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def owners(self) -> TeacherRoleQuerySet:
        return self.filter(role=TeacherRole.Role.OWNER)


class TeacherRole(models.Model):
    """What a person may do in a school, from and until when."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        TEACHER = "teacher", _("teacher")
        READ_ONLY = "read_only", _("read-only")

    school = models.ForeignKey("classrooms.School", on_delete=models.CASCADE, related_name="teacher_roles")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="teacher_roles")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.TEACHER)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    # A seat costs money, so a teacher is invited to the organization only when one of these is given.
    docker_id = models.CharField(_("Docker ID"), max_length=64, blank=True)
    invite_email = models.EmailField(_("e-mail for the invitation to Docker Hub"), blank=True)

    objects = TeacherRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher")
        verbose_name_plural = _("teachers")
        constraints = [models.UniqueConstraint(fields=["school", "user"], name="one_role_per_school")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class StaffInviteQuerySet(models.QuerySet["StaffInvite"]):
    def open(self) -> StaffInviteQuerySet:
        """Links that work: neither used nor expired, and whoever made them still is an owner of the school today.

        Otherwise an owner who is removed could come back by a link made before.
        """
        owners = TeacherRole.objects.current().owners()
        by_an_owner = owners.filter(school=OuterRef("school"), user=OuterRef("invited_by"))
        return self.filter(Exists(by_an_owner), used_at__isnull=True, expires_at__gt=timezone.now())


class StaffInvite(models.Model):
    """A link that makes one person a teacher of a school, once, until it expires. Only its hash is kept."""

    school = models.ForeignKey("classrooms.School", on_delete=models.CASCADE, related_name="staff_invites")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"), max_length=12, choices=TeacherRole.Role.choices, default=TeacherRole.Role.TEACHER
    )
    ends_on = models.DateField(_("until"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = StaffInviteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.email} → {self.school}"


class StudentQuerySet(models.QuerySet["Student"]):
    def enrolled(self) -> StudentQuerySet:
        return self.filter(
            enrolments__left_on__isnull=True, enrolments__class_group__archived_at__isnull=True
        ).distinct()


class Student(models.Model):
    """A student of one school. The school's own number is kept as a keyed hash only."""

    school = models.ForeignKey("classrooms.School", on_delete=models.CASCADE, related_name="students")
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="student"
    )
    # HMAC-SHA256 of the school's number for the person (Nº Id. Escolar, NIA…), hexadecimal; blank when added by hand.
    external_id_hash = models.CharField(max_length=64, blank=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=80)
    first_surname = models.CharField(_("first surname"), max_length=80)
    second_surname = models.CharField(_("second surname"), max_length=80, blank=True)
    docker_id = models.CharField(_("Docker ID"), max_length=64, blank=True)
    # Lower case, without accents: what a search for any part of a name looks into, and what sorts by surname.
    sort_name = models.CharField(max_length=260, editable=False, db_index=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "external_id_hash"],
                condition=~Q(external_id_hash=""),
                name="one_student_per_school_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.surnames}".strip()

    @property
    def surnames(self) -> str:
        return f"{self.first_surname} {self.second_surname}".strip()

    @property
    def list_name(self) -> str:
        """As a class list says it: surnames first."""
        return f"{self.surnames}, {self.given_name}"


class AccessCode(models.Model):
    """A one-time code with which a student opens an account or sets a new password. Only its hash is kept."""

    student = models.OneToOneField(Student, on_delete=models.CASCADE, related_name="access_code")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"code of {self.student_id}"
