"""From hand-ins to what can be run: by the digest that was handed in, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import ComposeRefused
from classrooms.compose_files.values import PublishedPort, Service
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.models import HandIn
from classrooms.run_projects.values import Work, loaded_name


@dataclass(frozen=True)
class Runnable:
    """A hand-in with the work that runs it; `work` None and `reason` where it cannot be run."""

    hand_in: HandIn
    work: Work | None
    reason: str = ""


def runnable(hand_ins: Iterable[HandIn]) -> list[Runnable]:
    return [_runnable(one) for one in hand_ins]


def _runnable(row: HandIn) -> Runnable:
    digest = row.digest or row.later_digest
    if not digest:
        return Runnable(row, None, _("Nobody has seen yet which version was handed in. Look again."))
    key = f"w{row.pk}"
    if row.compose:
        return _of_compose(row, key, digest)
    image = loaded_name(key, digest) if row.archive else _by_digest(read_reference(row.reference), digest)
    return Runnable(row, Work(key, (Service("web", image, ports=_ports(row)),)))


def _of_compose(row: HandIn, key: str, digest: str) -> Runnable:
    try:
        services = read_compose(row.compose).services
    except ComposeRefused as refusal:
        return Runnable(row, None, str(refusal))
    known = dict(row.compose_digests) | ({row.reference: digest} if row.reference else {})
    pinned = [_pinned(one, known) for one in services]
    missing = [one.image for one, found in zip(services, pinned, strict=True) if found is None]
    if missing:
        told = _("Which version of %(images)s was meant is not known: it was not to be seen at hand-in.")
        return Runnable(row, None, told % {"images": ", ".join(missing)})
    return Runnable(row, Work(key, tuple(one for one in pinned if one)))


def _pinned(service: Service, known: dict[str, str]) -> Service | None:
    reference = read_reference(service.image)
    digest = reference.digest or known.get(service.image, "")
    return replace(service, image=_by_digest(reference, digest)) if digest else None


def _by_digest(reference: ImageReference, digest: str) -> str:
    return f"{reference.repository}@{digest}"


def _ports(row: HandIn) -> tuple[PublishedPort, ...]:
    return tuple(PublishedPort(int(one)) for one in row.ports)
