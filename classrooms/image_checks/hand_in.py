"""What there is to say of an image while a student hands it in, in words on which a student can act. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import Any

from classrooms.image_checks.machines import Machine
from classrooms.image_checks.verdicts import build_line, is_heavy
from classrooms.image_references.reference import ImageReference

BOTH = ("linux/amd64", "linux/arm64")


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


SENTENCES: dict[str, str] = {
    # With these nothing is handed in.
    "missing": gettext_noop(
        "Docker Hub shows no image %(reference)s. Is it pushed, spelt like this, and public? Push it and look again."
    ),
    "other_registry": gettext_noop(
        "The portal looks at images on Docker Hub only, and %(reference)s is elsewhere. Push it to Docker Hub too."
    ),
    "foreign": gettext_noop(
        "For this practice the image goes to %(expected)s. Give yours that name, push it, and look again."
    ),
    "compose_missing": gettext_noop(
        "Docker Hub shows no image %(reference)s, which your compose file needs. Is it pushed, and public?"
    ),
    "compose_not_in_file": gettext_noop(
        "%(reference)s of your compose file is neither in your file nor on Docker Hub. Save the image by the name that "
        "stands in the compose file: docker save -o image.tar %(reference)s"
    ),
    # These are warnings.
    "file_unused": gettext_noop(
        "Your compose file does not use the image of your file. Write its name after “image:”, as “docker images” "
        "shows it."
    ),
    "compose_elsewhere": gettext_noop(
        "The portal looks at images on Docker Hub only: %(reference)s of your compose file is run as its tag is then, "
        "not as it is now."
    ),
    "unreachable": gettext_noop(
        "Docker Hub does not answer just now. You can hand in all the same: the name and the time count, and the "
        "portal looks for the version later. Do not push to this tag until then."
    ),
    "no_platform": gettext_noop(
        "Your image runs on %(has)s only, and your teacher’s computer needs %(needs)s: it will not start there. "
        "Build it again with the line below."
    ),
    "heavy": gettext_noop(
        "Your image has %(size)s; others of your class have about %(usual)s. A smaller base image often helps, and "
        "leaving out what was only needed to build it."
    ),
    "pushed_before": gettext_noop(
        "It was pushed before this practice was given. Is it really the version that you want to hand in?"
    ),
    "pushed_by_other": gettext_noop("It was last pushed by %(pushed_by)s, which is not your Docker ID."),
    "not_looked_through": gettext_noop("The portal could not look through the image for keys and passwords."),
}
BLOCKING = frozenset({"missing", "other_registry", "foreign", "compose_missing", "compose_not_in_file"})


@dataclass(frozen=True)
class SeenHandIn:
    """What a registry said. `found` None: it could not be asked. `config` None: it was not to be had."""

    found: bool | None
    digest: str = ""
    platforms: tuple[str, ...] = ()
    compressed_bytes: int | None = None
    pushed_at: datetime | None = None
    pushed_by: str = ""
    config: dict[str, Any] | None = None


@dataclass(frozen=True)
class Expected:
    """What the class and the practice expect. `sizes`: compressed, of what others of the class handed in."""

    machine: Machine = Machine.PC
    sizes: Sequence[int] = ()
    given_at: datetime | None = None
    docker_id: str = ""
    # Where it has to be: a repository, or a tag in it that may go on with "-"; "" where the student chooses.
    reference: str = ""


@dataclass(frozen=True)
class Remark:
    """One thing to know: `facts` fill `SENTENCES[code]`; "size" and "usual" are bytes; "command" stands beside it."""

    code: str
    facts: tuple[tuple[str, str | int], ...] = ()

    @property
    def is_blocking(self) -> bool:
        return self.code in BLOCKING

    def as_row(self) -> dict[str, Any]:
        """As it is kept."""
        return {"code": self.code, "facts": dict(self.facts)}


@dataclass(frozen=True)
class SeenImages:
    """The images of a compose file. `digests`: (("mariadb:11", "sha256:…"),) of those seen; `remarks`: of the others."""

    digests: tuple[tuple[str, str], ...] = ()
    remarks: tuple[Remark, ...] = ()


def check_hand_in(reference: ImageReference, seen: SeenHandIn, expected: Expected) -> tuple[Remark, ...]:
    """Everything there is to say; what keeps it from being handed in stands alone."""
    name = reference.familiar
    if not reference.is_on_docker_hub:
        return (Remark("other_registry", (("reference", name),)),)
    if expected.reference and not is_at(name, expected.reference):
        return (Remark("foreign", (("reference", name), ("expected", expected.reference))),)
    if seen.found is None:
        return (Remark("unreachable"),)
    if not seen.found:
        return (Remark("missing", (("reference", name),)),)
    return (*_of_platform(reference, seen, expected), *_of_size(seen, expected), *_of_push(seen, expected))


def check_archive(platform: str, machine: Machine = Machine.PC) -> tuple[Remark, ...]:
    """The same of an image in a file, which has one platform."""
    if not platform or machine.platform_for((platform,)):
        return ()
    needed = machine.platform
    command = f"docker buildx build --platform {needed} -t web --load . && docker save -o web.tar web"
    return (Remark("no_platform", (("has", platform), ("needs", needed), ("command", command))),)


def is_at(name: str, place: str) -> bool:
    """Whether a reference as people write it lies where a student hands in (`Expected.reference`)."""
    goes_on = "-" if ":" in place else ":"
    return name == place or name.startswith(f"{place}{goes_on}")


def _of_platform(reference: ImageReference, seen: SeenHandIn, expected: Expected) -> list[Remark]:
    if not seen.platforms or expected.machine.platform_for(seen.platforms):
        return []
    needed = expected.machine.platform
    # The student's own computer, of either kind, and the teacher's.
    command = build_line(replace(reference, digest=""), {*BOTH, needed})
    has = ", ".join(seen.platforms)
    return [Remark("no_platform", (("has", has), ("needs", needed), ("command", command)))]


def _of_size(seen: SeenHandIn, expected: Expected) -> list[Remark]:
    if seen.compressed_bytes is None or not is_heavy(seen.compressed_bytes, expected.sizes):
        return []
    return [Remark("heavy", (("size", seen.compressed_bytes), ("usual", int(median(expected.sizes)))))]


def _of_push(seen: SeenHandIn, expected: Expected) -> list[Remark]:
    found = []
    if seen.pushed_at and expected.given_at and seen.pushed_at < expected.given_at:
        found.append(Remark("pushed_before"))
    if seen.pushed_by and expected.docker_id and seen.pushed_by != expected.docker_id:
        found.append(Remark("pushed_by_other", (("pushed_by", seen.pushed_by),)))
    return found
