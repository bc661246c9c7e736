"""From hand-ins to what can be run on the teacher's computer: by the digest that was handed in, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from classrooms.compose_files.reading import read_compose
from classrooms.compose_files.troubles import ComposeRefused
from classrooms.compose_files.values import PublishedPort, Service
from classrooms.image_checks.machines import Machine
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.models import HandIn
from classrooms.run_projects.values import Work, loaded_name


@dataclass(frozen=True)
class Runnable:
    """A hand-in with the work that runs it; `work` None and `reason` where it cannot be run.

    `remarks` are sentences on what runs otherwise than one might think.
    """

    hand_in: HandIn
    work: Work | None
    reason: str = ""
    remarks: tuple[str, ...] = ()


def key_of(row: HandIn) -> str:
    """By which a hand-in is known in the project, and its file on the computer that runs it."""
    return f"w{row.pk}"


def runnable(hand_ins: Iterable[HandIn], machine: Machine = Machine.PC) -> list[Runnable]:
    """Each with what runs it on this kind of computer."""
    return [_runnable(one, machine) for one in hand_ins]


def _runnable(row: HandIn, machine: Machine) -> Runnable:
    digest = row.digest or row.later_digest
    if not digest:
        return Runnable(row, None, _("Nobody has seen yet which version was handed in. Look again."))
    if row.compose:
        return _of_compose(row, digest, machine)
    image = _image(row, read_reference(row.reference) if row.reference else None, digest)
    service = Service("web", image, ports=_ports(row), platform=_platform(row, machine))
    return Runnable(row, Work(key_of(row), (service,)), remarks=_remarks(row, machine))


def _of_compose(row: HandIn, digest: str, machine: Machine) -> Runnable:
    try:
        services = read_compose(row.compose).services
    except ComposeRefused as refusal:
        return Runnable(row, None, str(refusal))
    known = (
        row.later_compose_digests | row.compose_digests | ({row.reference: digest} if row.reference else {})
    )
    pinned = [_pinned(row, one, known, machine) for one in services]
    missing = [one.image for one, found in zip(services, pinned, strict=True) if found is None]
    if missing:
        told = _("Which version of %(images)s was meant is not known: it was not to be seen at hand-in.")
        return Runnable(row, None, told % {"images": ", ".join(missing)})
    found = tuple(one for one in pinned if one)
    by_tag = tuple(
        dict.fromkeys(one.image for one in found if "@" not in one.image and not _is_of_file(row, one))
    )
    return Runnable(row, Work(key_of(row), found, by_tag), remarks=_remarks(row, machine, by_tag))


def _pinned(row: HandIn, service: Service, known: Mapping[str, str], machine: Machine) -> Service | None:
    reference = read_reference(service.image)
    digest = reference.digest or known.get(service.image, "")
    if not digest:
        # Nobody was asked what it meant; the tag is all there is to go by.
        return None if reference.is_on_docker_hub else replace(service, image=reference.pull_argument)
    is_handed_in = digest == (row.digest or row.later_digest)
    platform = _platform(row, machine) if is_handed_in else _usual_platform(machine)
    return replace(service, image=_image(row, reference, digest), platform=platform)


def _image(row: HandIn, reference: ImageReference | None, digest: str) -> str:
    if row.archive and digest == row.digest:
        return loaded_name(key_of(row), digest)
    assert reference is not None
    return f"{reference.repository}@{digest}"


def _is_of_file(row: HandIn, service: Service) -> bool:
    return bool(row.archive) and service.image == loaded_name(key_of(row), row.digest)


def _platform(row: HandIn, machine: Machine) -> str:
    """Where it has none that the computer runs, the one it has: Docker may be able to translate it."""
    if not row.platforms:
        return _usual_platform(machine)
    return machine.platform_for(row.platforms) or "/".join(str(row.platforms[0]).split("/")[:3])


def _usual_platform(machine: Machine) -> str:
    """Of an image whose platforms nobody has seen. A computer that translates takes what suits it best by itself."""
    return "" if machine.translates else machine.platform


def _remarks(row: HandIn, machine: Machine, by_tag: Sequence[str] = ()) -> tuple[str, ...]:
    found = []
    if row.platforms and not machine.platform_for(row.platforms):
        told = _("made for %(has)s: it may not start on this computer")
        found.append(told % {"has": ", ".join(map(str, row.platforms))})
    if by_tag:
        told = _("%(images)s: not on Docker Hub, so by its tag, which may mean another version by now")
        found.append(told % {"images": ", ".join(by_tag)})
    return tuple(found)


def _ports(row: HandIn) -> tuple[PublishedPort, ...]:
    return tuple(PublishedPort(int(one)) for one in row.ports)
