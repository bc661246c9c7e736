"""No way leads from the portal to the deletion of a repository: not from the client, a plan, nor a whole school's year."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from classrooms.actions.class_groups import archive_class_group
from classrooms.actions.images import want_repository, withdraw_image
from classrooms.actions.staff import set_teachers
from classrooms.models import Image, User
from hubsync.hub.client import HubReader, HubWriter
from hubsync.models import Hold
from hubsync.pages.answers import approve_hold
from hubsync.planning.changes import KINDS
from hubsync.sync.apply_hub import HubSide
from tests.hubsync.contract.calls import traffic
from tests.hubsync.contract.test_client_and_local_hub import public_methods
from tests.hubsync.stage import ORGANIZATION, Stage

# A repository itself, by the two addresses that Docker Hub knows it under; what is below it is something else.
REPOSITORY = re.compile(r"/v2/(namespaces/[^/]+/repositories/[^/]+|repositories/[^/]+/[^/]+)/?")


def deletions(requests: Iterable[tuple[str, str]]) -> list[str]:
    return [path for method, path in requests if method == "DELETE" and REPOSITORY.fullmatch(path)]


@pytest.mark.parametrize(
    "path",
    ["/v2/repositories/iestriana/lamp/", "/v2/namespaces/iestriana/repositories/lamp"],
)
def test_the_look_for_it_would_find_it(path: str) -> None:
    assert deletions([("DELETE", path)]) == [path]
    assert deletions([("DELETE", f"{path.rstrip('/')}/groups/7/"), ("GET", path)]) == []


def test_no_method_of_the_client_sends_it() -> None:
    """The traffic holds every method of the client, in each setting of the local Docker Hub."""
    asked = [(one.method, one.path) for one in traffic() if one.caller]

    assert {one.caller for one in traffic()} >= public_methods(HubReader, HubWriter)
    assert deletions(asked) == []


def test_no_kind_of_change_is_one() -> None:
    kinds = {kind for kind in KINDS if "repository" in kind}
    calls = {name for name in dir(HubSide) if "repository" in name}

    assert kinds == {"create_repository", "describe_repository"}
    assert calls == {"_create_repository", "_describe_repository"}


def test_a_school_that_gives_up_everything_keeps_its_repositories(stage: Stage) -> None:
    ana = User.objects.get(first_name="Ana")
    want_repository(school=stage.school, name="nuevo", is_private=True, by=ana)
    stage.settle()

    for assigned in stage.smr.assigned_images.all():
        withdraw_image(assigned=assigned, by=ana)
    set_teachers(class_group=stage.smr, teacher_roles=[], by=ana)
    archive_class_group(class_group=stage.smr, by=ana)
    Image.objects.update(is_wanted=False)
    for _ in range(3):
        stage.run()
        for hold in Hold.objects.waiting():
            approve_hold(hold=hold, by=ana)

    there = [stage.world.find_repository(ORGANIZATION, name) for name in ("lamp", "examen", "nuevo")]
    assert None not in there
    assert deletions((one.method, one.path) for one in stage.world.journal.requests) == []
