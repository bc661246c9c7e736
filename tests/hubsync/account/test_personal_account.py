"""A school with a free personal account: repositories, teachers who push, and nothing that only organizations have."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from classrooms.models import (
    AssignedImage,
    ClassPractice,
    ClassPracticeVersion,
    Image,
    Practice,
    PracticeImage,
    TeacherRole,
)
from hubsync.account.personal import (
    change_to_organization,
    images_left_behind,
    set_teachers_push,
    use_new_names,
)
from hubsync.account.refusals import NotConnectable
from hubsync.credentials import keep_credential
from hubsync.hub.client import HubReader
from hubsync.hub.errors import NotSupportedHere
from hubsync.models import HubAccount, OrganizationSync, RemoteObject, SealedCredential, SyncChange
from hubsync.planning.owned import Owned
from hubsync.planning.plan import plan_changes
from hubsync.planning.state import Collaboration, OrganizationState, RepositoryState
from hubsync.sandbox.server import RunningServer
from hubsync.sandbox.world import World
from hubsync.sync.schedule import activate, sync_of
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
)
from tests.hubsync.connecting import Page, token_of
from tests.hubsync.stage import Stage

ANA = "anaruiz"


@pytest.fixture
def personal(db: None, world: World, hub: RunningServer) -> Stage:
    """Ana owns the account, Carla teaches too, Tomás only reads; the class uses the image "web"."""
    school = make_school(namespace=ANA, namespace_is_personal=True)
    ana = make_teacher(school, "Ana", role="owner", docker_id=ANA)
    make_teacher(school, "Carla", docker_id="carla")
    make_teacher(school, "Dario", role="read_only", docker_id="dario")
    smr = make_class_group(school, teacher=ana)
    make_student(smr, "Bruno", docker_id="bruno")
    make_assigned_image(smr, make_image(school, f"{ANA}/web", is_private=False))
    for name in ("web", "unused"):
        world.add_repository(ANA, name)
    account = HubAccount.objects.create(
        school=school, name=ANA, kind="personal", is_active=True, teachers_push=True
    )
    _, secret = world.add_personal_token(ANA, label="aulahub", scopes=["repo:admin"])
    keep_credential(account, secret)
    sync_of(account)
    return Stage(world, account, school, smr)


def may_push(personal: Stage, name: str = "web") -> set[str]:
    found = personal.world.find_repository(ANA, name)
    assert found is not None
    return set(personal.world.collaborators[found.id])


def let_in_by_hand(personal: Stage, docker_id: str) -> None:
    found = personal.world.find_repository(ANA, "web")
    assert found is not None
    personal.world.add_collaborator(found, docker_id)


def test_teachers_push_to_what_classes_use_and_to_nothing_else(personal: Stage) -> None:
    personal.settle()

    assert may_push(personal) == {"carla"}
    assert may_push(personal, "unused") == set()
    assert RemoteObject.objects.get().name == "web/carla"


def test_nobody_is_let_in_while_nobody_chose_it(personal: Stage) -> None:
    HubAccount.objects.update(teachers_push=False)
    personal.account.refresh_from_db()
    run = personal.run()

    assert (list(run.changes.all()), may_push(personal)) == ([], set())
    assert not [one for one in personal.world.requests if "collaborators" in one.path]


def test_a_wanted_repository_is_made_before_teachers_are_let_in(personal: Stage) -> None:
    image = make_image(personal.school, f"{ANA}/lamp", is_private=False)
    Image.objects.filter(pk=image.pk).update(is_wanted=True)
    make_assigned_image(personal.smr, image)

    personal.settle()

    assert may_push(personal, "lamp") == {"carla"}


def test_who_leaves_the_staff_may_no_longer_push(personal: Stage) -> None:
    personal.settle()
    TeacherRole.objects.filter(docker_id="carla").delete()
    personal.wish()

    personal.settle()

    assert may_push(personal) == set()
    assert not RemoteObject.objects.exists()


def test_whom_another_hand_let_in_stays(personal: Stage) -> None:
    let_in_by_hand(personal, "bruno")
    let_in_by_hand(personal, "carla")
    personal.settle()
    TeacherRole.objects.filter(docker_id="carla").delete()
    personal.wish()

    personal.settle()

    assert may_push(personal) == {"bruno", "carla"}


def test_many_who_would_lose_the_right_to_push_wait_for_a_person(personal: Stage) -> None:
    for number in range(8):
        personal.world.add_user(f"teacher{number}")
        make_teacher(personal.school, f"T{number}", docker_id=f"teacher{number}")
    personal.settle()
    set_teachers_push(account=personal.account, teachers_push=False, by=TeacherRole.objects.first().user)  # type: ignore[union-attr]
    personal.wish()

    run = personal.run()

    assert len(may_push(personal)) == 9
    assert {change.state for change in run.changes.all()} == {SyncChange.State.HELD}


@pytest.mark.parametrize("kind", ["reset after", "reset before", "error"])
def test_a_lost_answer_is_looked_at_and_claimed(personal: Stage, kind: str) -> None:
    personal.world.faults.add(kind, method="POST", path="*/collaborators*", times=1)

    personal.settle()

    assert may_push(personal) == {"carla"}
    assert [row.name for row in RemoteObject.objects.all()] == ["web/carla"]


def test_a_docker_id_that_does_not_exist_is_said_and_the_rest_goes_on(personal: Stage) -> None:
    make_teacher(personal.school, "Elena", docker_id="nobodyatall")

    run = personal.run()

    assert may_push(personal) == {"carla"}
    assert {change.state for change in run.changes.all()} == {"confirmed", "rejected"}
    assert OrganizationSync.objects.get().failure == "rejected"


def test_where_docker_hub_has_no_collaborators_the_rest_goes_on_and_it_is_said(
    personal: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_here(*_: object) -> None:
        raise NotSupportedHere("collaborators")

    monkeypatch.setattr(HubReader, "list_collaborators", not_here)
    image = make_image(personal.school, f"{ANA}/lamp", is_private=False)
    Image.objects.filter(pk=image.pk).update(is_wanted=True)

    run = personal.run()

    assert [change.kind for change in run.changes.all()] == ["create_repository"]
    assert OrganizationSync.objects.get().failure == "collaborators_unseen"


def test_what_was_not_read_is_left_as_it_is() -> None:
    one = Collaboration("lamp", "carla")
    seen = OrganizationState(repositories=frozenset([RepositoryState("lamp")]), repositories_read=frozenset())

    plan = plan_changes(OrganizationState(collaborations=frozenset([one])), seen, Owned())

    assert plan.is_empty


def test_where_docker_hub_tells_no_collaborators_nobody_is_let_in(personal: Stage) -> None:
    personal.world.faults.add("error", method="GET", path="*/collaborators*")
    run = personal.run()

    assert run.result in ("failed", "unproven")
    assert may_push(personal) == set()


@pytest.fixture
def at_page(client: Client, personal: Stage) -> Page:
    client.cookies["django_language"] = "en"
    HubAccount.objects.update(uuid=personal.world.users[ANA].uuid.replace("-", ""))
    personal.account.refresh_from_db()
    ana = TeacherRole.objects.get(docker_id=ANA).user
    return Page(client, ana, personal.school)


def test_the_pages_offer_nothing_that_only_an_organization_has(at_page: Page, personal: Stage) -> None:
    school = f"/school/{personal.school.pk}"
    sync = at_page.client.get(f"{school}/sync/").content.decode()
    objects = at_page.client.get(f"{school}/hub/objects/").content.decode()
    settings = at_page.client.get(f"/class/{personal.smr.pk}/settings/").content.decode()

    assert "Who is missing" not in sync and "Seats" not in at_page.get()
    assert 'id="teams"' not in objects and 'id="collaborators"' in objects
    assert "members of the organization" not in settings
    permissions = at_page.client.get(f"{school}/sync/permissions/").content.decode()
    assert "Who may use what" in permissions and "docentes" not in permissions


def test_students_cannot_be_made_members_of_a_person(at_page: Page, personal: Stage) -> None:
    at_page.client.post(
        f"/class/{personal.smr.pk}/settings/", {"question": "members", "students_are_members": "yes"}
    )

    personal.smr.refresh_from_db()
    assert personal.smr.students_are_members is False


def test_one_private_image_is_offered_and_no_second_one(at_page: Page, personal: Stage) -> None:
    new = f"/school/{personal.school.pk}/images/new/"
    before = at_page.client.get(new).content.decode()
    make_image(personal.school, f"{ANA}/examen", is_private=True)

    after = at_page.client.get(new).content.decode()

    assert "has one private image" in before
    assert 'name="is_private"' not in after and "It will be public" in after


def test_a_second_private_image_becomes_public(at_page: Page, personal: Stage) -> None:
    make_image(personal.school, f"{ANA}/examen", is_private=True)

    at_page.client.post(f"/school/{personal.school.pk}/images/new/", {"name": "apache", "is_private": "on"})

    assert Image.objects.get(repository=f"{ANA}/apache").is_private is False


def test_the_choice_is_made_at_the_page_of_the_connection(at_page: Page, personal: Stage) -> None:
    shown = at_page.post("teachers/", teachers_push="no")

    personal.account.refresh_from_db()
    assert personal.account.teachers_push is False
    assert "Let the teachers push" in shown


def test_changing_to_an_organization_keeps_classes_and_images(at_page: Page, personal: Stage) -> None:
    personal.settle()

    at_page.post("move/", name="iestriana")

    account = HubAccount.objects.get()
    assert (account.kind, account.name, account.former_name) == ("organization", "iestriana", ANA)
    assert (account.uuid, account.is_active, account.teachers_push) == ("", False, False)
    assert not SealedCredential.objects.exists() and not RemoteObject.objects.exists()
    assert AssignedImage.objects.get().image.repository == f"{ANA}/web"
    assert may_push(personal) == {"carla"}


def test_the_organization_is_connected_as_any_other_afterwards(at_page: Page, personal: Stage) -> None:
    at_page.post("move/", name="iestriana")
    at_page.get("look/")
    HubAccount.objects.update(found_at=personal.account.created_at)

    at_page.paste(token_of(personal.world))

    personal.school.refresh_from_db()
    assert (personal.school.namespace, personal.school.namespace_is_personal) == ("iestriana", False)
    assert AssignedImage.objects.get().image.repository == f"{ANA}/web"


def moved(personal: Stage) -> HubAccount:
    ana = TeacherRole.objects.get(docker_id=ANA).user
    change_to_organization(account=personal.account, name="iestriana", by=ana)
    return HubAccount.objects.get()


def test_nothing_of_the_old_account_is_left_to_do_for_the_new_one(personal: Stage) -> None:
    """Until somebody connects it and lets the portal write; then everything is wished anew."""
    personal.wish()
    account = moved(personal)
    left = OrganizationSync.objects.get()

    activate(account)

    assert (left.due_at, left.handled_generation) == (None, left.generation)
    anew = OrganizationSync.objects.get()
    assert anew.due_at is not None and anew.handled_generation < anew.generation


def listed(personal: Stage, name: str) -> Image:
    image = make_image(personal.school, f"iestriana/{name}", is_private=False)
    Image.objects.filter(pk=image.pk).update(is_own=True, listed_at=personal.account.created_at)
    return image


def test_classes_use_the_new_name_only_when_somebody_says_so(at_page: Page, personal: Stage) -> None:
    account = moved(personal)
    new = listed(personal, "web")
    shown = at_page.get("move/")
    assert "iestriana/web" in shown and [one.new for one in images_left_behind(account)] == [new]
    assert AssignedImage.objects.get().image != new

    at_page.post("move/images/", repository=f"{ANA}/web")

    assert AssignedImage.objects.get().image == new
    assert images_left_behind(account) == []


def test_what_is_frozen_or_not_there_keeps_its_name(personal: Stage) -> None:
    account = moved(personal)
    ana = TeacherRole.objects.get(docker_id=ANA).user
    assert use_new_names(account=account, repositories=[f"{ANA}/web"], by=ana) == 0
    listed(personal, "web")
    AssignedImage.objects.update(digest="sha256:" + "a" * 64)

    assert use_new_names(account=account, repositories=[f"{ANA}/web"], by=ana) == 0
    assert AssignedImage.objects.get().image.repository == f"{ANA}/web"


def test_practices_use_the_new_name_too_but_where_a_class_has_a_version_of_its_own(personal: Stage) -> None:
    account, new = moved(personal), listed(personal, "web")
    old = Image.objects.get(repository=f"{ANA}/web")
    plain, kept = (
        Practice.objects.create(school=personal.school, title=title) for title in ("LAMP", "Redes")
    )
    for practice in (plain, kept):
        PracticeImage.objects.create(practice=practice, image=old, tag="1.0")
    given = ClassPractice.objects.create(practice=kept, class_group=personal.smr)
    ClassPracticeVersion.objects.create(
        class_practice=given, image=old, tag="1.0", digest="sha256:" + "a" * 64
    )
    assert {"LAMP", "Redes"} < set(images_left_behind(account)[0].users)
    ana = TeacherRole.objects.get(docker_id=ANA).user

    assert use_new_names(account=account, repositories=[f"{ANA}/web"], by=ana) == 2

    assert plain.images.get().image == new and kept.images.get().image == old
    assert use_new_names(account=account, repositories=[f"{ANA}/web"], by=ana) == 0


def test_the_account_is_not_changed_under_a_worker(personal: Stage) -> None:
    OrganizationSync.objects.update(lease_token="somebody")

    with pytest.raises(NotConnectable, match="just now"):
        moved(personal)
    assert HubAccount.objects.get().name == ANA


def test_nothing_of_the_old_account_is_settled_or_in_sync_afterwards(personal: Stage) -> None:
    personal.settle()

    moved(personal)

    sync = OrganizationSync.objects.get()
    assert (sync.in_sync_at, sync.due_at, sync.failure) == (None, None, "")
    assert not SyncChange.objects.filter(state__in=("sent", "unknown"), settled_at=None).exists()


def test_an_organization_does_not_change_to_another_one(personal: Stage) -> None:
    account = moved(personal)

    with pytest.raises(NotConnectable):
        change_to_organization(account=account, name="iesother", by=TeacherRole.objects.first().user)  # type: ignore[union-attr]


def test_an_organization_has_no_choice_of_teachers_who_push(stage: Stage, client: Client) -> None:
    ana: Any = TeacherRole.objects.get(docker_id=ANA).user
    set_teachers_push(account=stage.account, teachers_push=True, by=ana)

    assert HubAccount.objects.get().teachers_push is False
