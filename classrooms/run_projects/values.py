"""What is to be run, how much of the computer it gets, and where it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classrooms.compose_files.values import Service
from classrooms.image_references.reading import read_reference

KEY = re.compile(r"[a-z0-9]{1,24}")
# What is loaded from a file has no registry: its name is ours, its tag the digest of its configuration.
LOADED = re.compile(r"aulahub\.invalid/[a-z0-9]{1,24}:[0-9a-f]{64}")


@dataclass(frozen=True)
class Limits:
    """For each container, and for how long. `reaches_out` lets it into the Internet and the school's network."""

    memory_megabytes: int = 512
    cpus: float = 1.0
    processes: int = 256
    minutes: int = 15
    reaches_out: bool = False


def loaded_name(key: str, digest: str) -> str:
    """What an image from a file is called on the computer that runs it; `digest` is "sha256:…"."""
    return f"aulahub.invalid/{key}:{digest.removeprefix('sha256:')}"


@dataclass(frozen=True)
class Work:
    """One hand-in. `key` is ours (letters and digits), never a student's; `services` name their images by digest."""

    key: str
    services: tuple[Service, ...]
    # Images that are run by their tag, since nobody can say what it meant: only with a registry of their own.
    by_tag: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"not a key of ours: {self.key!r}")
        loose = [
            one.image
            for one in self.services
            if "@sha256:" not in one.image
            and not LOADED.fullmatch(one.image)
            and not self._may_be_by_tag(one)
        ]
        if loose:
            raise ValueError(f"not by digest: {', '.join(loose)}")

    def _may_be_by_tag(self, service: Service) -> bool:
        return service.image in self.by_tag and not read_reference(service.image).is_on_docker_hub


@dataclass(frozen=True)
class Door:
    """Where one port of one service answers on the teacher's own computer, and only there."""

    key: str
    service: str
    target: int
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"
