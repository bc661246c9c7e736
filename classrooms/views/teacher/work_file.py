"""A student's file as a teacher's computer may load it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from classrooms import archive_store
from classrooms.archives.own_name import NamedArchive, under_own_name
from classrooms.archives.reading import UNPACKED
from classrooms.archives.troubles import REASONS, ArchiveTrouble
from classrooms.models import HandIn
from classrooms.queries.run_works import key_of
from classrooms.run_projects.values import loaded_name


def archive_to_run(row: HandIn) -> HttpResponseBase:
    """Under the name by which the project runs it, so that loading it changes no other image of that computer."""
    path, key = archive_store.path_of(row.archive), key_of(row)
    try:
        with path.open("rb") as file:
            most_bytes = UNPACKED * settings.ARCHIVE_MOST_BYTES
            found = under_own_name(file, loaded_name(key, row.digest), most_bytes=most_bytes)
    except ArchiveTrouble as trouble:
        return HttpResponse(_(REASONS[trouble.code]), status=422, content_type="text/plain; charset=utf-8")
    answer = StreamingHttpResponse(_written(found, path), content_type="application/octet-stream")
    answer["Content-Length"] = str(found.size)
    answer["Content-Disposition"] = f'attachment; filename="{key}.tar"'
    return answer


def _written(found: NamedArchive, path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from found.written(file)
