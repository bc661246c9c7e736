"""The demonstration school: work on every page, and what is said of it is true on its Docker Hub."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from classrooms.models import (
    Assessment,
    AssignedImage,
    AuditEntry,
    ClassGroup,
    ClassPractice,
    Extension,
    HandIn,
    Practice,
    Question,
    User,
)
from classrooms.queries.lights import class_lights
from classrooms.queries.practices import practices_in
from hubsync.sandbox import demo
from hubsync.sandbox.server import serve
from hubsync.sandbox.world import World
from portal.demo.fill import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def smr(settings: Any, tmp_path: Any) -> Iterator[ClassGroup]:
    world = World()
    demo.fill(world)
    with serve(world) as running:
        settings.HUB_URL = settings.REGISTRY_URL = running.url
        settings.DATA_DIR = tmp_path
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        cache.clear()
        fill()
        yield ClassGroup.objects.get(name="1SMR")


def test_there_is_work_of_every_kind(smr: ClassGroup) -> None:
    works = HandIn.objects.all()
    codes = {finding["code"] for work in works for finding in work.findings}

    assert {work.is_late for work in works} == {True, False}
    assert codes == {"no_platform", "heavy", "pushed_by_other"}
    assert works.exclude(secret_signs=[]).count() == 1
    assert works.exclude(archive="").count() == works.exclude(later_digest="").count() == 1
    assert works.filter(attempt=2).exists() and works.exclude(compose="").count() == 2
    assert all(work.digest for work in works)
    marks = Assessment.objects.filter(mark__isnull=False)
    assert (marks.filter(published_at__isnull=False).count(), marks.filter(published_at=None).count()) == (
        2,
        2,
    )
    assert Extension.objects.count() == 1 and Question.objects.open().count() == 2


def test_a_class_has_practices_in_every_state_and_one_with_a_newer_version(smr: ClassGroup) -> None:
    daw = ClassGroup.objects.get(name="2DAW")

    assert {row.state for row in practices_in(smr)} == {"hidden", "open", "due"}
    assert Practice.objects.filter(is_draft=True, images__volumes__isnull=False).exists()
    (shop,) = practices_in(daw)
    assert [one.needed.image.repository for one in shop.newer] == ["iesriberadelsur/lamp"]


def test_an_account_is_called_as_the_person_who_hands_in_from_it(smr: ClassGroup) -> None:
    works = HandIn.objects.filter(class_practice__class_group__name="2DAW").select_related("student")
    names = {work.reference.partition("/")[0]: work.student for work in works}

    assert len(names) == 2
    assert all(name == f"{one.given_name}{one.first_surname}".lower() for name, one in names.items())


def test_whoever_hands_in_or_asks_has_an_account_and_stands_in_the_register(smr: ClassGroup) -> None:
    said = AuditEntry.objects.filter(verb__in=("work.handed_in", "question.asked"))

    assert said.count() > 10 and not said.filter(actor=None).exists()
    assert not HandIn.objects.filter(student__user=None).exists()


def test_the_image_of_the_exam_opens_with_the_exam_and_by_nothing_else(smr: ClassGroup) -> None:
    given = AssignedImage.objects.current().filter(image__repository="iesriberadelsur/examen-ut1")

    assert [row.is_for_practices for row in given] == [True]


def test_the_projector_shows_some_who_are_far_and_some_who_have_just_begun(smr: ClassGroup) -> None:
    lights = class_lights(smr)

    assert 0 < lights.complete < len(lights.rows)
    assert all(0 < count < 30 for _light, count in lights.counts)


def test_every_page_of_the_work_opens(smr: ClassGroup, client: Client) -> None:
    client.force_login(User.objects.get(username="javier"))
    given = ClassPractice.objects.get(class_group=smr, practice__title__startswith="Práctica 2")
    places = [f"/class/{smr.pk}/", f"/class/{smr.pk}/work/{given.pk}/", f"/class/{smr.pk}/questions/"]
    places += [
        f"/class/{smr.pk}/work/{given.pk}/students/{work.student_id}/" for work in given.hand_ins.all()
    ]

    assert {client.get(place).status_code for place in places} == {200}
