"""Images: what a school has or uses, what is known of their tags, and which class uses which."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from classrooms.image_references.reading import read_reference
from classrooms.models.class_groups import ClassGroup
from classrooms.models.people import User
from classrooms.models.schools import School
from classrooms.models.sub_groups import SubGroup


class _ImagesNotDeleted(models.Manager["Image"]):
    def get_queryset(self) -> models.QuerySet[Image]:
        return super().get_queryset().filter(deleted_at__isnull=True)


class Image(models.Model):
    """A repository of images: of the school's own account, or anyone's that its classes use."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="images")
    # As a person writes it, without tag: "iestriana/lamp", "nginx", "ghcr.io/owner/name".
    repository = models.CharField(_("repository"), max_length=255)
    description = models.CharField(_("description"), max_length=200, blank=True)
    # None until somebody who can see it has told us.
    is_private = models.BooleanField(pgettext_lazy("image", "private"), null=True, blank=True)
    # In the school's own account; `listed_at` is when its list last showed it.
    is_own = models.BooleanField(default=False, editable=False)
    listed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When the registry last saw a push or a change of it.
    last_updated = models.DateTimeField(null=True, blank=True, editable=False)
    # The school asked for this repository to exist: the sync makes it. It is never deleted by the portal.
    is_wanted = models.BooleanField(default=False, editable=False)
    # What a person of the school asked to be changed on Docker Hub; None is nothing, and again once it is done there.
    wished_private = models.BooleanField(null=True, blank=True, editable=False)
    wished_description = models.CharField(max_length=200, null=True, blank=True, editable=False)  # noqa: DJ001
    wished_immutable = models.BooleanField(null=True, blank=True, editable=False)
    # Whether its tags can be pushed again; None where nobody has asked.
    has_immutable_tags = models.BooleanField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Taken out of the school's list, restorable; Docker Hub keeps its repository whatever happens here.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = _ImagesNotDeleted()
    with_deleted = models.Manager["Image"]()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["repository"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "repository"],
                condition=Q(deleted_at__isnull=True),
                name="one_image_per_repository",
            )
        ]

    def __str__(self) -> str:
        return self.repository

    @property
    def registry(self) -> str:
        """Where it lives beside Docker Hub: "ghcr.io"; "" for Docker Hub."""
        read = read_reference(self.repository)
        return "" if read.is_on_docker_hub else read.host


class ImageTag(models.Model):
    """What was last seen of one tag of an image. `found` is None until somebody has looked."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=128)
    found = models.BooleanField(null=True, blank=True)
    digest = models.CharField(max_length=80, blank=True)
    previous_digest = models.CharField(max_length=80, blank=True)
    digest_changed_at = models.DateTimeField(null=True, blank=True)
    compressed_bytes = models.BigIntegerField(null=True, blank=True)
    # ["linux/amd64", "linux/arm64"]; attestations are not platforms.
    platforms = models.JSONField(default=list, blank=True)
    # In another registry, which tells of no push: when it was built.
    pushed_at = models.DateTimeField(null=True, blank=True)
    # The Docker ID that last pushed it; blank where the registry does not tell.
    pushed_by = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # Why nothing is known, as a stable code: "unreachable", "denied"; blank when it was looked at.
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["-pushed_at", "name"]
        constraints = [models.UniqueConstraint(fields=["image", "name"], name="one_tag")]

    def __str__(self) -> str:
        return f"{self.image}:{self.name}"


class ImageVersion(models.Model):
    """What is in one version of an image, known by its digest, so that it never changes."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="versions")
    digest = models.CharField(max_length=80)
    # Which of its platforms was looked into: "linux/amd64".
    platform = models.CharField(max_length=40)
    built_at = models.DateTimeField(null=True, blank=True)
    compressed_bytes = models.BigIntegerField(null=True, blank=True)
    platforms = models.JSONField(default=list)
    # Digests of the layers from the ground up, and what made each, where the builder tells.
    layers = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    # ["PHP_VERSION=8.3"], ["apache2-foreground"], ["80/tcp"].
    environment = models.JSONField(default=list)
    command = models.JSONField(default=list)
    ports = models.JSONField(default=list)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of an image")
        verbose_name_plural = _("versions of images")
        constraints = [models.UniqueConstraint(fields=["image", "digest"], name="one_version_per_digest")]

    def __str__(self) -> str:
        return f"{self.image}@{self.digest}"


class AssignedImageQuerySet(models.QuerySet["AssignedImage"]):
    def current(self) -> AssignedImageQuerySet:
        """Neither withdrawn nor of an archived class; what is not visible yet is included."""
        return self.filter(withdrawn_at__isnull=True, class_group__archived_at__isnull=True)

    def visible(self) -> AssignedImageQuerySet:
        """What students see now."""
        begun = Q(visible_from__isnull=True) | Q(visible_from__lte=timezone.now())
        return self.current().filter(begun)


class AssignedImage(models.Model):
    """An image that a class uses, with what a student needs to run it."""

    class_group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="assigned_images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="assignments")
    # Only for a part of the class; None is for all of it.
    sub_group = models.ForeignKey(
        SubGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned_images"
    )
    tag = models.CharField(_("tag"), max_length=128, default="latest")
    # Fixed by digest where the teacher froze it; blank follows the tag.
    digest = models.CharField(max_length=80, blank=True)
    # When the teacher last gave the class another version of it.
    version_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    note = models.CharField(_("what is new, for the students"), max_length=300, blank=True)
    # What stands between `docker run` and the image: "--rm -p 8080:80".
    run_options = models.CharField(_("options for docker run"), max_length=300, blank=True)
    visible_from = models.DateTimeField(_("visible from"), null=True, blank=True)
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)
    assigned_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The class has it because its practices need it: students see it there, and it goes with the last of them.
    is_for_practices = models.BooleanField(default=False, editable=False)

    objects = AssignedImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("assigned image")
        verbose_name_plural = _("assigned images")
        ordering = ["-assigned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["class_group", "image", "tag"],
                condition=Q(withdrawn_at__isnull=True, sub_group__isnull=True),
                name="one_current_assignment",
            ),
            models.UniqueConstraint(
                fields=["sub_group", "image", "tag"],
                condition=Q(withdrawn_at__isnull=True, sub_group__isnull=False),
                name="one_current_assignment_of_sub_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image}:{self.tag} → {self.class_group}"
