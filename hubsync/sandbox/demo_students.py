"""What invented students have pushed: good work, work for the wrong computer, a key left in an image."""

from datetime import timedelta
from typing import Any

from .world import World

BOTH = ("linux/amd64", "linux/arm64/v8")
PC, MAC = ("linux/amd64",), ("linux/arm64/v8",)
MEGABYTE = 1_000_000
WEB: dict[str, Any] = {"ExposedPorts": {"80/tcp": {}}}
# An invented key with the shape of a real one.
KEY = {**WEB, "Env": ["NGINX_VERSION=1.27.2", "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE"]}
# Docker ID, repository, tag, platforms, megabytes, configuration, days ago, and who pushed it where somebody else did
PUSHED = (
    ("nereaalba", "mi-web", "v1", BOTH, 73, WEB, 6, ""),
    ("omarhaddad", "mi-web", "v1", MAC, 71, WEB, 5, ""),
    ("omarhaddad", "mi-web", "v2", BOTH, 72, WEB, 4, ""),
    ("omarhaddad", "mi-web", "v3", BOTH, 74, WEB, 1, ""),
    ("lince27", "servidor", "1.0", PC, 68, WEB, 6, ""),
    ("olmo314", "web", "v1", BOTH, 75, KEY, 4, ""),
    ("cometa8", "mi-web", "v1", PC, 72, WEB, 2, ""),
    ("brezo55", "apache-ubuntu", "latest", PC, 812, WEB, 4, ""),
    ("marea12", "web", "v1", MAC, 70, WEB, 4, ""),
    ("tejo90", "mi-web", "v1", BOTH, 73, WEB, 4, "lince27"),
    ("nuriaacosta", "tienda", "v1", BOTH, 184, WEB, 3, ""),
    ("leoaguilar", "tienda-php", "1.1", BOTH, 190, WEB, 2, ""),
)


def fill_students(world: World) -> None:
    """Their accounts, public repositories and tags, pushed in the last days."""
    for docker_id, name, tag, platforms, megabytes, config, days, pushed_by in PUSHED:
        if world.find_user(docker_id) is None:
            world.add_user(docker_id, email=f"{docker_id}@alumnado.example")
        if world.find_repository(docker_id, name) is None:
            world.add_repository(docker_id, name, is_private=False, actor=docker_id)
        pushed = world.push_tag(
            docker_id, name, tag, platforms=platforms, size_bytes=megabytes * MEGABYTE, config=config,
            pushed_by=pushed_by or docker_id,
        )  # fmt: skip
        pushed.pushed_at -= timedelta(days=days)
