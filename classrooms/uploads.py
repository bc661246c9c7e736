"""Keeps uploads that nobody wants from filling the disk: what is too large is read past, not stored."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

LARGEST_UPLOAD = 20 * 1024 * 1024
# What a form has beside its file: boundaries, token, the other fields.
_ROOM_FOR_FIELDS = 64 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Whether the request brings more than a class list may have, as it says itself."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return True
    return length > LARGEST_UPLOAD + _ROOM_FOR_FIELDS


class SkipsLargeUploads(FileUploadHandler):
    """The first of FILE_UPLOAD_HANDLERS: a file that is too large does not reach the others.

    The form finds no file then, and `is_too_large` says why.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.request is not None and is_too_large(self.request):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
