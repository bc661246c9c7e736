"""All that a class pulls now, for scripts and programs: each image once, those of the next practice first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from classrooms.models import ClassGroup, Student
from classrooms.pull_scripts.script_values import ScriptImage
from classrooms.queries.pulling import Pulled, Way
from classrooms.queries.student import ImageToPull, public_images_of, student_home_for
from classrooms.queries.student_practices import (
    PracticeToDo,
    not_in_practices,
    practices_for,
    public_practices_of,
)

_PULLED = (Way.OPEN, Way.SIGN_IN, Way.BY_CLASS)


@dataclass(frozen=True)
class ClassImages:
    """`images` are those that the class has beside its practices."""

    practices: tuple[PracticeToDo, ...]
    images: tuple[ImageToPull, ...]

    @property
    def for_scripts(self) -> list[ScriptImage]:
        """What can be pulled, once for each repository and tag."""
        found = [image.for_script for image, _practice in self._all() if image.way in _PULLED]
        once: dict[tuple[str, str], ScriptImage] = {}
        for one in found:
            once.setdefault((one.repository, one.tag), one)
        return list(once.values())

    @property
    def as_values(self) -> list[dict[str, Any]]:
        return [_values(image, practice) for image, practice in self._all()]

    def _all(self) -> Iterator[tuple[Pulled, PracticeToDo | None]]:
        for practice in self.practices:
            for image in practice.images:
                yield image, practice
        for one in self.images:
            yield one, None


def class_images(
    class_group: ClassGroup, student: Student | None, given_pk: int | None = None
) -> ClassImages:
    """What the student sees, or anybody (None); of one practice alone where its number is given."""
    if student is None:
        images = public_images_of(class_group)
        practices = public_practices_of(class_group, images)
    else:
        own = student_home_for(student).images
        images = tuple(one for one in own if one.assigned.class_group_id == class_group.pk)
        practices = practices_for(student, [class_group], images)
    if given_pk is None:
        return ClassImages(practices, not_in_practices(images, practices))
    return ClassImages(tuple(one for one in practices if one.given.pk == given_pk), ())


def _values(image: Pulled, practice: PracticeToDo | None) -> dict[str, Any]:
    script, recipe = image.for_script, image.recipe
    return {
        "practice": practice.practice.title if practice else None,
        "due_at": practice.due_at.isoformat() if practice and practice.due_at else None,
        "repository": script.repository,
        "tag": script.tag,
        "digest": script.digest or None,
        "pull": script.reference,
        "platforms": image.platforms,
        "compressed_bytes": image.size_bytes,
        "needs_login": image.way is not Way.OPEN,
        "run": {
            "ports": list(recipe.ports),
            "environment": list(recipe.environment),
            "volumes": list(recipe.volumes),
            "options": list(recipe.options),
        },
    }
