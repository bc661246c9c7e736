"""Private images without seats: tried before students see it, shown to that class alone, ended by a press."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions.practices import Needed
from classrooms.actions.pull_access import keep_pull_access, open_pull_access
from classrooms.models import AuditEntry, ClassGroup, ClassPractice, PullAccess, User
from classrooms.queries.student import student_home_for
from hubsync.models import HubAccount
from tests.classrooms.practices.scene import make_practice
from tests.factories import make_class_group, make_image, make_student, make_teacher
from tests.hubsync.stage import ORGANIZATION, Stage

UNTIL = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def smr(stage: Stage) -> ClassGroup:
    """1º SMR uses the private image "examen"; its students are no members."""
    HubAccount.objects.update(uuid=stage.world.get_organization(ORGANIZATION).uuid)
    stage.world.push_tag(ORGANIZATION, "examen", "latest", platforms=("linux/amd64",))
    stage.smr.students_are_members = False
    stage.smr.save()
    return stage.smr


def token_with(stage: Stage, *scopes: str) -> str:
    made = stage.world.add_organization_token(
        ORGANIZATION, label="class", scopes=scopes, created_by="anaruiz"
    )
    return made[1]


def give(reader: Client, smr: ClassGroup, token: str) -> str:
    reader.force_login(User.objects.get(first_name="Ana"))
    facts = {"token": token, "until": UNTIL.isoformat()}
    return reader.post(f"/class/{smr.pk}/pull-access/", facts, follow=True).content.decode()


def test_a_token_that_can_only_pull_is_kept_sealed_and_shown_to_the_classs_students(
    reader: Client, stage: Stage, smr: ClassGroup
) -> None:
    token = token_with(stage, "scope-image-pull")
    said = give(reader, smr, token)
    student = make_student(smr, "Nerea", has_account=True)
    assert student.user is not None
    reader.force_login(student.user)
    page = reader.get("/student/pull-access/").content.decode()

    assert "Tried and kept." in said and token not in said
    assert f"docker login -u {ORGANIZATION}" in page and token in page
    assert token not in PullAccess.objects.get().sealed
    assert {image.way for image in student_home_for(student).images} == {"class token", "open"}
    assert not AuditEntry.objects.filter(facts__icontains=token).exists()


@pytest.mark.parametrize(
    ("scopes", "sentence"),
    [
        (("scope-image-pull", "scope-image-push"), "This token may push too"),
        (("scope-repository-list",), "cannot pull all private images"),
    ],
)
def test_a_token_that_may_more_or_less_is_refused(
    reader: Client, stage: Stage, smr: ClassGroup, scopes: tuple[str, ...], sentence: str
) -> None:
    assert sentence in give(reader, smr, token_with(stage, *scopes))
    assert not PullAccess.objects.exists()


def test_a_token_that_docker_hub_refuses_or_cannot_be_tried_is_not_kept(
    reader: Client, stage: Stage, smr: ClassGroup
) -> None:
    refused = give(reader, smr, "dckr_oat_invented")
    stage.world.faults.add("firewall")
    silent = give(reader, smr, token_with(stage, "scope-image-pull"))

    assert "Docker Hub refuses this token." in refused
    assert "could not be tried" in silent
    assert not PullAccess.objects.exists()


@pytest.fixture
def lamp_and_exam(stage: Stage, smr: ClassGroup) -> ClassPractice:
    """The class works with the private "examen" now, and tomorrow's exam needs the private "ut3" as well."""
    stage.world.add_repository(ORGANIZATION, "ut3", is_private=True)
    image = make_image(stage.school, f"{ORGANIZATION}/ut3", is_private=True)
    tomorrow = timezone.now() + timedelta(days=1)
    return make_practice(smr, "UT3", Needed(image, "latest"), is_exam=True, visible_from=tomorrow)


def may_pull(stage: Stage, *repositories: str) -> str:
    """A token for these repositories alone."""
    resources = [
        {"type": "TYPE_REPO", "path": f"{ORGANIZATION}/{name}", "scopes": ["scope-image-pull"]}
        for name in repositories
    ]
    made = stage.world.add_organization_token(
        ORGANIZATION, label="some", resources=resources, created_by="anaruiz"
    )
    return made[1]


def test_no_student_gets_a_token_that_pulls_an_exam_before_its_minute(
    reader: Client, stage: Stage, smr: ClassGroup, lamp_and_exam: ClassPractice
) -> None:
    said = give(reader, smr, may_pull(stage, "examen", "ut3"))

    assert "an exam that has not begun" in said and "Left out" in said
    assert not PullAccess.objects.exists()


def test_without_the_exams_image_it_is_kept(
    reader: Client, stage: Stage, smr: ClassGroup, lamp_and_exam: ClassPractice
) -> None:
    assert "Tried and kept." in give(reader, smr, may_pull(stage, "examen"))


def test_from_its_minute_on_the_exams_image_belongs_to_it(
    reader: Client, stage: Stage, smr: ClassGroup, lamp_and_exam: ClassPractice
) -> None:
    ClassPractice.objects.update(visible_from=timezone.now() - timedelta(minutes=1))

    assert "cannot pull all private images" in give(reader, smr, may_pull(stage, "examen"))
    assert "Tried and kept." in give(reader, smr, may_pull(stage, "examen", "ut3"))


def test_students_of_another_class_and_who_has_left_see_no_token(
    reader: Client, stage: Stage, smr: ClassGroup
) -> None:
    keep_pull_access(class_group=smr, account_name=ORGANIZATION, token="planted", until=UNTIL, by=None)
    other = make_student(make_class_group(stage.school, "2º SMR"), "Omar", has_account=True)
    left = make_student(smr, "Elena", has_account=True)
    left.enrolments.update(left_on=timezone.localdate())

    for student in (other, left):
        assert student.user is not None
        reader.force_login(student.user)
        assert "planted" not in reader.get("/student/pull-access/").content.decode()


def test_it_ends_by_itself_after_its_day_and_at_once_by_a_press(
    reader: Client, stage: Stage, smr: ClassGroup
) -> None:
    keep_pull_access(class_group=smr, account_name=ORGANIZATION, token="planted", until=UNTIL, by=None)
    assert open_pull_access(smr) == (ORGANIZATION, "planted")
    smr.pull_access_until = timezone.localdate() - timedelta(days=1)
    after = open_pull_access(smr)

    reader.force_login(User.objects.get(first_name="Ana"))
    said = reader.post(f"/class/{smr.pk}/pull-access/", {"end": "yes"}, follow=True).content.decode()

    smr.refresh_from_db()
    assert (after, smr.pull_access_until, PullAccess.objects.exists()) == (None, None, False)
    assert "Now revoke it on Docker Hub too." in said


def test_a_copied_token_opens_nothing_for_another_class(stage: Stage, smr: ClassGroup) -> None:
    keep_pull_access(class_group=smr, account_name=ORGANIZATION, token="planted", until=UNTIL, by=None)
    other = make_class_group(stage.school, "2º SMR", pull_access_until=UNTIL)
    PullAccess.objects.update(class_group=other)

    assert open_pull_access(other) is None


def test_only_owners_enter_a_token(reader: Client, stage: Stage, smr: ClassGroup) -> None:
    reader.force_login(make_teacher(stage.school, "Tomás"))

    assert reader.get(f"/class/{smr.pk}/pull-access/").status_code == 404
