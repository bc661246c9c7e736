"""The pages of teachers on a new database, as a process of its own: prints one JSON object."""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from classrooms.models import ClassGroup, Enrolment, Student, User  # noqa: E402
from tests.big_school import LARGE, TENTH, Size, grow  # noqa: E402
from tests.browser.pages import HUB, SCHOOLS, TEACHERS  # noqa: E402
from tests.browser.world import build_world  # noqa: E402

TIMES = 5


def main(size: str, *students: str) -> dict[str, Any]:
    """Every page of a school of that size, and then the page of a class of each number of students."""
    # As Django's own test runner does it, but without its signal for each template, which takes time of its own.
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    call_command("migrate", verbosity=0)
    pages = _school({"large": LARGE, "tenth": TENTH}[size])
    return {"pages": pages, "classes": {number: _class_of(int(number)) for number in students}}


def _school(size: Size) -> dict[str, Any]:
    """Every page that Ana, who owns the school and teaches its classes, can open."""
    world = build_world()
    grow(world, size)
    connection.cursor().execute("ANALYZE")
    client = _signed_in()
    shown = [page for page in TEACHERS + SCHOOLS + HUB if page.who == "ana"]
    return {page.name: _look(client, page.path.format(**world)) for page in shown}


def _class_of(size: int) -> dict[str, Any]:
    """The page of one class of the large school, filled up to that many students."""
    class_group = ClassGroup.objects.get(name="1º SMR A")
    missing = size - class_group.enrolments.count()
    new = Student.objects.bulk_create(
        Student(
            school=class_group.school, given_name="Nerea", first_surname=f"Núñez{n}", sort_name=f"nun~ez{n}"
        )
        for n in range(missing)
    )
    Enrolment.objects.bulk_create(Enrolment(student=one, class_group=class_group) for one in new)
    # A class of 30 that has 35 would be measured as one of 35.
    class_group.enrolments.filter(pk__in=class_group.enrolments.order_by("pk").values("pk")[size:]).delete()
    return _look(_signed_in(), class_group.get_absolute_url())


def _signed_in() -> Client:
    client = Client(headers={"accept-language": "es"})
    client.force_login(User.objects.get(username="ana"))
    return client


def _look(client: Client, path: str) -> dict[str, float]:
    # The first look fills what a process keeps: compiled templates, the session, what was noted as seen.
    if (answer := client.get(path)).status_code != 200:
        raise AssertionError(f"{path} answers {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return {"queries": len(asked), "seconds": min(_seconds(client, path) for _ in range(TIMES))}


def _seconds(client: Client, path: str) -> float:
    """Of the processor: SQLite works in this process, and whoever else keeps the machine busy makes no difference."""
    begun = time.process_time()
    client.get(path)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])) + "\n")
