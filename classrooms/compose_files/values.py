"""What a compose file says, as far as it may be run: frozen values without anything that reaches the host."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedPort:
    """A port of the container; which one of the computer it becomes is decided by whoever runs it."""

    target: int
    protocol: str = "tcp"


@dataclass(frozen=True)
class Mount:
    """A named volume, or a folder in memory where `volume` is ""."""

    target: str
    volume: str = ""
    is_read_only: bool = False


@dataclass(frozen=True)
class Service:
    """One service. `command` and `entrypoint` are lists of words, None where the image's own is kept."""

    name: str
    image: str
    ports: tuple[PublishedPort, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    mounts: tuple[Mount, ...] = ()
    command: tuple[str, ...] | None = None
    entrypoint: tuple[str, ...] | None = None
    depends_on: tuple[str, ...] = ()
    working_dir: str = ""
    user: str = ""
    # For which kind of computer, as `docker run --platform` says it; "" is left to Docker.
    platform: str = ""


@dataclass(frozen=True)
class ComposeFile:
    """All services in the order of the file."""

    services: tuple[Service, ...]

    @property
    def images(self) -> tuple[str, ...]:
        """Each image once, in the order of the file."""
        return tuple(dict.fromkeys(service.image for service in self.services))

    @property
    def volumes(self) -> tuple[str, ...]:
        return tuple(sorted({mount.volume for one in self.services for mount in one.mounts if mount.volume}))
