"""The staff of a school: invited by a link, with a role and dates; the last owner stays."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from classrooms.actions import invites, staff
from classrooms.actions.refusals import InviteNotValid, LastOwner
from classrooms.models import AuditEntry, School, StaffInvite, Student, TeacherRole, User
from tests.factories import make_teacher, make_user


def invite(school: School, ana: User, **facts: object) -> str:
    """The token of a fresh link."""
    facts = {"email": "lucia@example.org", "role": "teacher", **facts}
    _invite, link = invites.invite_teacher(school=school, by=ana, **facts)  # type: ignore[arg-type]
    return link.rstrip("/").rpartition("/")[2]


def test_an_invitation_goes_out_by_mail_and_is_shown_once(
    client: Client, school: School, ana: User, django_capture_on_commit_callbacks: object
) -> None:
    client.force_login(ana)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = client.post(
            f"/school/{school.pk}/staff/invite/", {"email": "lucia@example.org", "role": "teacher"}
        )

    (link,) = re.findall(r"http\S+/invite/\S+/", mail.outbox[0].body)
    assert link in answer.content.decode()
    assert link not in client.get(f"/school/{school.pk}/staff/").content.decode()


def test_nobody_sends_mail_to_all_the_world(
    client: Client, school: School, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invites, "MOST_INVITES_A_DAY", 2)
    client.force_login(ana)
    path = f"/school/{school.pk}/staff/"
    for number in (1, 2, 3):
        invited = {"email": f"x{number}@example.org", "role": "teacher"}
        answer = client.post(f"{path}invite/", invited, headers={"accept-language": "en"})
        # What was taken back was sent all the same.
        for invite_id in StaffInvite.objects.values_list("pk", flat=True):
            client.post(f"{path}invite/{invite_id}/cancel/")

    assert "You have sent 2 invitations within a day. Go on tomorrow." in answer.content.decode()
    assert AuditEntry.objects.filter(verb="staff.invited").count() == 2


def test_only_the_hash_of_the_link_is_kept(school: School, ana: User) -> None:
    token = invite(school, ana)

    assert token not in str(StaffInvite.objects.values())


def test_the_link_makes_a_teacher_once(client: Client, school: School, ana: User) -> None:
    path = f"/invite/{invite(school, ana)}/"
    lucia = make_user("Lucia")
    client.force_login(lucia)

    assert client.post(path).headers["Location"] == f"/school/{school.pk}/"
    client.force_login(make_user("Pedro"))

    assert client.post(path).status_code == 410
    assert TeacherRole.objects.filter(school=school).count() == 2


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client: Client, school: School, ana: User) -> None:
    path = f"/invite/{invite(school, ana)}/"

    assert client.get(path).status_code == 200
    assert client.post(path).headers["Location"] == f"/account/login/?next={path}"


def test_an_expired_or_replaced_link_is_no_longer_valid(school: School, ana: User) -> None:
    first, lucia = invite(school, ana), make_user("Lucia")
    invite(school, ana)
    with pytest.raises(InviteNotValid):
        invites.accept_invite(token=first, user=lucia)

    second = invite(school, ana)
    StaffInvite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(InviteNotValid):
        invites.accept_invite(token=second, user=lucia)


def test_the_link_of_an_owner_who_was_removed_no_longer_works(
    client: Client, school: School, ana: User
) -> None:
    javier = make_teacher(school, "Javier", role="owner")
    token = invite(school, javier, email="another@example.org", role="owner")
    staff.remove_teacher(teacher_role=TeacherRole.objects.get(user=javier), by=ana)

    with pytest.raises(InviteNotValid):
        invites.accept_invite(token=token, user=javier)
    client.force_login(ana)
    assert "another@example.org" not in client.get(f"/school/{school.pk}/staff/").content.decode()


def test_the_link_of_whoever_is_no_longer_an_owner_no_longer_works(school: School, ana: User) -> None:
    javier = make_teacher(school, "Javier", role="owner")
    token = invite(school, javier, role="owner")

    staff.change_role(teacher_role=TeacherRole.objects.get(user=javier), role="teacher", by=ana)

    assert invites.find_invite(token) is None


def test_a_school_whose_name_has_two_lines_invites_with_one(
    school: School, ana: User, django_capture_on_commit_callbacks: object
) -> None:
    school.name = "IES Triana\r\nBcc: everybody@example.org"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invite(school, ana)

    (sent,) = mail.outbox
    assert sent.recipients() == ["lucia@example.org"] and "\n" not in sent.subject


def test_a_students_account_cannot_accept(school: School, ana: User, bruno: Student) -> None:
    token = invite(school, ana)
    with pytest.raises(InviteNotValid, match="student"):
        invites.accept_invite(token=token, user=bruno.user)

    assert invites.find_invite(token) is not None


def test_an_owner_who_opens_a_link_stays_an_owner(school: School, ana: User) -> None:
    assert invites.accept_invite(token=invite(school, ana), user=ana).role == TeacherRole.Role.OWNER


def test_who_left_can_be_invited_again(school: School, ana: User) -> None:
    javier = make_teacher(school, "Javier")
    staff.remove_teacher(teacher_role=TeacherRole.objects.get(user=javier), by=ana)
    assert not School.objects.of(javier).exists()

    invites.accept_invite(token=invite(school, ana), user=javier)

    assert School.objects.of(javier).get() == school


@pytest.mark.parametrize("how", ["demote", "end", "remove"])
def test_the_last_owner_cannot_leave(school: School, ana: User, how: str) -> None:
    role = TeacherRole.objects.get(user=ana)
    make_teacher(school, "Javier", role="owner", ends_on=timezone.localdate() + timedelta(days=30))

    with pytest.raises(LastOwner):
        if how == "remove":
            staff.remove_teacher(teacher_role=role, by=ana)
        elif how == "end":
            staff.change_role(teacher_role=role, role="owner", ends_on=timezone.localdate(), by=ana)
        else:
            staff.change_role(teacher_role=role, role="teacher", by=ana)

    role.refresh_from_db()
    assert (role.role, role.ends_on) == ("owner", None)


def test_the_page_says_why_the_last_owner_stays(client: Client, school: School, ana: User) -> None:
    client.force_login(ana)
    role = TeacherRole.objects.get(user=ana)

    answer = client.post(f"/school/{school.pk}/staff/{role.pk}/", {"role": "teacher"})

    assert answer.status_code == 200 and answer.context["form"].non_field_errors()


def test_access_ends_with_the_last_day(school: School) -> None:
    today = timezone.localdate()
    lucia = make_teacher(school, "Lucia", ends_on=today)
    role = TeacherRole.objects.get(user=lucia)

    assert TeacherRole.objects.current(today).contains(role)
    assert not TeacherRole.objects.current(today + timedelta(days=1)).contains(role)


def test_a_docker_id_is_kept_in_lower_case_and_an_address_is_refused(
    client: Client, school: School, ana: User
) -> None:
    client.force_login(ana)
    role = TeacherRole.objects.get(user=make_teacher(school, "Javier"))
    path = f"/school/{school.pk}/staff/{role.pk}/"
    client.post(path, {"role": "teacher", "docker_id": "javier@example.org"})
    role.refresh_from_db()
    assert role.docker_id == ""

    client.post(path, {"role": "teacher", "docker_id": "Javier7"})

    role.refresh_from_db()
    assert role.docker_id == "javier7"


def test_a_teacher_may_leave_but_not_remove_others(client: Client, school: School, ana: User) -> None:
    javier = make_teacher(school, "Javier")
    client.force_login(javier)
    of_ana, own = TeacherRole.objects.get(user=ana), TeacherRole.objects.get(user=javier)

    assert client.post(f"/school/{school.pk}/staff/{of_ana.pk}/remove/").status_code == 404
    assert client.post(f"/school/{school.pk}/staff/{own.pk}/remove/").status_code == 302
    assert not School.objects.of(javier).exists()


@pytest.mark.parametrize("role", ["teacher", "read_only"])
def test_who_is_no_owner_sees_the_staff_and_invites_nobody(client: Client, school: School, role: str) -> None:
    client.force_login(make_teacher(school, "Javier", role=role))

    assert client.get(f"/school/{school.pk}/staff/").status_code == 200
    posted = client.post(f"/school/{school.pk}/staff/invite/", {"email": "x@example.org", "role": "owner"})
    assert posted.status_code == 404
