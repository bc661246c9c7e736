"""One compose file from a practice's images and how each is run, for practices without a file of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from classrooms.image_references.reading import read_reference
from classrooms.image_references.troubles import ReferenceTrouble
from classrooms.pull_scripts.commands import Recipe
from classrooms.pull_scripts.quoting import comment

# `image:` in a block or between braces, its value bare or quoted.
_IMAGE = re.compile(r"""(?P<before>\bimage["']?:[ \t]*)(?P<quote>["']?)(?P<value>[^\s"',}#]+)(?P=quote)""")
_NAMED_VOLUME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?=:/)")


@dataclass(frozen=True)
class ComposeImage:
    """`digest` may be "", where the tag alone is followed."""

    repository: str
    tag: str
    digest: str = ""
    recipe: Recipe = field(default_factory=Recipe)

    @property
    def reference(self) -> str:
        return f"{self.repository}:{self.tag}" + (f"@{self.digest}" if self.digest else "")


def compose_text(heading: str, images: Sequence[ComposeImage]) -> str:
    """The file: a service for each image, called as it is. YAML and Compose read every value as it was typed."""
    names = _names(images)
    values: dict[str, Any] = {"services": dict(zip(names, map(_service, images), strict=True))}
    if volumes := _volumes(images):
        values["volumes"] = {name: {} for name in volumes}
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=False, width=1000)
    return f"# {comment(heading)}\n{text}"


def with_digests(text: str, digests: Mapping[str, str]) -> str:
    """A teacher's compose file in which the images named in `digests` ("nginx:1.27") are taken by that digest.

    Everything else stays byte for byte, comments too.
    """

    def frozen(match: re.Match[str]) -> str:
        try:
            named = read_reference(match["value"])
        except ReferenceTrouble:  # a variable of the computer, say
            return match[0]
        name = f"{named.repository}:{named.tag or 'latest'}"
        value = f"{name}@{digests[name]}" if name in digests else match["value"]
        return f"{match['before']}{match['quote']}{value}{match['quote']}"

    return _IMAGE.sub(frozen, text)


def _service(image: ComposeImage) -> dict[str, Any]:
    lists = {
        "ports": image.recipe.ports,
        "environment": image.recipe.environment,
        "volumes": image.recipe.volumes,
    }
    filled = {key: [_plain(value) for value in values] for key, values in lists.items() if values}
    return {"image": image.reference} | filled


def _plain(value: str) -> str:
    """Compose would put a variable of the computer in the place of "$NAME"; "$$" is a dollar sign to it."""
    return value.replace("$", "$$")


def _names(images: Sequence[ComposeImage]) -> list[str]:
    """The last part of each repository; a number where two are called alike."""
    names: list[str] = []
    for image in images:
        name = base = image.repository.rpartition("/")[2]
        number = 2
        while name in names:
            name, number = f"{base}-{number}", number + 1
        names.append(name)
    return names


def _volumes(images: Sequence[ComposeImage]) -> list[str]:
    found = [_NAMED_VOLUME.match(volume) for image in images for volume in image.recipe.volumes]
    return sorted({match[0] for match in found if match})
