"""What in a compose file reaches for the computer that runs it. What is not known to be harmless is refused."""

import re
from collections.abc import Iterator
from typing import Any

from classrooms.compose_files.troubles import ComposeTrouble

# Read and carried into the project that runs it.
TAKEN = {
    "image", "ports", "environment", "volumes", "command", "entrypoint", "depends_on", "working_dir", "user", "tmpfs",
}  # fmt: skip
# Harmless and left out: the project that runs it decides these by itself, or does not need them.
LEFT_OUT = {
    "container_name", "restart", "expose", "networks", "labels", "healthcheck", "stop_grace_period", "stop_signal",
    "init", "tty", "stdin_open", "hostname", "domainname", "platform", "pull_policy", "deploy", "mem_limit", "cpus",
    "read_only", "logging", "profiles", "attach", "annotations", "build",
    "mem_reservation", "pids_limit", "shm_size", "develop", "scale", "cap_drop",
}  # fmt: skip
NAMESPACES = ("network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup")
HOST_KEYS = {
    "devices", "device_cgroup_rules", "cap_add", "security_opt", "cgroup_parent", "volumes_from", "external_links",
    "extra_hosts",
    "env_file", "secrets", "configs", "credential_spec", "gpus", "runtime", "sysctls", "group_add", "links", "extends",
    "isolation", "storage_opt", "ulimits", "oom_score_adj", "oom_kill_disable", "blkio_config", "dns", "dns_opt",
    "dns_search", "mac_address", "provider", "post_start", "pre_stop", "use_api_socket", "models",
}  # fmt: skip
BRINGS_IN = ("include", "extends", "secrets", "configs")
SOCKETS = ("docker.sock", "podman.sock", "containerd.sock")
# Compose takes ${NAME} and $NAME from the computer; $$ is a plain dollar.
VARIABLE = re.compile(r"(?<!\$)(?:\$\$)*(\$(?:\{[^}]*\}?|[A-Za-z_]\w*))")


def dangers_of_file(values: dict[str, Any]) -> Iterator[ComposeTrouble]:
    """What of the top level cannot be taken."""
    yield from (ComposeTrouble("include", value=key) for key in BRINGS_IN if values.get(key))
    volumes = values.get("volumes")
    for name, options in volumes.items() if isinstance(volumes, dict) else ():
        if options:
            yield ComposeTrouble("volume_driver", value=str(name))


def dangers_of_service(name: str, service: dict[str, Any]) -> Iterator[ComposeTrouble]:
    """Everything in one service that is refused, each with its own reason."""
    if service.get("privileged") not in (None, False):
        yield ComposeTrouble("privileged", service=name)
    for key in NAMESPACES:
        if service.get(key) and not (key == "network_mode" and service[key] == "bridge"):
            yield ComposeTrouble("namespace", service=name, key=key, value=str(service[key])[:60])
    for key, value in service.items():
        if key in HOST_KEYS and value:
            yield ComposeTrouble("host_key", service=name, key=key)
        elif key not in TAKEN | LEFT_OUT | HOST_KEYS | {"privileged", *NAMESPACES} and not str(
            key
        ).startswith("x-"):
            yield ComposeTrouble("unknown_key", service=name, key=str(key)[:60])
    yield from _variables(name, service)


def _variables(name: str, service: dict[str, Any]) -> Iterator[ComposeTrouble]:
    taken = {key: value for key, value in service.items() if key in TAKEN}
    for text in dict.fromkeys(_texts(taken)):
        if found := VARIABLE.search(text):
            yield ComposeTrouble("variable", service=name, value=found.group(1)[:60])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from (*_texts(key), *_texts(inside))
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)


def is_socket(source: str) -> bool:
    return source.rstrip("/").rpartition("/")[2] in SOCKETS
