"""From the text of a compose file to services that may be run, or everything that speaks against it at once."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from classrooms.compose_files import service_parts as parts
from classrooms.compose_files.dangers import dangers_of_file, dangers_of_service
from classrooms.compose_files.troubles import ComposeRefused, ComposeTrouble
from classrooms.compose_files.values import ComposeFile, Service
from classrooms.compose_files.yaml_text import read_values
from classrooms.image_references.reading import read_reference
from classrooms.image_references.troubles import ReferenceTrouble

T = TypeVar("T")
MOST_SERVICES = 12
SERVICE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


def read_compose(text: str) -> ComposeFile:
    """The services of a compose file. Raises ComposeRefused with all that speaks against it, not only the first."""
    values = read_values(text)
    services: dict[Any, Any] = values["services"]
    if len(services) > MOST_SERVICES:
        raise ComposeRefused(ComposeTrouble("too_many_services"))
    troubles = list(dangers_of_file(values))
    read = [_gather(troubles, partial(_service, str(name), one)) for name, one in services.items()]
    if troubles:
        raise ComposeRefused(*dict.fromkeys(troubles))
    return ComposeFile(tuple(service for service in read if service))


def _gather(troubles: list[ComposeTrouble], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except ComposeRefused as refusal:
        troubles.extend(refusal.troubles)
        return None


def _service(name: str, values: Any) -> Service:
    if not SERVICE_NAME.fullmatch(name):
        raise ComposeRefused(ComposeTrouble("service_name", service=name[:60]))
    if not isinstance(values, dict):
        raise ComposeRefused(ComposeTrouble("shape", service=name, key=name))
    troubles = list(dangers_of_service(name, values))
    service = _gather(troubles, lambda: _read(name, values))
    if troubles or service is None:
        raise ComposeRefused(*troubles)
    return service


def _read(name: str, values: dict[str, Any]) -> Service:
    return Service(
        name=name,
        image=_image(name, values.get("image")),
        ports=parts.ports(name, values.get("ports")),
        environment=parts.environment(name, values.get("environment")),
        mounts=parts.mounts(name, values.get("volumes"), values.get("tmpfs")),
        command=parts.words(name, "command", values.get("command")),
        entrypoint=parts.words(name, "entrypoint", values.get("entrypoint")),
        depends_on=_depends_on(name, values.get("depends_on")),
        working_dir=_line(name, "working_dir", values.get("working_dir")),
        user=_line(name, "user", values.get("user")),
    )


def _image(service: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ComposeRefused(ComposeTrouble("no_image", service=service))
    try:
        reference = read_reference(value.strip())
    except ReferenceTrouble as problem:
        raise ComposeRefused(ComposeTrouble("image", service=service, value=value[:60])) from problem
    return reference.familiar


def _depends_on(service: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, list | dict) and all(isinstance(name, str) for name in value):
        return tuple(value)
    if value is None:
        return ()
    raise ComposeRefused(ComposeTrouble("shape", service=service, key="depends_on"))


def _line(service: str, key: str, value: Any) -> str:
    text = "" if value is None else str(value)
    if not isinstance(value, str | int | None) or not text.isprintable():
        raise ComposeRefused(ComposeTrouble("shape", service=service, key=key))
    return text
