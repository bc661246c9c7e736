"""From what each layer holds to what there is to say of the image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from classrooms.image_layers.looking import LayerFound
from classrooms.secret_signs.files import shown_path

MOST_SHOWN = 40


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


# Why an image was not looked through to its end.
REASONS: dict[str, str] = {
    "layer_size": gettext_noop("A layer is larger than the portal reads."),
    "image_size": gettext_noop("The image is larger than the portal reads."),
    "unpacked_size": gettext_noop("Unpacked, the image is larger than the portal reads."),
    "entries": gettext_noop("There are more files in it than the portal reads."),
    "time": gettext_noop("It took longer than the portal reads one image."),
    "zstd": gettext_noop("A layer is compressed with zstd, which the portal does not read."),
    "damaged": gettext_noop("A layer ends before its end, or is no layer at all."),
    "changed": gettext_noop("A layer is not what its digest says."),
    "elsewhere": gettext_noop("A layer is not kept at Docker Hub (that of Windows, for one)."),
    "sparse": gettext_noop("A file in it has holes, which the portal does not look into."),
    "many_signs": gettext_noop("There is more of it than is listed here."),
    "gone": gettext_noop("The image is no longer to be had."),
    "unreachable": gettext_noop("Docker Hub gave no answer for two days."),
    "failed": gettext_noop("It was tried three times and did not come to an end."),
}


@dataclass(frozen=True)
class LayerSign:
    """A file that looks like a secret. `layer` counts from 1, the base first; `is_deleted`: a later layer hides it."""

    kind: str
    path: str
    layer: int
    is_deleted: bool = False

    def as_row(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class ImageFound:
    """What was found, and why not all was looked at: codes of `REASONS`, none where it was."""

    signs: tuple[LayerSign, ...] = ()
    reasons: tuple[str, ...] = ()


def settle(layers: Sequence[LayerFound]) -> ImageFound:
    """All layers together, the base first. A file that is still there is told of before one that was deleted."""
    signs: dict[tuple[str, str], LayerSign] = {}
    for number, layer in enumerate(layers, start=1):
        for kind, path in layer.signs:
            sign = LayerSign(kind, shown_path(path), number, _is_hidden(path, layers[number:]))
            if (kind, path) not in signs or not sign.is_deleted:
                signs[kind, path] = sign
    reasons = dict.fromkeys(layer.trouble for layer in layers if layer.trouble)
    told = sorted(signs.values(), key=lambda sign: sign.is_deleted)
    if len(told) > MOST_SHOWN:
        reasons["many_signs"] = None
    return ImageFound(tuple(told[:MOST_SHOWN]), tuple(reasons))


def _is_hidden(path: str, later: Sequence[LayerFound]) -> bool:
    parts = path.split("/")
    above = {"/".join(parts[:depth]) for depth in range(len(parts))}
    return any(layer.removed & (above | {path}) or layer.emptied & above for layer in later)
