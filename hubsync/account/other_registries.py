"""Looks at images of other registries: those that this installation lists, as nobody, without the portal's budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

from django.conf import settings

from classrooms.image_references.reading import read_reference
from hubsync.hub.errors import HubError, HubThrottled
from hubsync.hub.other_reader import OtherRegistryReader
from hubsync.hub.other_registries import OtherRegistry
from hubsync.hub.transport import user_agent_with

T = TypeVar("T")
# After this no further image is begun: a check is held by its worker for two minutes.
LOOK_SECONDS = 30.0
# What is read while a person waits at a page.
PATIENCE_SECONDS = 15.0


class NotAsked(HubError):
    """Nothing was sent: what this registry did a moment ago stands, or the time of the look is over."""

    def __init__(self, trouble: str) -> None:
        super().__init__()
        self.trouble = trouble


def registry_of(repository: str) -> OtherRegistry | None:
    """The listed registry of "ghcr.io/owner/name"; None for Docker Hub, and where this installation asks nobody."""
    host = read_reference(repository).host
    return next((one for one in settings.OTHER_REGISTRIES if one.host == host), None)


@contextmanager
def other_reader(registry: OtherRegistry, seconds: float = LOOK_SECONDS) -> Iterator[OtherRegistryReader]:
    """The way to one registry, for so long."""
    reader = OtherRegistryReader(
        registry, user_agent=user_agent_with(settings.BASE_URL), look_seconds=seconds
    )
    try:
        yield reader
    finally:
        reader.close()


class Silence:
    """Which registries gave no answer in this look. They are not asked again in it, and the others go on."""

    def __init__(self) -> None:
        self._troubles: dict[str, str] = {}
        self._until = monotonic() + LOOK_SECONDS

    @contextmanager
    def heard(self, registry: OtherRegistry) -> Iterator[None]:
        """Raises NotAsked instead of asking in vain, and remembers what asking raised."""
        if registry.host in self._troubles or monotonic() > self._until:
            raise NotAsked(self._troubles.get(registry.host, "unreachable"))
        try:
            yield
        except HubError as problem:
            # An answer that is of no use says nothing of the next image; no answer does, and so does "too much".
            if not problem.status or isinstance(problem, HubThrottled):
                self._troubles[registry.host] = trouble_of(problem)
            raise


def trouble_of(error: HubError) -> str:
    """Why nothing was learnt, as it is kept with the tag."""
    if isinstance(error, NotAsked):
        return error.trouble
    return "throttled" if isinstance(error, HubThrottled) else "unreachable"


def in_lanes(items: Sequence[T], lanes: int) -> list[list[T]]:
    """The items dealt out to at most so many lanes, which are walked side by side."""
    dealt = [list(items[number::lanes]) for number in range(lanes)]
    return [lane for lane in dealt if lane]
