"""From an image's configuration to the signs of secrets in it, with the secrets themselves hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from classrooms.secret_signs.kinds import CLASSROOM_VALUES, KINDS, PLACE_NAME, TELLING_NAME

# An image with a history of a thousand steps is looked at no further than this.
MOST_TEXTS = 2_000
LONGEST_TEXT = 20_000
SHOWN = 4


@dataclass(frozen=True)
class SecretSign:
    """`where` is "env", "label", "history" or "command"; `place` the variable's name or the step's number from 1.

    `kind` is the code of a kind, or "named" where only the name speaks for it. `masked` shows the first letters only.
    """

    kind: str
    where: str
    place: str
    masked: str

    @property
    def is_certain(self) -> bool:
        return self.kind != "named"


@dataclass(frozen=True)
class ImageTexts:
    """What a registry tells of an image without opening a layer: the image's configuration."""

    environment: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    history: tuple[str, ...] = ()
    command: tuple[str, ...] = ()

    @classmethod
    def of_config(cls, config: Mapping[str, object]) -> ImageTexts:
        """From the OCI image configuration, whatever of it is missing or of another type."""
        inner = config.get("config")
        inside: Mapping[str, object] = inner if isinstance(inner, Mapping) else {}
        labels = inside.get("Labels")
        steps = config.get("history")
        return cls(
            environment=_strings(inside.get("Env")),
            labels=tuple((str(key), str(value)) for key, value in labels.items())
            if isinstance(labels, Mapping)
            else (),
            history=tuple(str(step.get("created_by", "")) for step in steps if isinstance(step, Mapping))
            if isinstance(steps, list)
            else (),
            command=(*_strings(inside.get("Entrypoint")), *_strings(inside.get("Cmd"))),
        )


def find_secrets(image: ImageTexts) -> tuple[SecretSign, ...]:
    """Each sign once, the certain ones first. The secret itself is in no part of the answer."""
    found = dict.fromkeys(_signs(image))
    return tuple(sorted(found, key=lambda sign: not sign.is_certain))


def _signs(image: ImageTexts) -> Iterator[SecretSign]:
    for number, (where, place, text) in enumerate(_texts(image)):
        if number >= MOST_TEXTS:
            return
        yield from _marked(where, place, text[:LONGEST_TEXT])
    for line in image.environment:
        name, _, value = line.partition("=")
        yield from _named("env", name, value)
    for name, value in image.labels:
        yield from _named("label", name, value)


def _texts(image: ImageTexts) -> Iterator[tuple[str, str, str]]:
    for line in image.environment:
        name, _, value = line.partition("=")
        yield "env", name[:80], value
    for name, value in image.labels:
        yield "label", name[:80], value
    for number, step in enumerate(image.history, start=1):
        yield "history", str(number), step
    yield "command", "", " ".join(image.command)


def _marked(where: str, place: str, text: str) -> Iterator[SecretSign]:
    for kind in KINDS:
        for match in kind.pattern.finditer(text):
            yield SecretSign(kind.code, where, place, mask(match.group()))


def _named(where: str, name: str, value: str) -> Iterator[SecretSign]:
    """A telling name with a value that no textbook has, and that no mark has told of already."""
    is_told = any(kind.pattern.search(value) for kind in KINDS)
    if TELLING_NAME.search(name) and not PLACE_NAME.search(name) and not is_told and is_somebodys(value):
        yield SecretSign("named", where, name[:80], mask(value))


def is_somebodys(value: str) -> bool:
    """Whether a value is long enough for a secret and in no textbook."""
    return len(value) >= 8 and value.strip().lower() not in CLASSROOM_VALUES and "$" not in value


def mask(secret: str) -> str:
    """The first letters, so that its owner knows which one it is, and nothing of how long it is."""
    return f"{secret[:SHOWN]}…"


def _strings(values: object) -> tuple[str, ...]:
    return (
        tuple(str(value) for value in values)
        if isinstance(values, Iterable) and not isinstance(values, str)
        else ()
    )
