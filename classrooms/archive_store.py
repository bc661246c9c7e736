"""Archives of images that students hand in: streamed to a private folder that no address leads to, and bounded.

The portal reads through an archive and never runs or unpacks it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

FIELD = "archive"
DAY_SECONDS = 24 * 3600
# What has to stay free for everything else: a full disk stops the whole portal.
SPARE_BYTES = 512 * 1024 * 1024


def folder() -> Path:
    """Made on first use; below the data, outside of everything that is served."""
    place = Path(settings.DATA_DIR) / "hand-ins"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(name: str) -> Path:
    """Where an archive lies, by the name that its hand-in keeps."""
    return folder() / name


def keep(uploaded: Path) -> str:
    """Give an uploaded file its place; the name to keep. Nothing of its own name is in it."""
    name = f"{secrets.token_hex(16)}.tar"
    uploaded.replace(path_of(name))
    return name


def remove(name: str) -> None:
    """Take an archive away; again: no change."""
    if name:
        path_of(name).unlink(missing_ok=True)


def remove_all_but(names: Collection[str]) -> int:
    """Take away every other file that has lain here for a day; how many. What is uploaded just now stays."""
    before = time.time() - DAY_SECONDS
    lost = [one for one in folder().iterdir() if one.name not in names and one.stat().st_mtime < before]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


class ArchiveUpload(FileUploadHandler):
    """Writes the field `archive` straight to the private folder. What is too large is read past, not kept.

    `trouble` is "", "too_large" or "no_room". Whoever uses it calls `tidy` at the end.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.trouble = ""
        self.path: Path | None = None
        self._file: IO[bytes] | None = None
        self._size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._refuse_if_large(int(self.content_length or 0))
        if self.field_name != FIELD or self.path is not None:
            raise SkipFile
        handle, path = tempfile.mkstemp(prefix="incoming-", dir=folder())
        self.path, self._file = Path(path), os.fdopen(handle, "wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        self._refuse_if_large(self._size)
        if self._file is not None:
            self._file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        if self._file is None:
            return None
        self._file.close()
        self._file = None
        return UploadedFile(file=None, name=str(self.file_name), size=self._size)

    def tidy(self) -> None:
        """Close and take away what was not kept."""
        if self._file is not None:
            self._file.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _refuse_if_large(self, size: int) -> None:
        if size > settings.ARCHIVE_MOST_BYTES + 64 * 1024:
            self.trouble = "too_large"
        elif shutil.disk_usage(folder()).free < SPARE_BYTES:
            self.trouble = "no_room"
        if self.trouble:
            raise SkipFile
