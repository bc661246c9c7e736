"""People: accounts, teachers with their role in a school, students."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.aliases import alias_of, docker_id_of


class User(AbstractUser):
    """An account. Teachers sign in with their e-mail, students with a name of their own and no e-mail."""

    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=5, blank=True, editable=False)
    # Every session remembers it: one more ends all that are open, on every computer.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """What a session must know of the account: its password, and how often it was signed out everywhere."""
        known: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{known}{self.session_epoch}" if self.session_epoch else known

    def __str__(self) -> str:
        return self.get_full_name() or self.email or self.username


class TeacherRoleQuerySet(models.QuerySet["TeacherRole"]):
    def current(self, on: date | None = None) -> TeacherRoleQuerySet:
        """Roles that hold on that day (today); a role ends at the end of `ends_on`. None in a deleted school."""
        on = on or timezone.localdate()
        begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        lasts = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        return self.filter(begun, lasts, school__deleted_at__isnull=True)

    def owners(self) -> TeacherRoleQuerySet:
        return self.filter(role=TeacherRole.Role.OWNER)

    def teaching(self) -> TeacherRoleQuerySet:
        """Those who change classes and images: owners and teachers."""
        return self.filter(role__in=(TeacherRole.Role.OWNER, TeacherRole.Role.TEACHER))

    def in_class(self) -> TeacherRoleQuerySet:
        """Those who work with students: owners, teachers and assistants. Read-only roles look on."""
        return self.exclude(role=TeacherRole.Role.READ_ONLY)


class TeacherRole(models.Model):
    """What a person may do in a school, from and until when."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        TEACHER = "teacher", _("teacher")
        ASSISTANT = "assistant", _("assistant")
        READ_ONLY = "read_only", _("read-only")

    school = models.ForeignKey("classrooms.School", on_delete=models.CASCADE, related_name="teacher_roles")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="teacher_roles")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.TEACHER)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    # Whose classes this person takes over. The classes are given as rows when it is said, the end is `ends_on`.
    substitutes = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="substituted_by",
        verbose_name=_("substitutes"),
    )
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
    """A link that makes one person a teacher of a school, once, until it expires. Only its hash is kept.

    Without an address it is handed over by whoever made it, and `name` says whom it is for.
    """

    school = models.ForeignKey("classrooms.School", on_delete=models.CASCADE, related_name="staff_invites")
    email = models.EmailField(_("e-mail address"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(
        _("role"), max_length=12, choices=TeacherRole.Role.choices, default=TeacherRole.Role.TEACHER
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    substitutes = models.ForeignKey(
        TeacherRole, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Classes that the person teaches from the first day on.
    class_groups = models.ManyToManyField("classrooms.ClassGroup", blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = StaffInviteQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation of staff")
        verbose_name_plural = _("invitations of staff")

    def __str__(self) -> str:
        return f"{self.whom} → {self.school}"

    @property
    def whom(self) -> str:
        """For whom it is, as whoever made it knows them; "" for a link without either."""
        return self.name or self.email


class StudentQuerySet(models.QuerySet["Student"]):
    def enrolled(self) -> StudentQuerySet:
        return self.filter(
            enrolments__left_on__isnull=True, enrolments__class_group__archived_at__isnull=True
        ).distinct()


_StudentManager = models.Manager.from_queryset(StudentQuerySet)


class _StudentsNotDeleted(_StudentManager["Student"]):
    def get_queryset(self) -> StudentQuerySet:
        return StudentQuerySet(self.model, using=self._db).filter(deleted_at__isnull=True)


class Student(models.Model):
    """A student of one school. The school's own number is kept as a keyed hash only."""

    class Proof(models.TextChoices):
        INVITATION = "invitation", _("accepted the invitation")
        PUSH = "push", _("pushed an image")

    school = models.ForeignKey("classrooms.School", on_delete=models.CASCADE, related_name="students")

    class Consent(models.TextChoices):
        """What the school has told the portal; never a date of birth."""

        UNKNOWN = "", _("not recorded")
        OVER_14 = "over_14", _("14 or older")
        GIVEN = "given", _("under 14, with consent")
        NONE = "none", _("under 14, without consent")

    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="student"
    )
    # HMAC-SHA256 of the school's number for the person (Nº Id. Escolar, NIA…), hexadecimal; blank when added by hand.
    external_id_hash = models.CharField(max_length=64, blank=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=80)
    first_surname = models.CharField(_("first surname"), max_length=80)
    second_surname = models.CharField(_("second surname"), max_length=80, blank=True)
    docker_id = models.CharField(_("Docker ID"), max_length=64, blank=True)
    # What showed that the account is the student's; blank: somebody typed it.
    docker_id_proof = models.CharField(max_length=12, choices=Proof.choices, blank=True, editable=False)
    docker_id_proven_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Lower case, without accents: what a search for any part of a name looks into, and what sorts by surname.
    sort_name = models.CharField(max_length=260, editable=False, db_index=True)
    consent = models.CharField(_("age and consent"), max_length=8, choices=Consent.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The names are gone for good; the row stays for the work that hangs on it.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = _StudentsNotDeleted()
    with_deleted = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "external_id_hash"],
                condition=~Q(external_id_hash="") & Q(deleted_at__isnull=True),
                name="one_student_per_school_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.surnames}".strip() or self.alias

    @property
    def alias(self) -> str:
        """What stands for the name wherever the name must not go: "encina-204"."""
        return alias_of(self.pk or 0)

    @property
    def docker_id_to_take(self) -> str:
        """A Docker ID to propose to who has none yet: final there, and it says nothing about the person."""
        return docker_id_of(self.pk or 0)

    @property
    def may_use_docker_id(self) -> bool:
        """Whether age and consent, as far as the school asks for them, allow an account outside."""
        allowed = {Student.Consent.OVER_14, Student.Consent.GIVEN}
        if not self.school.asks_consent:
            return self.consent != Student.Consent.NONE
        return self.consent in allowed

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

    class Meta:
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")

    def __str__(self) -> str:
        return f"code of {self.student_id}"
