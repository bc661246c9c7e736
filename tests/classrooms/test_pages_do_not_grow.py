"""No page of a teacher asks the database more often because the school is larger."""

from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classrooms.models import ClassGroup, Image, Student, TeacherRole, User
from tests.big_school import TENTH, Size, grow
from tests.browser.pages import HUB, SCHOOLS, TEACHERS
from tests.browser.world import build_world

LARGER = Size(teachers=4, classes=7, students=9, images=20)
SHOWN = [page for page in TEACHERS + SCHOOLS + HUB if page.who == "ana"]


class _Undone(Exception):
    pass


def queries_of_pages(size: Size) -> dict[str, int]:
    """How often each page asks in a school of that size, which is gone afterwards."""
    found: dict[str, int] = {}
    with suppress(_Undone), transaction.atomic():
        world = build_world()
        grow(world, size)
        assert sizes(world) == (size.teachers + 1, size.classes, size.classes * size.students, size.images)
        client = Client()
        client.force_login(User.objects.get(username="ana"))
        for page in SHOWN:
            found[page.name] = _queries(client, page.path.format(**world))
        raise _Undone
    return found


def sizes(world: dict[str, Any]) -> tuple[int, ...]:
    of_school: dict[str, Any] = {"school_id": world["school"]}
    return tuple(
        model.objects.filter(**of_school).count() for model in (TeacherRole, ClassGroup, Student, Image)
    )


def _queries(client: Client, path: str) -> int:
    # The first look writes that somebody looked; only later ones are alike.
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.django_db
def test_every_page_of_a_teacher_asks_as_often_in_a_larger_school(settings: Any, tmp_path: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.EMAIL_FILE_PATH = str(tmp_path)
    few, many = queries_of_pages(TENTH), queries_of_pages(LARGER)

    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
