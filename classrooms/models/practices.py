"""Practices (prácticas): what a class does with images, until when, and how the work is handed in."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.class_groups import ClassGroup
from classrooms.models.images import Image
from classrooms.models.people import Student, TeacherRole, User
from classrooms.models.schools import School
from classrooms.models.sub_groups import SubGroup


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """All of a school's practices for everybody on its staff: colleagues look at each other's."""
        roles = TeacherRole.objects.current().filter(user_id=user.pk or 0)
        return self.filter(school__teacher_roles__in=roles).distinct()

    def written_by(self, user: User | AnonymousUser) -> PracticeQuerySet:
        """Those that a person may change: everybody who teaches in the school."""
        roles = TeacherRole.objects.current().filter(user_id=user.pk or 0).teaching()
        return self.filter(school__teacher_roles__in=roles).distinct()


_PracticeManager = models.Manager.from_queryset(PracticeQuerySet)


class _PracticesNotDeleted(_PracticeManager["Practice"]):
    def get_queryset(self) -> PracticeQuerySet:
        return PracticeQuerySet(self.model, using=self._db).filter(deleted_at__isnull=True)


class Practice(models.Model):
    """A practice of a school, written once and given to any number of classes."""

    class Way(models.TextChoices):
        """How the work is handed in; each has its own cost."""

        NONE = "none", _("nothing is handed in")
        NAMESPACE = "own_namespace", _("an image in the student’s own account")
        SHARED = "shared_repository", _("one repository of the school for all")
        OWN = "own_repository", _("a repository of the school for each student")
        ARCHIVE = "archive", _("a file made by docker save")

    # Ways by which the work is pushed to the school's own account.
    IN_THE_ACCOUNT = (Way.SHARED, Way.OWN)

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="practices")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    # Markdown as written; pages show it cleaned.
    text = models.TextField(_("what to do"), blank=True)
    # A compose file that students get; blank where the images are run one by one.
    compose = models.TextField(_("compose file"), blank=True)
    hand_in_way = models.CharField(
        _("how it is handed in"), max_length=20, choices=Way.choices, default=Way.NONE
    )
    # Students hand in a compose file besides the image.
    takes_compose = models.BooleanField(_("a compose file is handed in too"), default=False)
    # Seen by nobody but the staff.
    is_draft = models.BooleanField(_("draft"), default=True)
    # Nothing of it, not even that it exists, is to be found before its minute.
    is_exam = models.BooleanField(_("exam"), default=False)
    copied_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    # Out of the list of practices, with what was handed in to it; nobody can be given it meanwhile.
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # In the trash: hidden everywhere, restorable. No class has it then.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = _PracticesNotDeleted()
    with_deleted = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.pk])

    @property
    def repository_name(self) -> str:
        """What its repositories in the school's own account are called or begin with: the same whatever its title."""
        return f"practica-{self.pk}"


class PracticeImage(models.Model):
    """An image that a practice needs, and how it is run."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="practice_images")
    tag = models.CharField(_("tag"), max_length=128, default="latest")
    # Fixed by digest where the teacher froze it; blank follows the tag.
    digest = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # The run recipe: ["8080:80"], ["MYSQL_ROOT_PASSWORD=clase"], ["datos:/var/lib/mysql"].
    ports = models.JSONField(_("ports"), default=list, blank=True)
    environment = models.JSONField(_("environment"), default=list, blank=True)
    volumes = models.JSONField(_("volumes"), default=list, blank=True)

    class Meta:
        verbose_name = _("image of a practice")
        verbose_name_plural = _("images of practices")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "image", "tag"], name="one_image_of_practice")
        ]

    def __str__(self) -> str:
        return f"{self.image}:{self.tag}"


class ClassPracticeQuerySet(models.QuerySet["ClassPractice"]):
    def current(self) -> ClassPracticeQuerySet:
        """Neither withdrawn nor of an archived class; drafts and what is not visible yet are included."""
        return self.filter(withdrawn_at__isnull=True, class_group__archived_at__isnull=True)

    def visible(self, at: datetime | None = None) -> ClassPracticeQuerySet:
        """What students see at that moment (now). An exam is there from its minute on, and not a second before."""
        begun = Q(visible_from__isnull=True) | Q(visible_from__lte=at or timezone.now())
        return self.current().filter(begun, practice__is_draft=False)

    def taught_by(self, user: User | AnonymousUser) -> ClassPracticeQuerySet:
        return self.filter(class_group__in=ClassGroup.objects.taught_by(user))

    def visible_to(self, user: User | AnonymousUser) -> ClassPracticeQuerySet:
        return self.filter(class_group__in=ClassGroup.objects.visible_to(user))


class ClassPractice(models.Model):
    """A practice given to a class (or a part of it), with its dates there."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="class_practices")
    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="class_practices")
    sub_group = models.ForeignKey(SubGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # None: at once.
    visible_from = models.DateTimeField(_("visible from"), null=True, blank=True)
    # What is handed in afterwards is late, and taken.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    # Nothing is taken afterwards. None: late work is always taken.
    locked_at = models.DateTimeField(_("locked from"), null=True, blank=True)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ClassPracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice of a class")
        verbose_name_plural = _("practices of classes")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "class_group"],
                condition=Q(withdrawn_at__isnull=True, sub_group__isnull=True),
                name="one_current_practice_of_class",
            ),
            models.UniqueConstraint(
                fields=["practice", "sub_group"],
                condition=Q(withdrawn_at__isnull=True, sub_group__isnull=False),
                name="one_current_practice_of_sub_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} → {self.class_group}"


class Extension(models.Model):
    """More time for one person: their own due moment, and the lock moves with it where there is one."""

    class_practice = models.ForeignKey(ClassPractice, on_delete=models.CASCADE, related_name="extensions")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="extensions")
    due_at = models.DateTimeField(_("due"))
    granted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [models.UniqueConstraint(fields=["class_practice", "student"], name="one_extension")]

    def __str__(self) -> str:
        return f"{self.student} · {self.due_at}"
