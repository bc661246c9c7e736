"""Ways in: the code of a class, who waits at its door, and the school's own sign-in."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.class_groups import ClassGroup
from classrooms.models.people import Student, TeacherRole, User
from classrooms.models.schools import School

# Who has not been let in by then is told to come again: a name that a stranger typed is not kept for long.
WAITS_FOR = timedelta(days=2)


class JoinCodeQuerySet(models.QuerySet["JoinCode"]):
    def open(self) -> JoinCodeQuerySet:
        """Codes that work: neither closed nor expired nor used up, of classes that are not in the archive.

        One for staff only while whoever made it owns the school: who is removed must not come back by it.
        """
        owners = TeacherRole.objects.current().owners()
        by_an_owner = owners.filter(school=OuterRef("class_group__school"), user=OuterRef("created_by"))
        return self.filter(
            Q(role=JoinCode.Role.STUDENT) | Exists(by_an_owner),
            closed_at__isnull=True,
            expires_at__gt=timezone.now(),
            uses__lt=F("most_uses"),
            class_group__archived_at__isnull=True,
        )

    def for_students(self) -> JoinCodeQuerySet:
        return self.filter(role=JoinCode.Role.STUDENT)

    def for_staff(self) -> JoinCodeQuerySet:
        return self.exclude(role=JoinCode.Role.STUDENT)


class JoinCode(models.Model):
    """A code for many people of one role in one class.

    It is found by its hash. Until it is closed its text is kept sealed beside it, since a teacher shows it on the wall
    lesson after lesson; closing and renewing forget the text.
    """

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        TEACHER = "teacher", _("teacher")
        ASSISTANT = "assistant", _("assistant")
        READ_ONLY = "read_only", _("read-only")

    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="join_codes")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    sealed_code = models.TextField(blank=True, editable=False)
    most_uses = models.PositiveSmallIntegerField(_("how many people at most"))
    uses = models.PositiveSmallIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code on the wall")
        verbose_name_plural = _("codes on the wall")
        constraints = [
            models.UniqueConstraint(
                fields=["class_group", "role"],
                condition=Q(closed_at__isnull=True),
                name="one_open_join_code_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.class_group} ({self.role})"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> JoinRequestQuerySet:
        since = timezone.now() - WAITS_FOR
        return self.filter(student__isnull=True, refused_at__isnull=True, created_at__gt=since)

    def let_in(self) -> JoinRequestQuerySet:
        """Those whom the teacher knew and who have not opened their account yet."""
        since = timezone.now() - WAITS_FOR
        return self.filter(student__user__isnull=True, student__isnull=False, created_at__gt=since)


class JoinRequest(models.Model):
    """Somebody typed a class's code and a name, and waits for the teacher. Deleted once the account is open."""

    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="join_requests")
    given_name = models.CharField(_("given name"), max_length=80)
    surnames = models.CharField(_("surnames"), max_length=160)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Who they are, as the teacher said; until then nobody.
    student = models.ForeignKey(Student, on_delete=models.CASCADE, null=True, related_name="join_requests")
    refused_at = models.DateTimeField(null=True, editable=False)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join a class")
        verbose_name_plural = _("requests to join classes")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.given_name} {self.surnames}"


class SchoolSignIn(models.Model):
    """The accounts that a school gives its people elsewhere, with which they may sign in here."""

    class Kind(models.TextChoices):
        GOOGLE = "google", "Google"
        MICROSOFT = "microsoft", "Microsoft"
        OIDC = "oidc", "OpenID Connect"

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="sign_in")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GOOGLE)
    server_url = models.URLField(max_length=300)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField(editable=False)
    # Lower case; an account of another domain is a stranger's.
    domains = models.JSONField(default=list)
    is_active = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("sign-in with the school’s accounts")
        verbose_name_plural = _("sign-ins with the school’s accounts")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.school}"

    @property
    def provider_id(self) -> str:
        """What the sign-in is called in addresses and in the accounts that are linked with it."""
        return f"school-{self.school_id}"
