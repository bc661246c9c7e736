"""An image that a student pulls, however the class has got it: what is known of it, who may, with which commands."""

from __future__ import annotations

import shlex
from abc import abstractmethod
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Q

from classrooms.models import AssignedImage, ClassGroup, Image, ImageTag, PracticeImage, Student
from classrooms.pull_scripts.commands import ImageCommands, Recipe
from classrooms.pull_scripts.compose import ComposeImage
from classrooms.pull_scripts.script_values import ScriptImage

MEGABYTE = 1_000_000
# Of the school's own images nothing that is not known to be public is shown without signing in.
IS_OPEN = Q(is_private=False) | Q(is_private__isnull=True, is_own=False)


class Way(StrEnum):
    """What a student needs before an image can be pulled."""

    OPEN = "open"
    SIGN_IN = "sign in"  # private, and the student is a member: `docker login` with the own Docker ID
    NO_DOCKER_ID = "no docker id"  # private, the class's students are members, this one has said no Docker ID
    BY_CLASS = "class token"  # private, and the class has a token that can only pull
    ASK = "ask"  # private, and students of this class are not members


class Pulled:
    """`tag` is None where nobody has looked at the registry yet."""

    tag: ImageTag | None
    way: Way

    @property
    @abstractmethod
    def title(self) -> str: ...

    @property
    @abstractmethod
    def row(self) -> AssignedImage | PracticeImage: ...

    @property
    @abstractmethod
    def recipe(self) -> Recipe: ...

    @property
    def frozen(self) -> str:
        """The digest at which the teacher froze it; "" follows the tag."""
        return self.row.digest

    @property
    def reference(self) -> str:
        """As `docker pull` takes it: by digest where the teacher froze it, else by tag."""
        mark = f"@{self.frozen}" if self.frozen else f":{self.row.tag}"
        return f"{self.row.image.repository}{mark}"

    @property
    def commands(self) -> ImageCommands:
        return ImageCommands(self.reference, self.recipe, tuple(self.platforms))

    @property
    def is_gone(self) -> bool:
        return self.tag is not None and self.tag.found is False

    @property
    def size_bytes(self) -> int | None:
        return self._facts.compressed_bytes if self._facts else None

    @property
    def platforms(self) -> list[str]:
        return list(self._facts.platforms) if self._facts else []

    @property
    def digest(self) -> str:
        """The frozen one, else what the tag was last seen to mean: a whole class gets the same; "" if never seen."""
        seen = self.tag.digest if self.tag and self.tag.found else ""
        return self.frozen or seen

    @property
    def for_script(self) -> ScriptImage:
        return ScriptImage(
            self.row.image.repository,
            self.row.tag,
            self.digest,
            self.title,
            round((self.size_bytes or 0) / MEGABYTE),
            # An Apple chip runs what is made for PCs alone when it is told to; a PC takes it anyway.
            "linux/amd64" if self._is_for_pcs_alone else "",
        )

    @property
    def for_compose(self) -> ComposeImage:
        return ComposeImage(self.row.image.repository, self.row.tag, self.frozen, self.recipe)

    @property
    def _is_for_pcs_alone(self) -> bool:
        return "linux/amd64" in self.platforms and not any("/arm64" in one for one in self.platforms)

    @property
    def _facts(self) -> ImageTag | None:
        """What is known of what is pulled: a frozen image may no longer be what its tag means."""
        is_same = self.tag is not None and self.frozen in ("", self.tag.digest)
        return self.tag if is_same else None


def way_for(image: Image, class_group: ClassGroup, student: Student | None) -> Way:
    if not image.is_private:
        return Way.OPEN
    if not class_group.students_are_members:
        return Way.BY_CLASS if class_group.has_pull_access and student is not None else Way.ASK
    return Way.SIGN_IN if student and student.docker_id else Way.NO_DOCKER_ID


def is_open(image: Image) -> bool:
    """The same as IS_OPEN, of a row that is there already."""
    return image.is_private is False or (image.is_private is None and not image.is_own)


def tags_of(rows: Iterable[AssignedImage | PracticeImage]) -> dict[tuple[int, str], ImageTag]:
    """What is known of the tags of these rows, in one query."""
    images, names = {row.image_id for row in rows}, {row.tag for row in rows}
    return {
        (tag.image_id, tag.name): tag for tag in ImageTag.objects.filter(image__in=images, name__in=names)
    }


def typed_options(options: str) -> tuple[str, ...]:
    """A teacher's options as the words that a shell would make of them."""
    try:
        return tuple(shlex.split(options))
    except ValueError:  # a quote that is not closed
        return tuple(options.split())
