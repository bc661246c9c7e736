"""Roles of the school and of each class, substitutes with dates, and handing the school over."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions import invites, staff
from classrooms.actions.refusals import NotYours
from classrooms.models import AuditEntry, ClassGroup, RosterImport, School, TeacherRole, Teaching, User
from tests.factories import make_class_group, make_teacher, make_user

TODAY = timezone.localdate()


def role_of(user: User) -> TeacherRole:
    return TeacherRole.objects.get(user=user)


@pytest.mark.parametrize(
    ("in_school", "in_class", "sees", "helps", "teaches"),
    [
        ("owner", None, True, True, True),
        ("teacher", "teacher", True, True, True),
        ("teacher", "assistant", True, True, False),
        ("teacher", "read_only", True, False, False),
        ("teacher", None, False, False, False),
        ("assistant", "teacher", True, True, False),
        ("assistant", "assistant", True, True, False),
        ("assistant", None, False, False, False),
        ("read_only", None, True, False, False),
        ("read_only", "teacher", True, False, False),
    ],
)
def test_of_the_role_in_the_school_and_in_the_class_the_lesser_counts(
    school: School,
    class_group: ClassGroup,
    in_school: str,
    in_class: str | None,
    sees: bool,
    helps: bool,
    teaches: bool,
) -> None:
    irene = make_teacher(school, "Irene", role=in_school)
    if in_class:
        Teaching.objects.create(class_group=class_group, teacher_role=role_of(irene), role=in_class)

    classes = ClassGroup.objects
    found = [
        asked(irene).contains(class_group)
        for asked in (classes.visible_to, classes.helped_by, classes.taught_by)
    ]

    assert found == [sees, helps, teaches]


def test_a_substitute_has_the_classes_of_the_absent_teacher_until_that_night(
    school: School, ana: User
) -> None:
    javier = make_teacher(school, "Javier")
    taught = make_class_group(school, "2º DAW", teacher=javier)
    assisted = make_class_group(school, "1º DAW")
    Teaching.objects.create(class_group=assisted, teacher_role=role_of(javier), role="assistant")
    _invite, link = invites.invite_teacher(
        school=school, role="teacher", by=ana, substitutes=role_of(javier), ends_on=TODAY
    )
    lucia = make_user("Lucia")

    invites.accept_invite(token=link.rstrip("/").rpartition("/")[2], user=lucia)

    assert set(ClassGroup.objects.helped_by(lucia)) == {taught, assisted}
    assert ClassGroup.objects.taught_by(lucia).get() == taught
    assert not TeacherRole.objects.current(TODAY + timedelta(days=1)).filter(user=lucia).exists()
    assert not Teaching.objects.working(TODAY + timedelta(days=1)).filter(teacher_role__user=lucia).exists()
    assert ClassGroup.objects.taught_by(javier).get() == taught, "nothing is taken from who is away"
    assert Teaching.objects.filter(teacher_role__user=lucia).count() == 2, "who did the work stays to be seen"


def test_a_class_that_the_absent_teacher_gets_later_is_the_substitutes_too(school: School, ana: User) -> None:
    javier, lucia = make_teacher(school, "Javier"), make_teacher(school, "Lucia")
    staff.change_role(teacher_role=role_of(lucia), role="teacher", substitutes=role_of(javier), by=ana)
    later = make_class_group(school, "2º DAW")

    staff.set_teachers(class_group=later, teacher_roles=[role_of(javier)], by=ana)

    assert ClassGroup.objects.taught_by(lucia).get() == later


def test_whoever_hands_the_school_over_stays_as_a_teacher(client: Client, school: School, ana: User) -> None:
    javier = make_teacher(school, "Javier", ends_on=TODAY + timedelta(days=9))
    client.force_login(ana)

    client.post(f"/school/{school.pk}/staff/{role_of(javier).pk}/hand-over/")

    assert (role_of(javier).role, role_of(javier).ends_on, role_of(ana).role) == ("owner", None, "teacher")
    assert AuditEntry.objects.filter(verb="school.handed_over", actor=ana).exists()


@pytest.mark.parametrize("ends_on", [TODAY - timedelta(days=1)], ids=["who has left"])
def test_the_school_is_handed_to_nobody_who_is_not_there(school: School, ana: User, ends_on: date) -> None:
    gone = make_teacher(school, "Javier", ends_on=ends_on)

    for whom in (role_of(gone), role_of(ana)):
        with pytest.raises(NotYours):
            staff.hand_over_school(teacher_role=whom, by=ana)


def test_an_invitation_is_sent_again_with_another_link(client: Client, school: School, ana: User) -> None:
    invite, first = invites.invite_teacher(school=school, email="lucia@example.org", role="assistant", by=ana)
    client.force_login(ana)

    answer = client.post(f"/school/{school.pk}/staff/invite/{invite.pk}/again/")

    assert client.get(first.removeprefix("http://127.0.0.1:8000")).status_code == 410
    assert answer.context["link"] != first and answer.context["link"] in answer.content.decode()


def test_an_invitation_without_an_address_is_a_link_to_hand_over(
    client: Client,
    school: School,
    ana: User,
    mailoutbox: list[object],
    django_capture_on_commit_callbacks: object,
) -> None:
    client.force_login(ana)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post(f"/school/{school.pk}/staff/invite/", {"email": "", "role": "read_only"})

    token = answer.context["link"].rstrip("/").rpartition("/")[2]
    assert (
        mailoutbox == [] and invites.accept_invite(token=token, user=make_user("Lucia")).role == "read_only"
    )


def test_the_settings_of_a_class_offer_no_assistant_of_the_school_as_teacher(
    client: Client, school: School, class_group: ClassGroup, ana: User
) -> None:
    irene = role_of(make_teacher(school, "Irene", role="assistant"))
    client.force_login(ana)
    asked = {"question": "teachers", f"teacher_{role_of(ana).pk}": "teacher"}

    refused = client.post(f"/class/{class_group.pk}/settings/", {**asked, f"teacher_{irene.pk}": "teacher"})
    client.post(f"/class/{class_group.pk}/settings/", {**asked, f"teacher_{irene.pk}": "assistant"})

    assert refused.status_code == 200
    assert class_group.teachings.get(teacher_role=irene).role == "assistant"


def list_of(school: School, user: User) -> RosterImport:
    return RosterImport.objects.create(
        school=school, format_name="Séneca", encoding="utf-8", academic_year=2026, uploaded_by=user
    )


def test_a_substitute_decides_on_the_class_lists_of_the_absent_teacher_until_that_night(
    reader: Client, school: School
) -> None:
    javier = make_teacher(school, "Javier")
    lucia = make_teacher(school, "Lucía", substitutes=role_of(javier), ends_on=TODAY)
    waiting = list_of(school, javier)
    reader.force_login(lucia)
    found = f'href="/roster/{waiting.pk}/"' in reader.get(f"/school/{school.pk}/roster/").content.decode()
    opened = reader.get(f"/roster/{waiting.pk}/").status_code
    TeacherRole.objects.filter(user=lucia).update(ends_on=TODAY - timedelta(days=1))

    after = reader.get(f"/roster/{waiting.pk}/").status_code

    assert (found, opened, after) == (True, 200, 404)
    assert RosterImport.objects.contains(waiting)


def test_a_colleague_who_substitutes_nobody_sees_no_list_of_others(reader: Client, school: School) -> None:
    javier, tomas = make_teacher(school, "Javier"), make_teacher(school, "Tomás")
    waiting = list_of(school, javier)
    reader.force_login(tomas)

    assert reader.get(f"/roster/{waiting.pk}/").status_code == 404
    assert "wait for an answer" not in reader.get(f"/school/{school.pk}/roster/").content.decode()
