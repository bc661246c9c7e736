"""Class groups of an academic year, who teaches them and who is enrolled."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms import academic_years
from classrooms.models.people import Student, TeacherRole, User
from classrooms.models.schools import School


class ClassGroupQuerySet(models.QuerySet["ClassGroup"]):
    def active(self) -> ClassGroupQuerySet:
        return self.filter(archived_at__isnull=True)

    def visible_to(self, user: User | AnonymousUser) -> ClassGroupQuerySet:
        """Classes a person may look at: their own; all of the school for owners and read-only roles."""
        roles = TeacherRole.objects.current().filter(user_id=user.pk or 0)
        sees_all = roles.filter(role__in=(TeacherRole.Role.OWNER, TeacherRole.Role.READ_ONLY))
        return self.filter(
            Q(school__teacher_roles__in=sees_all) | Q(teachings__teacher_role__in=roles)
        ).distinct()

    def taught_by(self, user: User | AnonymousUser) -> ClassGroupQuerySet:
        """Classes a person may change: those taught as a teacher, and all of the school for its owners."""
        roles = TeacherRole.objects.current().filter(user_id=user.pk or 0)
        teaching = Teaching.objects.filter(role=Teaching.Role.TEACHER, teacher_role__in=roles.teaching())
        return self.filter(Q(school__teacher_roles__in=roles.owners()) | Q(teachings__in=teaching)).distinct()

    def helped_by(self, user: User | AnonymousUser) -> ClassGroupQuerySet:
        """Classes in whose name a person may help students to get in: those taught, and those assisted in."""
        roles = TeacherRole.objects.current().filter(user_id=user.pk or 0)
        helping = Teaching.objects.exclude(role=Teaching.Role.READ_ONLY)
        helping = helping.filter(teacher_role__in=roles.in_class())
        return self.filter(Q(school__teacher_roles__in=roles.owners()) | Q(teachings__in=helping)).distinct()


_ClassGroupManager = models.Manager.from_queryset(ClassGroupQuerySet)


class _ClassGroupsNotDeleted(_ClassGroupManager["ClassGroup"]):
    def get_queryset(self) -> ClassGroupQuerySet:
        return ClassGroupQuerySet(self.model, using=self._db).filter(deleted_at__isnull=True)


def _school_pcs() -> list[str]:
    return ["pc"]


class ClassGroup(models.Model):
    """A class group (unidad) of one academic year: people and images hang on it."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="class_groups")
    name = models.CharField(_("class"), max_length=60)
    course = models.CharField(_("course"), max_length=160, blank=True)
    # The year in which the academic year begins: 2026 means 2026/27.
    academic_year = models.PositiveSmallIntegerField(_("academic year"))
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # A seat of the organization costs money for each student: members only where the school says so.
    students_are_members = models.BooleanField(_("students are members of the organization"), default=False)
    # The short code behind /c/<CODE>/, without letters that look alike.
    code = models.CharField(max_length=8, unique=True, editable=False)
    has_public_page = models.BooleanField(_("page without signing in"), default=False)
    # Nobody of this class goes to Docker Hub: no members, no Docker ID asked, nothing personal leaves the portal.
    hub_is_off = models.BooleanField(_("keep Docker Hub off for this class"), default=False)
    # Its students may use a token that can only pull, until the end of that day; the token itself is in `PullAccess`.
    pull_access_until = models.DateField(null=True, blank=True, editable=False)
    # What the class sits at, as kinds of `image_checks.machines`: ["pc", "mac"].
    machines = models.JSONField(_("computers of the class"), default=_school_pcs)
    # On which kind its hand-ins are run, the teacher's; blank: on the first kind of the class's.
    run_machine = models.CharField(_("the teacher’s computer"), max_length=8, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # In the trash: hidden everywhere, restorable. It is archived as well, so that nothing of it goes on.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = _ClassGroupsNotDeleted()
    with_deleted = ClassGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("class group")
        verbose_name_plural = _("class groups")
        ordering = ["-academic_year", "name", "course"]
        constraints = [
            # One Unidad may stand under two Cursos.
            models.UniqueConstraint(
                fields=["school", "academic_year", "name", "course"],
                condition=Q(deleted_at__isnull=True),
                name="one_class_group_per_year_and_course",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.year_label}"

    def get_absolute_url(self) -> str:
        return reverse("class_group", args=[self.pk])

    @property
    def year_label(self) -> str:
        return academic_years.label(self.academic_year)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def has_pull_access(self) -> bool:
        """Whether its students pull private images with the class's own token today."""
        until = self.pull_access_until
        return until is not None and until >= timezone.localdate() and not self.is_archived


class TeachingQuerySet(models.QuerySet["Teaching"]):
    def working(self, on: date | None = None) -> TeachingQuerySet:
        """Of people who work in the class that day (today): the lesser of the two roles counts."""
        roles = TeacherRole.objects.current(on).in_class()
        return self.exclude(role=Teaching.Role.READ_ONLY).filter(teacher_role__in=roles)


class Teaching(models.Model):
    """A person of the school's staff has a class group; `role` is what they do in it.

    Of this role and the one in the school the lesser counts: an assistant of the school is no teacher in any class.
    """

    class Role(models.TextChoices):
        TEACHER = "teacher", _("teacher")
        ASSISTANT = "assistant", _("assistant")
        READ_ONLY = "read_only", _("read-only")

    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="teachings")
    teacher_role = models.ForeignKey(TeacherRole, on_delete=models.CASCADE, related_name="teachings")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.TEACHER)

    objects = TeachingQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher of a class")
        verbose_name_plural = _("teachers of classes")
        constraints = [models.UniqueConstraint(fields=["class_group", "teacher_role"], name="one_teaching")]

    def __str__(self) -> str:
        return f"{self.teacher_role} · {self.class_group}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def current(self) -> EnrolmentQuerySet:
        return self.filter(left_on__isnull=True)


class Enrolment(models.Model):
    """A student in a class group. Leaving sets a date; nothing is deleted, and coming back clears it."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="enrolments")
    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="enrolments")
    enrolled_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["student", "class_group"], name="one_enrolment")]

    def __str__(self) -> str:
        return f"{self.student} · {self.class_group}"


class PastStay(models.Model):
    """A time in a class that ended before the student came back: the enrolment itself tells the last one."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="past_stays")
    enrolled_on = models.DateField()
    left_on = models.DateField()

    class Meta:
        verbose_name = _("earlier time in a class")
        verbose_name_plural = _("earlier times in classes")
        ordering = ["enrolled_on", "pk"]

    def __str__(self) -> str:
        return f"{self.enrolled_on} – {self.left_on}"
