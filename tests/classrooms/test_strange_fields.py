"""Fields that no page of the portal sends: they are answered like any other mistake, on every database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from classrooms.models import ClassGroup, Practice, School, User
from hubsync.models import HubAccount

LONGER_THAN_ANY_ID = "9" * 25
LONGER_THAN_ANY_NUMBER = "9" * 5000


@pytest.fixture
def owner(client: Client, ana: User) -> Client:
    client.force_login(ana)
    return client


@contextmanager
def zero_bytes_refused() -> Iterator[None]:
    """PostgreSQL takes none in a text, which SQLite does."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        assert "\0" not in str(params) and "\\x00" not in repr(params), sql
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("number", [LONGER_THAN_ANY_ID, LONGER_THAN_ANY_NUMBER], ids=["id", "number"])
def test_an_id_that_is_longer_than_any_is_nobody(
    owner: Client, school: School, class_group: ClassGroup, number: str
) -> None:
    practice = Practice.objects.create(school=school, title="P1")
    chosen = {"class_groups": [number], "reference": "nginx:1.27"}

    answers = [
        owner.post(f"/practice/{practice.pk}/give/", chosen),
        owner.post(f"/class/{class_group.pk}/assign/", chosen),
        owner.post(
            f"/class/{class_group.pk}/parts/", {"name": "A", "teacher_roles": number, "enrolments": number}
        ),
        owner.post(f"/school/{school.pk}/years/new/", {"step": "look", "copy": number, "archive": number}),
    ]

    answers.append(owner.get(f"/practice/{practice.pk}/give/?class={number}"))
    assert [answer.status_code for answer in answers if answer.status_code not in (200, 422)] == []
    assert not class_group.class_practices.exists() and not class_group.sub_groups.exists()


def test_a_zero_byte_reaches_no_database(owner: Client, school: School, class_group: ClassGroup) -> None:
    HubAccount.objects.create(school=school, name="iestriana")
    text = "a\0b"

    with zero_bytes_refused():
        answers = [
            owner.get(f"/school/{school.pk}/images/", {"q": text}),
            owner.post(f"/class/{class_group.pk}/join-code/close/", {"role": text}),
            owner.post(f"/school/{school.pk}/hub/objects/adopt/", {"team": text}),
            owner.post(f"/school/{school.pk}/hub/objects/release/", {"team": text}),
            owner.post(f"/school/{school.pk}/hub/objects/adopt-one/", {"kind": "member", "name": text}),
            owner.post(f"/school/{school.pk}/sync/let-it-happen/", {"digest": text}),
        ]

    assert [answer.status_code for answer in answers] == [200, 404, 302, 302, 302, 302]
