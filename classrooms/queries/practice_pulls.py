"""An image of a practice as a student pulls it: the class's version, run as the practice says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from classrooms.models import ClassPractice, ClassPracticeVersion, ImageTag, PracticeImage
from classrooms.pull_scripts.commands import Recipe
from classrooms.queries.pulling import Pulled, Way
from classrooms.queries.student import ImageToPull


@dataclass(frozen=True)
class PracticeImageToPull(Pulled):
    """`version`: what was decided for this class alone; `beside`: the same image where the class has it by itself too.

    It is shown once, here, so what the teacher said there counts where neither practice nor class says otherwise.
    """

    needed: PracticeImage
    tag: ImageTag | None
    way: Way
    given: ClassPractice
    version: ClassPracticeVersion | None = None
    beside: ImageToPull | None = None

    @property
    def title(self) -> str:
        return str(self.needed)

    @property
    def row(self) -> PracticeImage:
        return self.needed

    @property
    def frozen(self) -> str:
        own = self.version.digest if self.version else self.needed.digest
        return own or (self.beside.frozen if self.beside else "")

    @property
    def note(self) -> str:
        """The teacher's line for the students, or ""."""
        if self.version and self.version.note:
            return self.version.note
        return self.beside.assigned.note if self.beside else ""

    @property
    def renewed_at(self) -> datetime | None:
        """When the class got another version than it began with, else None."""
        changed_at, begun = self._changed_at, self.given.visible_from or self.given.given_at
        return changed_at if changed_at and changed_at > begun else None

    @property
    def recipe(self) -> Recipe:
        needed = self.needed
        if self.beside and not (needed.ports or needed.environment or needed.volumes):
            return self.beside.recipe
        return Recipe(tuple(needed.ports), tuple(needed.environment), tuple(needed.volumes), ("--rm",))

    @property
    def _changed_at(self) -> datetime | None:
        if self.version:
            return self.version.changed_at
        if self.needed.digest:  # the practice decides, and whoever writes it says so in its text
            return None
        if self.beside and self.beside.frozen:
            return self.beside.assigned.version_changed_at
        return self.tag.digest_changed_at if self.tag else None


def find_beside(
    images: tuple[ImageToPull, ...], given: ClassPractice, needed: PracticeImage, digest: str
) -> ImageToPull | None:
    """The image that the class has by itself, where it is the one that the practice needs.

    Two versions that are frozen at different digests are two images to pull, and both stay.
    """
    for one in images:
        row = one.assigned
        is_same = (row.class_group_id, row.image_id, row.tag) == (
            given.class_group_id, needed.image_id, needed.tag,
        )  # fmt: skip
        if is_same and (not digest or one.frozen in ("", digest)):
            return one
    return None
