"""The parts of a service in the two ways in which Compose lets each be written."""

import re
import shlex
from collections.abc import Iterator
from typing import Any

from classrooms.compose_files.dangers import is_socket
from classrooms.compose_files.troubles import ComposeRefused, ComposeTrouble
from classrooms.compose_files.values import Mount, PublishedPort

PORT = re.compile(r"(?:.*:)?(\d{1,5})(?:-\d+)?(?:/(tcp|udp))?")
VOLUME_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
# C:\\Users:/users, and C:/Users:/users: what looks like a volume called C is a drive.
WINDOWS_PATH = re.compile(r"[A-Za-z]:(?:\\|/[^:]*:/)")
VARIABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
Scalar = (str, int, float, bool)


def words(service: str, key: str, value: Any) -> tuple[str, ...] | None:
    """A command as a list of words; a text is split as Compose does, never given to a shell by us."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return tuple(shlex.split(_plain(value)))
        except ValueError as problem:
            raise _shape(service, key) from problem
    if isinstance(value, list) and all(isinstance(word, Scalar) for word in value):
        return tuple(_plain(_text(word)) for word in value)
    raise _shape(service, key)


def environment(service: str, value: Any) -> tuple[tuple[str, str], ...]:
    """Names and values in the order of the file; a name without value would be taken from the computer."""
    pairs = list(_pairs(service, value))
    for name, text in pairs:
        if not VARIABLE_NAME.fullmatch(name):
            raise _shape(service, "environment")
        if text is None:
            raise ComposeRefused(ComposeTrouble("variable", service=service, value=name))
    return tuple((name, _plain(text)) for name, text in pairs if text is not None)


def _pairs(service: str, value: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield _text(name), None if inside is None else _scalar(service, "environment", inside)
    elif isinstance(value, list):
        for line in value:
            name, equals, text = _scalar(service, "environment", line).partition("=")
            yield name, text if equals else None
    elif value is not None:
        raise _shape(service, "environment")


def ports(service: str, value: Any) -> tuple[PublishedPort, ...]:
    """The container's side only: which port of the computer it becomes is not the student's to say."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _shape(service, "ports")
    return tuple(dict.fromkeys(_port(service, one) for one in value))


def _port(service: str, value: Any) -> PublishedPort:
    if isinstance(value, dict):
        value = f"{value.get('target')}/{value.get('protocol', 'tcp')}"
    found = PORT.fullmatch(_scalar(service, "ports", value))
    if not found or not 0 < int(found[1]) < 65_536:
        raise _shape(service, "ports")
    return PublishedPort(int(found[1]), found[2] or "tcp")


def mounts(service: str, volumes: Any, tmpfs: Any) -> tuple[Mount, ...]:
    """Named volumes and folders in memory. Raises ComposeRefused for a path of the computer."""
    if not isinstance(volumes, list | None) or not isinstance(tmpfs, list | str | None):
        raise _shape(service, "volumes")
    in_memory = [tmpfs] if isinstance(tmpfs, str) else tmpfs or []
    found = [_mount(service, one) for one in volumes or []]
    return (
        *found,
        *(Mount(_target(service, _scalar(service, "tmpfs", one).split(":")[0])) for one in in_memory),
    )


def _mount(service: str, value: Any) -> Mount:
    if isinstance(value, dict):
        return _long_mount(service, value)
    text = _scalar(service, "volumes", value)
    source, *rest = text.split(":")
    if WINDOWS_PATH.match(text):
        raise ComposeRefused(ComposeTrouble("host_path", service=service, value=text[:60]))
    if not rest:
        # Nothing before a colon: a volume without a name, gone with the container.
        return Mount(_target(service, source))
    return Mount(_target(service, rest[0]), _volume(service, source), "ro" in rest[1:])


def _long_mount(service: str, value: dict[str, Any]) -> Mount:
    target = _target(service, str(value.get("target", "")))
    if value.get("type") == "tmpfs" or not value.get("source"):
        return Mount(target)
    name = _volume(service, str(value["source"]))
    if value.get("type", "volume") != "volume":
        raise ComposeRefused(ComposeTrouble("host_path", service=service, value=name))
    return Mount(target, name, value.get("read_only") is True)


def _volume(service: str, source: str) -> str:
    if is_socket(source):
        raise ComposeRefused(ComposeTrouble("docker_socket", service=service))
    if not VOLUME_NAME.fullmatch(source):
        raise ComposeRefused(ComposeTrouble("host_path", service=service, value=source[:60]))
    return source


def _target(service: str, path: str) -> str:
    if not path.startswith("/") or ".." in path.split("/") or any(ord(sign) < 32 for sign in path):
        raise _shape(service, "volumes")
    return path


def _scalar(service: str, key: str, value: Any) -> str:
    if not isinstance(value, Scalar):
        raise _shape(service, key)
    return _text(value)


def _text(value: Any) -> str:
    """As Compose reads YAML's own values: true, not True."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _plain(text: str) -> str:
    """Compose writes a dollar twice."""
    return text.replace("$$", "$")


def _shape(service: str, key: str) -> ComposeRefused:
    return ComposeRefused(ComposeTrouble("shape", service=service, key=key))
