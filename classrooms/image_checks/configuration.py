"""What an image's configuration tells of it without a layer being opened: its ports, and keys that were left in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from classrooms.secret_signs.finding import ImageTexts, find_secrets

MOST_PORTS = 5


def ports_of(config: Mapping[str, Any] | None) -> tuple[int, ...]:
    """The TCP ports that its builder declared with EXPOSE, in order."""
    inside = (config or {}).get("config")
    exposed = inside.get("ExposedPorts") if isinstance(inside, dict) else None
    names = [str(name).removesuffix("/tcp") for name in exposed] if isinstance(exposed, dict) else []
    numbers = {int(one) for one in names if one.isascii() and one.isdecimal() and len(one) < 6}
    return tuple(sorted(one for one in numbers if 0 < one < 65_536))[:MOST_PORTS]


def signs_in(config: Mapping[str, Any] | None) -> tuple[dict[str, Any], ...]:
    """Signs of keys and tokens, masked, as they are kept."""
    return tuple(asdict(sign) for sign in find_secrets(ImageTexts.of_config(config))) if config else ()
