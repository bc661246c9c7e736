"""Hand-ins (entregas): what a student handed in, when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.people import Student, User
from classrooms.models.practices import ClassPractice


class HandIn(models.Model):
    """One attempt of one student. Rows are only added: what was handed in stays as it was.

    The image is fixed by its digest at that moment, so that a later push changes nothing of it.
    """

    class_practice = models.ForeignKey(ClassPractice, on_delete=models.CASCADE, related_name="hand_ins")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="hand_ins")
    attempt = models.PositiveIntegerField()
    handed_in_at = models.DateTimeField(default=timezone.now)
    # After the student's own due moment, as it was then.
    is_late = models.BooleanField(_("late"), default=False)
    # As the student wrote it, "nerea1/web:v1"; blank for an archive.
    reference = models.CharField(_("image"), max_length=400, blank=True)
    # "sha256:…": of what the reference meant then, or of the archive's configuration.
    digest = models.CharField(max_length=80, blank=True)
    compressed_bytes = models.BigIntegerField(null=True, blank=True)
    platforms = models.JSONField(default=list, blank=True)
    pushed_at = models.DateTimeField(null=True, blank=True)
    pushed_by = models.CharField(max_length=64, blank=True)
    # Where it answers inside its container, as the image or the student says: [80].
    ports = models.JSONField(default=list, blank=True)
    compose = models.TextField(_("compose file"), blank=True)
    # What each image of the compose file meant then: {"mariadb:11": "sha256:…"}.
    compose_digests = models.JSONField(default=dict, blank=True)
    # The same of those that nobody could look at then, when they were seen at last.
    later_compose_digests = models.JSONField(default=dict, blank=True, editable=False)
    note = models.TextField(_("explanation"), max_length=4000, blank=True)
    # The file's name below the private folder, never below the web's; blank without an archive.
    archive = models.CharField(max_length=120, blank=True, editable=False)
    # What the check said while the student looked: [{"code": …, "facts": …}].
    findings = models.JSONField(default=list, blank=True)
    # Signs of keys and tokens, masked: [{"kind": …, "where": …, "place": …, "masked": …}].
    secret_signs = models.JSONField(default=list, blank=True)
    # The receipt's number, which its signature covers.
    receipt = models.CharField(max_length=26, unique=True, editable=False)
    # The same tag meant another image when it was looked at again.
    later_digest = models.CharField(max_length=80, blank=True, editable=False)
    later_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Nobody could look at all of it then, and nobody has seen the rest since.
    is_unseen = models.BooleanField(default=False, editable=False)
    # When the registry was last asked again, and answered.
    looked_again_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("hand-in")
        verbose_name_plural = _("hand-ins")
        ordering = ["class_practice", "student", "-attempt"]
        constraints = [
            models.UniqueConstraint(fields=["class_practice", "student", "attempt"], name="one_attempt")
        ]
        indexes = [models.Index(fields=["handed_in_at"], condition=Q(is_unseen=True), name="unseen_hand_in")]

    def __str__(self) -> str:
        return f"{self.student} · {self.attempt}"


class Assessment(models.Model):
    """What a teacher says of one student's work in one practice; `version` keeps two from overwriting each other."""

    class_practice = models.ForeignKey(ClassPractice, on_delete=models.CASCADE, related_name="assessments")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="assessments")
    hand_in = models.ForeignKey(HandIn, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mark = models.DecimalField(_("mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    comment = models.TextField(_("feedback"), blank=True)
    marked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)
    # Students see it from here on.
    published_at = models.DateTimeField(null=True, blank=True)
    # Who has it open, so that two do not mark the same one.
    claimed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [models.UniqueConstraint(fields=["class_practice", "student"], name="one_assessment")]

    def __str__(self) -> str:
        return f"{self.student} · {self.mark}"
