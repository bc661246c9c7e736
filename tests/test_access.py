"""Every address says whom it is for, and what is somebody else's is not there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import timezone

from classrooms.access import Audience, all_marked, audience_of
from classrooms.models import (
    ClassPractice,
    Deletion,
    HandIn,
    JoinRequest,
    Practice,
    PracticeImage,
    Question,
    RosterImport,
    School,
    StaffInvite,
    Student,
    SubGroup,
    User,
    YearChange,
)
from hubsync.models import Hold, HubAccount, HubPerson, RestoredRemoval, SyncRun
from tests.factories import make_assigned_image, make_class_group, make_school, make_student, make_teacher

# Django's own and allauth's pages keep their own rules.
FOREIGN = ("admin/", "account/", "i18n/")


def own_patterns() -> list[tuple[str, URLPattern]]:
    return [found for found in _walk("", get_resolver()) if not found[0].startswith(FOREIGN)]


def _walk(prefix: str, resolver: URLResolver) -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        found += _walk(route, pattern) if isinstance(pattern, URLResolver) else [(route, pattern)]
    return found


def test_every_address_names_its_audience() -> None:
    assert own_patterns()
    assert [route for route, pattern in own_patterns() if audience_of(pattern.callback) is None] == []


def test_a_view_without_audience_cannot_be_included() -> None:
    with pytest.raises(ImproperlyConfigured, match="does not say whom it is for"):
        all_marked([path("open/", lambda request: HttpResponse())])


def closed_routes() -> list[tuple[str, URLPattern]]:
    return [(r, p) for r, p in own_patterns() if audience_of(p.callback) != Audience.EVERYONE]


def _filled(route: str, value: Callable[[str], object]) -> str:
    """The address with `value(name)` in each place; a place for text that is no id gets "x"."""
    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", lambda m: str(value(m[2])) if m[1] == "int" else "x", route)


@pytest.mark.django_db
def test_a_visitor_is_asked_to_sign_in_everywhere_but_on_public_pages(client: Client) -> None:
    for route, _ in closed_routes():
        answer = client.get(_filled(route, lambda name: 1))
        assert answer.status_code == 302 and "/account/login/" in answer["Location"], route


@pytest.fixture
def foreign(db: None) -> dict[str, Model]:
    """Everything of another school, by the name that an address gives its id."""
    school = make_school("IES Alixar", namespace="iesalixar")
    carla = make_teacher(school, "Carla", role="owner")
    class_group = make_class_group(school, "2º DAW", teacher=carla)
    student = make_student(class_group, "Dario", has_account=True)
    assigned = make_assigned_image(class_group)
    account = HubAccount.objects.create(school=school, name="iesalixar")
    soon = timezone.now() + timedelta(days=1)
    return {
        "school_id": school,
        "class_group_id": class_group,
        "student_id": student,
        "enrolment_id": student.enrolments.get(),
        "assigned_id": assigned,
        "image_id": assigned.image,
        "role_id": school.teacher_roles.get(),
        "join_request_id": JoinRequest.objects.create(
            class_group=class_group, given_name="Elena", surnames="Gil"
        ),
        "invite_id": StaffInvite.objects.create(
            school=school, email="x@example.org", token_hash="h", expires_at=soon
        ),
        "import_id": RosterImport.objects.create(
            school=school, format_name="seneca", encoding="utf-8", academic_year=2026, uploaded_by=carla
        ),
        "run_id": (run := SyncRun.objects.create(account=account, generation=1, lease_token="t")),
        "restored_id": RestoredRemoval.objects.create(account=account, run=run, kind="remove_from_team"),
        "hold_id": Hold.objects.create(account=account, kind="members"),
        "person_id": HubPerson.objects.create(account=account, key="dario", state="declined"),
        "row_id": class_group,
        "change_id": YearChange.objects.create(school=school, from_year=2026),
        "deletion_id": Deletion.objects.create(
            school=school, kind="class_group", object_id=class_group.pk, purge_on=soon.date()
        ),
        "practice_id": (practice := Practice.objects.create(school=school, title="P1", is_draft=False)),
        "class_practice_id": (
            given := ClassPractice.objects.create(practice=practice, class_group=class_group)
        ),
        "needed_id": PracticeImage.objects.create(practice=practice, image=assigned.image),
        "hand_in_id": HandIn.objects.create(
            class_practice=given, student=student, attempt=1, receipt="R", archive="a.tar"
        ),
        "question_id": Question.objects.create(student=student, class_group=class_group, error="x"),
        "sub_group_id": SubGroup.objects.create(class_group=class_group, name="A"),
    }


def everybody(school: School, ana: User, bruno: Student) -> dict[str, User]:
    assert bruno.user is not None
    return {
        "owner": ana,
        "teacher": make_teacher(school, "Tomás"),
        "read-only": make_teacher(school, "Rita", role="read_only"),
        "student": bruno.user,
    }


@pytest.mark.django_db
def test_what_is_of_another_school_is_not_there_for_anybody(
    school: School, ana: User, bruno: Student, foreign: dict[str, Model]
) -> None:
    """Own school's id and a foreign object's, foreign school and foreign object: over all addresses and methods."""
    routes = [route for route, _ in closed_routes() if "<int:" in route]
    assert routes
    for who, user in everybody(school, ana, bruno).items():
        client = Client()
        client.force_login(user)
        for route in routes:
            for own_school in (False, True):
                if own_school and not re.search(r"<int:(?!school_id)", route):
                    continue
                address = _filled(
                    route,
                    lambda name, own=own_school: (
                        school.pk if own and name == "school_id" else foreign[name].pk
                    ),
                )
                found = {method: getattr(client, method)(address).status_code for method in ("get", "post")}
                assert set(found.values()) <= {404, 405} and 404 in found.values(), (who, address, found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "dates", [{"ends_on": -1}, {"starts_on": 1}], ids=["ended yesterday", "begins tomorrow"]
)
def test_whose_role_does_not_hold_today_finds_nothing_of_the_school(
    client: Client, foreign: dict[str, Model], dates: dict[str, int]
) -> None:
    days = {name: timezone.localdate() + timedelta(days=days) for name, days in dates.items()}
    school = foreign["school_id"]
    assert isinstance(school, School)
    client.force_login(make_teacher(school, "Lucía", role="owner", **days))
    for route, _ in closed_routes():
        if "<int:" in route:
            address = _filled(route, lambda name: foreign[name].pk)
            assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}, address


@pytest.mark.django_db
def test_no_address_takes_what_another_site_sends(foreign: dict[str, Model]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(first_name="Carla"))
    for route, _ in own_patterns():
        address = _filled(route, lambda name: foreign[name].pk)
        assert client.post(address).status_code == 403, address


@pytest.mark.django_db
def test_a_student_finds_no_page_of_teachers_even_of_the_own_school(
    client: Client, school: School, bruno: Student
) -> None:
    client.force_login(bruno.user)
    own = {
        "school_id": school.pk,
        "class_group_id": bruno.enrolments.get().class_group_id,
        "student_id": bruno.pk,
    }
    for route, pattern in closed_routes():
        if audience_of(pattern.callback) in (Audience.TEACHERS, Audience.SCHOOL_ADMINS):
            assert client.get(_filled(route, lambda name: own.get(name, 1))).status_code == 404, route
