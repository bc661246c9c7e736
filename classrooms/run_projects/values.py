"""What is to be run, how much of the computer it gets, and where it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classrooms.compose_files.values import Service

KEY = re.compile(r"[a-z0-9]{1,24}")


@dataclass(frozen=True)
class Limits:
    """For each container, and for how long. `reaches_out` lets it into the Internet and the school's network."""

    memory_megabytes: int = 512
    cpus: float = 1.0
    processes: int = 256
    minutes: int = 15
    reaches_out: bool = False


@dataclass(frozen=True)
class Work:
    """One hand-in. `key` is ours (letters and digits), never a student's; `services` name their images by digest."""

    key: str
    services: tuple[Service, ...]

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"not a key of ours: {self.key!r}")
        loose = [service.image for service in self.services if "@sha256:" not in service.image]
        if loose:
            raise ValueError(f"not by digest: {', '.join(loose)}")


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
