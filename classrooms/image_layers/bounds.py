"""How far the look into an image goes, and who counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

MEGABYTE = 1_000_000
KILOBYTE = 1_000


@dataclass(frozen=True)
class Bounds:
    """`layer_bytes` and `image_bytes` as they are sent, `unpacked_bytes` of the whole image, `entries` of all its tars.

    Of each file the first `file_bytes` are looked at. What students build is far below all of them.
    """

    layer_bytes: int = 400 * MEGABYTE
    image_bytes: int = 1_000 * MEGABYTE
    unpacked_bytes: int = 4_000 * MEGABYTE
    entries: int = 400_000
    file_bytes: int = 128 * KILOBYTE
    seconds: float = 100


class NotRead(Exception):
    """Why the rest of one layer was not looked at, as a code that `settling.REASONS` knows."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class ImageBoundReached(NotRead):
    """The same for the rest of the image."""


class LookEnded(Exception):
    """The worker has to stop now: nothing was found out, and somebody else begins again."""


class Meter:
    """Counts what one image costs. Raises NotRead, ImageBoundReached or LookEnded at the first byte too many."""

    def __init__(
        self,
        bounds: Bounds,
        *,
        clock: Callable[[], float] = time.monotonic,
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.bounds = bounds
        self._clock, self._is_over = clock, is_over
        self._ends_at = clock() + bounds.seconds
        # Which bound of the whole image was reached, "" as long as none is.
        self.spent = ""
        self._of_layer = self._of_image = self._unpacked = self._entries = 0

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._ends_at - self._clock())

    def begin_layer(self) -> None:
        self._of_layer = 0

    def take(self, size: int) -> None:
        """So many bytes came, as they were sent."""
        self._look_at_clock()
        self._of_layer += size
        self._of_image += size
        if self._of_image > self.bounds.image_bytes:
            raise self._spend("image_size")
        if self._of_layer > self.bounds.layer_bytes:
            raise NotRead("layer_size")

    def unpack(self, size: int) -> None:
        """So many bytes came out of the compression. A bomb ends here."""
        self._look_at_clock()
        self._unpacked += size
        if self._unpacked > self.bounds.unpacked_bytes:
            raise self._spend("unpacked_size")

    def enter(self) -> None:
        """One more header of a tar."""
        self._entries += 1
        if self._entries > self.bounds.entries:
            raise self._spend("entries")

    def _spend(self, code: str) -> ImageBoundReached:
        self.spent = code
        return ImageBoundReached(code)

    def _look_at_clock(self) -> None:
        if self._is_over():
            raise LookEnded
        if self._clock() > self._ends_at:
            raise self._spend("time")
