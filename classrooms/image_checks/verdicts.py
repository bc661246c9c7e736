"""From what a registry says of an image to a verdict: ready, at risk, will not work, with what mends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median

from classrooms.image_checks.aging import find_aged, other_image
from classrooms.image_checks.budget import PullBudget
from classrooms.image_checks.findings import Finding, Verdict, worst
from classrooms.image_facts import is_made_for
from classrooms.image_references.reference import ImageReference

# Two gigabytes take 35 students on a line of 300 Mb/s half an hour.
LARGE_BYTES = 2 * 1024**3
# An image that nobody renewed in three years has no security updates either.
OLD_YEARS = 3


@dataclass(frozen=True)
class SeenImage:
    """What a registry said. `found` is None where it could not be asked; `trouble` says why ("denied", "unreachable")."""

    found: bool | None
    digest: str = ""
    platforms: tuple[str, ...] = ()
    compressed_bytes: int | None = None
    renewed_at: datetime | None = None
    trouble: str = ""
    # Whether the frozen digest itself is still there; None where nothing is frozen, or nobody could tell.
    frozen_found: bool | None = None
    is_private: bool = False


@dataclass(frozen=True)
class Room:
    """The class's computers: platforms they need, and how many students pull.

    `translated` are platforms of computers that also run what is made for Intel's processors, slowly.
    """

    platforms: tuple[str, ...] = ("linux/amd64",)
    students: int = 0
    translated: tuple[str, ...] = ("linux/arm64",)
    reads_private: bool = True


@dataclass(frozen=True)
class CheckedImage:
    """`findings`: the worst first."""

    reference: ImageReference
    findings: tuple[Finding, ...] = field(default=())

    @property
    def verdict(self) -> Verdict:
        return worst(finding.verdict for finding in self.findings)


def check_image(
    reference: ImageReference, seen: SeenImage, room: Room, *, frozen: str = "", on: date
) -> CheckedImage:
    """Everything there is to say of one image for one room."""
    if seen.found is None:
        return CheckedImage(reference, (_unknown(reference, seen),))
    if not seen.found and seen.frozen_found is not True:
        return CheckedImage(reference, (_missing(reference),))
    found = [
        *([Finding("not_for_students")] if seen.is_private and not room.reads_private else []),
        *_of_freezing(reference, seen, frozen),
        *_of_platforms(reference, seen, room),
        *_of_age(reference, seen, on),
    ]
    if seen.compressed_bytes and seen.compressed_bytes > LARGE_BYTES:
        found.append(Finding("large", (("size", seen.compressed_bytes),)))
    return CheckedImage(reference, tuple(sorted(found, key=lambda one: -one.weight)))


def check_pulls(budget: PullBudget) -> Finding | None:
    """Whether the room's pulls are more than what is left for its address; None where they fit or nobody knows."""
    if not budget.missing:
        return None
    return Finding("too_many_pulls", (("needed", budget.needed), ("left", budget.left)))


def is_heavy(compressed_bytes: int, others: Iterable[int]) -> bool:
    """Whether an image is several times what the rest of the class has: ten times the median of at least three."""
    sizes = list(others)
    return len(sizes) >= 3 and compressed_bytes > 10 * median(sizes)


def _unknown(reference: ImageReference, seen: SeenImage) -> Finding:
    if seen.trouble in ("denied", "elsewhere"):
        return Finding(seen.trouble)
    return Finding("unreachable") if reference.is_on_docker_hub else Finding("silent", _registry(reference))


def _missing(reference: ImageReference) -> Finding:
    if not reference.is_on_docker_hub:
        return Finding("hidden", _registry(reference))
    if reference.namespace == "bitnami":
        return Finding("moved_catalogue", _instead(reference))
    return Finding("missing")


def _instead(reference: ImageReference) -> tuple[tuple[str, object], ...]:
    other = other_image(reference.repository)
    return (("instead", other),) if other else ()


def _registry(reference: ImageReference) -> tuple[tuple[str, object], ...]:
    return (("registry", reference.host),)


def _of_freezing(reference: ImageReference, seen: SeenImage, frozen: str) -> list[Finding]:
    if frozen and seen.frozen_found is False:
        return [Finding("frozen_gone")]
    if frozen:
        return [Finding("changed")] if seen.digest and seen.digest != frozen else []
    return (
        [Finding("floating", (("tag", reference.tag or "latest"),))]
        if reference.tag in ("", "latest")
        else []
    )


def _of_platforms(reference: ImageReference, seen: SeenImage, room: Room) -> list[Finding]:
    """An Apple chip runs what is made for Intel's, slowly; a Raspberry Pi runs nothing but what is made for it."""
    if not seen.platforms:
        return []
    missing = [
        wanted for wanted in room.platforms if not any(is_made_for(one, wanted) for one in seen.platforms)
    ]
    has_amd64 = any(is_made_for(one, "linux/amd64") for one in seen.platforms)
    command = build_line(reference, (*seen.platforms, *missing))
    return [
        Finding(
            "emulated" if has_amd64 and wanted in room.translated else "no_platform",
            (("platform", wanted), ("command", command)),
        )
        for wanted in missing
    ]


def _of_age(reference: ImageReference, seen: SeenImage, on: date) -> list[Finding]:
    aged = find_aged(reference.repository, reference.tag, on) if reference.is_on_docker_hub else None
    if aged:
        facts: list[tuple[str, object]] = [("date", aged.ended_on)]
        if aged.instead:
            return [Finding("aged", (*facts, ("instead", f"{reference.repository}:{aged.instead}")))]
        return [Finding("aged_for_good", (*facts, *_instead(reference)))]
    if seen.renewed_at and (on - seen.renewed_at.date()).days > OLD_YEARS * 365:
        return [Finding("old", (("date", seen.renewed_at.date()),))]
    return []


def build_line(reference: ImageReference, platforms: Iterable[str]) -> str:
    """The line that builds an image for all of these at once and pushes it."""
    wanted = ",".join(sorted({"/".join(platform.split("/")[:2]) for platform in platforms}))
    return f"docker buildx build --platform {wanted} -t {reference.familiar} --push ."
