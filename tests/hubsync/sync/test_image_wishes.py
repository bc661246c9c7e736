"""What people ask to be changed of a repository: done once by the sync, and nothing of any other repository."""

from typing import Any

import pytest
from django.utils import timezone

from classrooms.actions.catalogue import record_catalogue
from classrooms.actions.image_wishes import wish_image_change
from classrooms.actions.refusals import NotAssignable
from classrooms.image_facts import RepositoryFacts
from classrooms.models import Image
from hubsync.planning.changes import ChangeVisibility, DescribeRepository
from hubsync.planning.plan_repositories import plan_repository_wishes
from hubsync.planning.state import OrganizationState, RepositoryState, RepositoryWish
from tests.factories import make_image
from tests.hubsync.stage import ORGANIZATION, Stage


def planned(wish: RepositoryWish, *there: RepositoryState) -> set[Any]:
    desired = OrganizationState(repository_wishes=frozenset({wish}))
    return set(plan_repository_wishes(desired, OrganizationState(repositories=frozenset(there))))


def test_only_what_was_asked_for_and_is_not_so_is_planned_and_only_for_that_repository() -> None:
    lamp, other = RepositoryState("lamp", True, "old"), RepositoryState("web", True, "x")

    assert planned(RepositoryWish("lamp", is_private=False), lamp, other) == {ChangeVisibility("lamp", False)}
    assert planned(RepositoryWish("Lamp", description="new"), lamp) == {DescribeRepository("lamp", "new")}
    assert planned(RepositoryWish("lamp", is_private=True, description="old"), lamp) == set()
    assert planned(RepositoryWish("gone", is_private=True), lamp) == set()


@pytest.fixture
def exam(stage: Stage) -> Image:
    stage.settle()
    return Image.objects.get(repository=f"{ORGANIZATION}/examen")


def seen(stage: Stage, name: str) -> Any:
    found = stage.world.find_repository(ORGANIZATION, name)
    assert found is not None
    return found


def test_an_image_is_described_published_and_made_immutable_and_then_nothing_is_left_to_do(
    stage: Stage, exam: Image
) -> None:
    before = seen(stage, "lamp").description
    wish_image_change(
        image=exam, is_private=False, description="Del año pasado", has_immutable_tags=True, by=None
    )
    stage.settle()

    there = seen(stage, "examen")
    assert (there.is_private, there.description) == (False, "Del año pasado")
    exam.refresh_from_db()
    assert (exam.is_private, exam.has_immutable_tags) == (False, True)
    assert (exam.wished_private, exam.wished_description, exam.wished_immutable) == (None, None, None)
    assert seen(stage, "lamp").description == before
    stage.forget_requests()
    stage.wish()
    stage.settle()
    assert stage.writes == []


def test_what_somebody_changes_later_on_docker_hub_stays(stage: Stage, exam: Image) -> None:
    wish_image_change(image=exam, is_private=False, by=None)
    stage.settle()
    seen(stage, "examen").is_private = True
    stage.wish()
    stage.settle()

    assert seen(stage, "examen").is_private is True


def test_a_wish_is_taken_back_by_asking_for_what_is_so(exam: Image) -> None:
    wish_image_change(image=exam, is_private=False, by=None)
    wish_image_change(image=exam, is_private=True, by=None)

    exam.refresh_from_db()
    assert exam.wished_private is None


def test_what_is_so_already_is_no_wish_any_more(stage: Stage, exam: Image) -> None:
    wish_image_change(image=exam, is_private=False, description="Nueva", by=None)
    facts = [RepositoryFacts("examen", False, "Nueva")]

    record_catalogue(school=stage.school, account_name=ORGANIZATION, repositories=facts, at=timezone.now())

    exam.refresh_from_db()
    assert (exam.wished_private, exam.wished_description) == (None, None)


def test_an_image_of_somebody_else_cannot_be_changed(stage: Stage) -> None:
    with pytest.raises(NotAssignable):
        wish_image_change(image=make_image(stage.school, "nginx"), is_private=True, by=None)
