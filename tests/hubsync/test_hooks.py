"""What changes in the classrooms makes the organization due, in the same transaction."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from classrooms.signals import images_changed, roster_changed, staff_changed, work_waits
from hubsync.models import HubAccount, OrganizationSync
from hubsync.sync.rings import ring_file
from tests.factories import make_school, make_student
from tests.hubsync.stage import Stage


@pytest.mark.parametrize("signal", [roster_changed, images_changed, staff_changed])
def test_each_kind_of_change_is_a_wish(stage: Stage, signal: object) -> None:
    before = stage.sync.generation

    signal.send(sender=None, school=stage.school, class_group=stage.smr)  # type: ignore[attr-defined]

    assert stage.sync.generation == before + 1
    assert stage.sync.due_at is not None
    assert not stage.sync.is_urgent


def test_a_wish_is_gone_with_the_change_that_was_rolled_back(stage: Stage) -> None:
    before = stage.sync.generation
    with pytest.raises(RuntimeError), transaction.atomic():
        make_student(stage.smr, "Elena")
        raise RuntimeError

    assert stage.sync.generation == before


def test_a_school_whose_account_is_not_switched_on_wishes_nothing(stage: Stage) -> None:
    HubAccount.objects.update(is_active=False)
    before = stage.sync.generation

    roster_changed.send(sender=None, school=stage.school, class_group=None)

    assert stage.sync.generation == before


def test_another_schools_change_is_not_ours(stage: Stage) -> None:
    before = stage.sync.generation

    roster_changed.send(sender=None, school=make_school("IES Alixar"), class_group=None)

    assert stage.sync.generation == before
    assert OrganizationSync.objects.count() == 1


def test_a_class_list_that_waits_wakes_a_worker_once_it_is_saved(
    stage: Stage, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DATA_DIR, settings.REDIS_URL = tmp_path, ""
    with django_capture_on_commit_callbacks(execute=True):
        work_waits.send(sender=None, school=stage.school)
        assert not ring_file().exists()

    assert ring_file().exists()
