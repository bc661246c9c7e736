"""What differs between two versions of an image, read from their configurations. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# A tenth of a megabyte, the least that pages show.
SEEN_BYTES = 100_000


@dataclass(frozen=True)
class VersionFacts:
    """What is in one version. `layers` are digests from the ground up, `steps` what made those with contents."""

    digest: str
    platform: str
    built_at: datetime | None = None
    compressed_bytes: int | None = None
    platforms: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()

    @classmethod
    def from_config(
        cls, digest: str, config: Mapping[str, Any], compressed_bytes: int | None, platforms: Sequence[str]
    ) -> VersionFacts:
        """Of an image's configuration as OCI describes it; what is not there, or is no text, is empty."""
        run = _mapping(config.get("config"))
        names = [str(config.get(name) or "") for name in ("os", "architecture", "variant")]
        history = [_mapping(row) for row in _list(config.get("history"))]
        return cls(
            digest=digest,
            platform="/".join(filter(None, names)),
            built_at=_moment(config.get("created")),
            compressed_bytes=compressed_bytes,
            platforms=tuple(platforms),
            layers=_texts(_mapping(config.get("rootfs")).get("diff_ids")),
            steps=tuple(str(row.get("created_by") or "") for row in history if not row.get("empty_layer")),
            environment=_texts(run.get("Env")),
            command=(*_texts(run.get("Entrypoint")), *_texts(run.get("Cmd"))),
            ports=tuple(sorted(map(str, _mapping(run.get("ExposedPorts"))))),
        )


@dataclass(frozen=True)
class Comparison:
    """The old version beside the new one; each part is empty where nothing of it changed."""

    old: VersionFacts
    new: VersionFacts

    @property
    def grown_bytes(self) -> int | None:
        """How much larger the new one is; None where a size is not known."""
        if self.old.compressed_bytes is None or self.new.compressed_bytes is None:
            return None
        return self.new.compressed_bytes - self.old.compressed_bytes

    @property
    def shrunk_bytes(self) -> int:
        """How much smaller the new one is; 0 where it is not, or where a size is not known."""
        return max(-(self.grown_bytes or 0), 0)

    @property
    def is_larger(self) -> bool:
        """By so much that it would be seen in megabytes."""
        return (self.grown_bytes or 0) >= SEEN_BYTES

    @property
    def is_smaller(self) -> bool:
        return self.shrunk_bytes >= SEEN_BYTES

    @property
    def shared_layers(self) -> int:
        """How many layers from the ground up are the same: they are not downloaded again."""
        shared = 0
        for before, after in zip(self.old.layers, self.new.layers, strict=False):
            if before != after:
                break
            shared += 1
        return shared

    @property
    def new_layers(self) -> int:
        return len(self.new.layers) - self.shared_layers

    @property
    def new_steps(self) -> tuple[str, ...]:
        """What the builder says made the layers that are new."""
        return self.new.steps[self.shared_layers :] if len(self.new.steps) == len(self.new.layers) else ()

    @property
    def are_for_other_computers(self) -> bool:
        """Whether what was read of the two is for different kinds of computers: no layer of one is one of the other's."""
        before, after = f"{self.old.platform}/", f"{self.new.platform}/"
        return "/" not in (before, after) and not (before.startswith(after) or after.startswith(before))

    @property
    def is_other_base(self) -> bool:
        """Not even the first layer is the same, and it could be."""
        has_layers = bool(self.old.layers and self.new.layers)
        return has_layers and not self.shared_layers and not self.are_for_other_computers

    @property
    def changed_variables(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """(name, before, after); None where there is none."""
        before, after = _variables(self.old), _variables(self.new)
        names = sorted(before.keys() | after.keys())
        return tuple(
            (name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
        )

    @property
    def lost_platforms(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.old.platforms) - set(self.new.platforms)))

    @property
    def gained_platforms(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.new.platforms) - set(self.old.platforms)))

    @property
    def is_other_command(self) -> bool:
        return self.old.command != self.new.command

    @property
    def are_other_ports(self) -> bool:
        return self.old.ports != self.new.ports


def _variables(version: VersionFacts) -> dict[str, str]:
    return {name: value for name, _sign, value in (one.partition("=") for one in version.environment)}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in _list(value) if isinstance(one, str))


def _moment(value: object) -> datetime | None:
    """Builders that want the same bytes each time write the beginning of 1970, or of 1980, which says nothing."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo and moment.year > 1980 else None
