"""What has done its work goes by itself with the day's upkeep, as the page on data protection says."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from classrooms.actions.access_codes import create_access_code
from classrooms.actions.retention import keep_house
from classrooms.models import (
    AccessCode,
    ClassGroup,
    ImageCheck,
    JoinRequest,
    RosterImport,
    StaffImport,
    User,
)
from tests.factories import make_student

NOW = timezone.now()


def of_age(model: type[Model], class_group: ClassGroup, days: int) -> Model:
    """A row that was written so many days ago."""
    school, at = class_group.school, NOW - timedelta(days=days)
    if model is ImageCheck:
        return ImageCheck.objects.create(school=school, class_group=class_group, asked_at=at, done_at=at)
    if model is StaffImport:
        return StaffImport.objects.create(school=school, created_at=at)
    facts = {"format_name": "x", "encoding": "x", "academic_year": class_group.academic_year}
    return RosterImport.objects.create(school=school, created_at=at, **facts)


@pytest.mark.parametrize("model", [RosterImport, StaffImport, ImageCheck])
def test_lists_and_checks_go_after_ninety_days_although_nobody_decided(
    class_group: ClassGroup, model: type[Model]
) -> None:
    of_age(model, class_group, days=92)
    lately = of_age(model, class_group, days=80)

    keep_house()

    assert list(model._default_manager.all()) == [lately]


def test_a_name_left_at_the_door_goes_although_nobody_opens_the_page(class_group: ClassGroup) -> None:
    names = {"given_name": "Eva", "surnames": "Gil"}
    JoinRequest.objects.create(class_group=class_group, created_at=NOW - timedelta(days=3), **names)
    waits = JoinRequest.objects.create(class_group=class_group, **names)

    keep_house()

    assert list(JoinRequest.objects.all()) == [waits]


def test_a_code_that_has_expired_goes_and_one_that_works_stays(class_group: ClassGroup) -> None:
    for name in ("Noa", "Eva"):
        create_access_code(student=make_student(class_group, name), by=None)
    AccessCode.objects.filter(student__given_name="Noa").update(expires_at=NOW - timedelta(days=2))

    keep_house()

    assert AccessCode.objects.get().student.given_name == "Eva"


def test_a_session_that_has_ended_goes_and_the_others_stay(client: Client, ana: User) -> None:
    Session.objects.create(session_key="old", session_data="x", expire_date=NOW - timedelta(days=2))
    client.force_login(ana)

    keep_house()

    assert list(Session.objects.values_list("session_key", flat=True)) == [client.session.session_key]
