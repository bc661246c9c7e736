"""Which version of a practice's image one class has, where its teacher gave it another one than the practice says."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from classrooms.models.images import Image
from classrooms.models.practices import ClassPractice


class ClassPracticeVersion(models.Model):
    """A practice is shared by classes; this is what its teacher decided for one of them. The others keep theirs.

    By image and tag, because the rows of a practice's images are made anew whenever it is written again.
    """

    class_practice = models.ForeignKey(ClassPractice, on_delete=models.CASCADE, related_name="versions")
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="+")
    tag = models.CharField(_("tag"), max_length=128)
    digest = models.CharField(max_length=80)
    note = models.CharField(_("what is new, for the students"), max_length=300, blank=True)
    # When the students got another version; None where the class began with this one, as a copied class does.
    changed_at = models.DateTimeField(null=True, default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("version of a class’s practice")
        verbose_name_plural = _("versions of classes’ practices")
        constraints = [
            models.UniqueConstraint(
                fields=["class_practice", "image", "tag"], name="one_version_of_class_practice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.image}:{self.tag} → {self.class_practice}"
