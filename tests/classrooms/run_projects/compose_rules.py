"""The rules of the Compose specification for what a generated project uses: which keys there are, and of which type.

Written after compose-spec.json of github.com/compose-spec/compose-spec; what is not named here may not be generated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

NAME = re.compile(r"[a-zA-Z0-9._-]+")
PROJECT = re.compile(r"[a-z0-9][a-z0-9_-]*")
BYTES = re.compile(r"\d+[bkmg]b?")
PORT = re.compile(r"127\.0\.0\.1:\d{1,5}:\d{1,5}")
PLATFORM = re.compile(r"linux/[a-z0-9]+(/[a-z0-9]+)?")
DURATION = re.compile(r"\d+s")


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def are_distinct_texts(value: Any) -> bool:
    return are_texts(value) and len(set(value)) == len(value)


def is_texts_by_name(value: Any) -> bool:
    return isinstance(value, dict) and all(is_text(key) and is_text(one) for key, one in value.items())


def matches(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: is_text(value) and bool(pattern.fullmatch(value))


def is_mount(value: Any) -> bool:
    if (
        not isinstance(value, dict)
        or value.get("type") not in ("volume", "tmpfs")
        or not is_text(value.get("target"))
    ):
        return False
    if value["type"] == "tmpfs":
        return set(value) == {"type", "target", "tmpfs"} and isinstance(value["tmpfs"]["size"], int)
    return set(value) <= {"type", "target", "source", "read_only"} and bool(NAME.fullmatch(value["source"]))


def is_attachment(value: Any) -> bool:
    return isinstance(value, dict) and all(set(one) <= {"aliases"} for one in value.values())


SERVICE: dict[str, Callable[[Any], bool]] = {
    "image": is_text,
    "platform": matches(PLATFORM),
    "environment": is_texts_by_name,
    "command": are_texts,
    "entrypoint": are_texts,
    "working_dir": is_text,
    "user": is_text,
    "depends_on": are_distinct_texts,
    "volumes": lambda value: isinstance(value, list) and all(map(is_mount, value)),
    "ports": lambda value: are_distinct_texts(value) and all(map(PORT.fullmatch, value)),
    "networks": is_attachment,
    "mem_limit": matches(BYTES),
    "memswap_limit": matches(BYTES),
    "cpus": lambda value: isinstance(value, int | float) and value > 0,
    "pids_limit": lambda value: isinstance(value, int) and value > 0,
    "cap_drop": are_distinct_texts,
    "cap_add": are_distinct_texts,
    "security_opt": are_distinct_texts,
    "restart": lambda value: value == "no",
    "init": lambda value: isinstance(value, bool),
    "pull_policy": lambda value: value in ("missing", "never", "always"),
    "stop_grace_period": matches(DURATION),
    "logging": lambda value: set(value) == {"driver", "options"} and is_texts_by_name(value["options"]),
    "labels": is_texts_by_name,
}  # fmt: skip


def broken_rules(project: dict[str, Any]) -> list[str]:
    """Every place at which a project does not keep to the specification, or names what is not there."""
    found = [key for key in project if key not in ("name", "services", "networks", "volumes")]
    found += [] if PROJECT.fullmatch(project["name"]) else ["name"]
    for name, service in project["services"].items():
        found += [] if NAME.fullmatch(name) else [f"services.{name}"]
        found += [
            f"{name}.{key}" for key, value in service.items() if key not in SERVICE or not SERVICE[key](value)
        ]
        found += [f"{name} on {one}" for one in service["networks"] if one not in project["networks"]]
        found += [
            f"{name} after {one}" for one in service.get("depends_on", ()) if one not in project["services"]
        ]
        found += [
            f"{name} with {one['source']}"
            for one in service.get("volumes", ())
            if one.get("source", "") not in {"", *project["volumes"]}
        ]
    found += [name for name, one in project["networks"].items() if set(one) - {"internal", "driver_opts"}]
    return found
