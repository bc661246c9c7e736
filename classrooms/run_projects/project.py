"""The compose project: by digest, each port of its own, bounded, and without the way out unless it is allowed.

Docker: a network that is `internal` publishes no ports (moby#36174), so what answers to the teacher stands on a second
network of the same hand-in whose packets are not masqueraded: answers to the teacher find their way, the Internet's do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from classrooms.compose_files.values import Mount, Service
from classrooms.run_projects.values import LOADED, Door, Limits, Work

# Above what practices use, below where systems take ports for connections of their own.
FIRST_PORT, LAST_PORT = 20_000, 32_000
INSIDE, DOOR, OUTSIDE = "inside", "door", "outside"
NO_MASQUERADE = {"com.docker.network.bridge.enable_ip_masquerade": "false"}
# What an ordinary server needs to start as root and then serve as somebody else; nothing that reaches the computer.
CAPABILITIES = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID", "NET_BIND_SERVICE", "KILL"]
LOG = {"driver": "json-file", "options": {"max-size": "1m", "max-file": "1"}}


class NoPortsLeft(ValueError):
    """More ports are asked for than there are."""


def doors_of(works: Sequence[Work], first_port: int = FIRST_PORT) -> tuple[Door, ...]:
    """Every published port of every work with a port of its own, in order. Raises NoPortsLeft."""
    asked = [
        (work.key, service.name, port.target)
        for work in works
        for service in work.services
        for port in service.ports
        if port.protocol == "tcp"
    ]
    if first_port + len(asked) > LAST_PORT:
        raise NoPortsLeft(f"{len(asked)} ports from {first_port} on")
    return tuple(Door(*one, first_port + number) for number, one in enumerate(asked))


def compose_project(name: str, works: Sequence[Work], doors: Sequence[Door], limits: Limits) -> str:
    """The text of the compose file. `name` is ours. Whatever a student wrote is a value in it and nothing else."""
    project = {
        "name": name,
        "services": dict(entry for work in works for entry in _services(work, doors, limits)),
        "networks": dict(entry for work in works for entry in _networks(work, limits)),
        "volumes": {f"{work.key}-{volume}": {} for work in works for volume in _volumes(work)},
    }
    # Written in ASCII: of some signs (U+0085) readers of YAML make a space.
    return yaml.safe_dump(project, sort_keys=False, allow_unicode=False, width=1000)


def _services(work: Work, doors: Sequence[Door], limits: Limits) -> Iterator[tuple[str, dict[str, Any]]]:
    for service in work.services:
        own = [door for door in doors if (door.key, door.service) == (work.key, service.name)]
        yield f"{work.key}-{service.name}", _service(work, service, own, limits)


def _service(work: Work, service: Service, doors: Sequence[Door], limits: Limits) -> dict[str, Any]:
    known = {other.name for other in work.services}
    way_out = OUTSIDE if limits.reaches_out else DOOR
    said: dict[str, Any] = {
        "image": service.image,
        "platform": service.platform,
        "environment": {name: _literal(value) for name, value in service.environment},
        "command": _words(service.command),
        "entrypoint": _words(service.entrypoint),
        "working_dir": _literal(service.working_dir),
        "user": _literal(service.user),
        "depends_on": [f"{work.key}-{name}" for name in service.depends_on if name in known - {service.name}],
        "volumes": [_mount(work, mount) for mount in service.mounts],
        "ports": [f"127.0.0.1:{door.port}:{door.target}" for door in doors],
        "networks": {
            f"{work.key}-{INSIDE}": {"aliases": [service.name]},
            **({f"{work.key}-{way_out}": {}} if doors or limits.reaches_out else {}),
        },
    }
    # What is loaded from a file is to be had nowhere else.
    pulled = {"pull_policy": "never" if LOADED.fullmatch(service.image) else "missing"}
    return {key: value for key, value in said.items() if value} | _bounds(limits) | pulled


def _bounds(limits: Limits) -> dict[str, Any]:
    return {
        "mem_limit": f"{limits.memory_megabytes}m",
        "memswap_limit": f"{limits.memory_megabytes}m",
        "cpus": limits.cpus,
        "pids_limit": limits.processes,
        "cap_drop": ["ALL"],
        "cap_add": CAPABILITIES,
        "security_opt": ["no-new-privileges:true"],
        "restart": "no",
        "init": True,
        "stop_grace_period": "3s",
        "logging": LOG,
        # So that everything of a project is found and removed, whatever became of its file.
        "labels": {"aulahub.run": "true"},
    }


def _networks(work: Work, limits: Limits) -> Iterator[tuple[str, dict[str, Any]]]:
    yield f"{work.key}-{INSIDE}", {"internal": True}
    if limits.reaches_out:
        yield f"{work.key}-{OUTSIDE}", {}
    else:
        yield f"{work.key}-{DOOR}", {"driver_opts": NO_MASQUERADE}


def _volumes(work: Work) -> list[str]:
    return sorted({mount.volume for service in work.services for mount in service.mounts if mount.volume})


def _mount(work: Work, mount: Mount) -> dict[str, Any]:
    if not mount.volume:
        return {"type": "tmpfs", "target": _literal(mount.target), "tmpfs": {"size": 64 * 1024 * 1024}}
    named = {"type": "volume", "source": f"{work.key}-{mount.volume}", "target": _literal(mount.target)}
    return named | ({"read_only": True} if mount.is_read_only else {})


def _words(words: tuple[str, ...] | None) -> list[str] | None:
    return None if words is None else [_literal(word) for word in words]


def _literal(value: str) -> str:
    """Compose replaces $NAME from the teacher's own environment, unless the dollar is written twice."""
    return value.replace("$", "$$")
