"""Checks of images carried out against the local Docker Hub: what is said, what it costs, and who hears of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from classrooms.actions.evening_checks import ask_evening_checks, days_ahead
from classrooms.actions.image_checks import ask_check, claim_check
from classrooms.actions.practices import (
    Dates,
    Needed,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.actions.retention import keep_house
from classrooms.models import ImageCheck, ImageTag
from classrooms.queries.check_results import CheckPage
from classrooms.queries.image_checks import items_of
from hubsync.account.image_checking import carry_out, check_waiting
from hubsync.account.pull_limits import read_limit
from hubsync.models import HubAccount
from tests.factories import make_assigned_image, make_class_group, make_image, make_student
from tests.hubsync.stage import Stage

TUESDAY_EVENING = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


@pytest.fixture
def room(stage: Stage) -> Stage:
    """1º SMR has three images: a good one, one for another processor, one that is not there."""
    cache.clear()
    # Whatever the clock says here, no evening has come.
    cache.set("hubsync.account.image_checking.evening", 1)
    HubAccount.objects.update(uuid=stage.world.get_organization("iestriana").uuid)
    stage.smr.assigned_images.all().delete()
    stage.world.push_tag("iestriana", "lamp", "1", platforms=("linux/amd64", "linux/arm64"))
    stage.world.push_tag("iestriana", "lamp", "arm", platforms=("linux/arm64",))
    lamp = stage.school.images.get(repository="iestriana/lamp")
    for tag in ("1", "arm", "9"):
        make_assigned_image(stage.smr, lamp, tag=tag)
    return stage


def checked(stage: Stage) -> CheckPage:
    check = ask_check(class_group=stage.smr, by=None)
    assert check_waiting() == 1
    check.refresh_from_db()
    return CheckPage(check)


def verdicts(page: CheckPage) -> dict[str, str]:
    return {row.reference: row.verdict.value for row in page.rows}


def test_each_image_has_its_verdict_and_the_worst_decides(room: Stage) -> None:
    page = checked(room)

    assert verdicts(page) == {
        "iestriana/lamp:1": "ready", "iestriana/lamp:arm": "will_not_work", "iestriana/lamp:9": "will_not_work",
    }  # fmt: skip
    assert page.check.verdict == "will_not_work"


def test_the_sentence_that_mends_a_missing_platform_has_its_line(room: Stage) -> None:
    (row,) = [row for row in checked(room).rows if row.reference.endswith(":arm")]

    assert [sentence.command for sentence in row.sentences] == [
        "docker buildx build --platform linux/amd64,linux/arm64 -t iestriana/lamp:arm --push ."
    ]


def test_a_check_spends_no_pull_and_one_call_an_image(room: Stage) -> None:
    room.forget_requests()
    left = _left(room)

    checked(room)

    asked = [f"{one.method} {one.path}" for one in room.world.journal.requests]
    assert len([one for one in asked if "/tags/" in one]) == 3
    assert [one for one in asked if one.startswith("GET /v2/") and "/manifests/" in one] == []
    assert _left(room) == left


def test_a_mac_runs_what_is_made_for_pcs_slowly_and_a_raspberry_pi_not_at_all(room: Stage) -> None:
    room.world.push_tag("iestriana", "lamp", "1", platforms=("linux/amd64",))
    found = {}
    for machines in (["mac"], ["pi64"], ["mac", "pi64"]):
        room.smr.machines = machines
        room.smr.save()
        found[tuple(machines)] = verdicts(checked(room))["iestriana/lamp:1"]

    assert found == {("mac",): "at_risk", ("pi64",): "will_not_work", ("mac", "pi64"): "will_not_work"}


def test_a_private_image_does_not_work_for_students_who_are_no_members(room: Stage) -> None:
    room.world.push_tag("iestriana", "examen", "1", platforms=("linux/amd64",))
    exam = room.school.images.get(repository="iestriana/examen")
    make_assigned_image(room.smr, exam, tag="1")
    room.smr.students_are_members = False
    room.smr.save()

    page = checked(room)

    (row,) = [row for row in page.rows if row.reference == "iestriana/examen:1"]
    assert [finding["code"] for finding in row.row["findings"]] == ["not_for_students"]


def test_a_frozen_version_is_judged_by_itself_when_its_tag_has_moved_on(room: Stage) -> None:
    old = _digest(room, "1")
    room.smr.assigned_images.filter(tag="1").update(digest=old)
    room.world.push_tag("iestriana", "lamp", "1", platforms=("linux/arm64",))

    (row,) = [row for row in checked(room).rows if row.reference == "iestriana/lamp:1"]

    assert (row.row["platforms"], row.verdict.value) == (["linux/amd64", "linux/arm64"], "ready")
    assert [finding["code"] for finding in row.row["findings"]] == ["changed"]


def test_pulls_that_are_wanting_are_counted_and_put_the_class_at_risk(room: Stage) -> None:
    room.smr.assigned_images.exclude(tag="1").delete()
    for _ in range(3):
        make_student(room.smr)
    students = room.smr.enrolments.count()
    room.world.limits.anonymous_pulls = students - 1

    page = checked(room)

    assert page.budget is not None
    assert (page.budget.needed, page.budget.left, page.budget.missing) == (students, students - 1, 1)
    assert page.check.verdict == "at_risk"


def test_a_docker_hub_that_is_down_is_no_verdict_on_the_images(room: Stage) -> None:
    room.world.faults.add("firewall")

    page = checked(room)

    assert set(verdicts(page).values()) == {"at_risk"}
    assert page.budget is not None and page.budget.limit is None
    assert ImageTag.objects.get(name="1").trouble == "unreachable"


def test_what_a_check_saw_stands_in_the_catalogue(room: Stage) -> None:
    checked(room)

    tag = ImageTag.objects.get(name="1")
    assert (tag.found, tag.platforms, bool(tag.compressed_bytes)) == (
        True,
        ["linux/amd64", "linux/arm64"],
        True,
    )
    assert ImageTag.objects.get(name="9").found is False


def test_an_image_of_another_registry_is_named_and_not_asked_for(room: Stage) -> None:
    make_assigned_image(room.smr, make_image(room.school, "ghcr.io/owner/web", is_private=None), tag="2")

    page = checked(room)

    assert verdicts(page)["ghcr.io/owner/web:2"] == "at_risk"
    assert page.budget is not None and page.budget.images == 3


def test_a_check_whose_worker_died_is_tried_three_times_and_then_given_up(room: Stage) -> None:
    ask_check(class_group=room.smr, by=None)
    now = timezone.now()
    for number in range(3):
        assert claim_check(now + timedelta(minutes=3 * number)) is not None

    assert claim_check(now) is None, "somebody has it"
    assert claim_check(now + timedelta(hours=1)) is None
    ImageCheck.objects.update(claimed_until=now - timedelta(minutes=1))
    assert ImageCheck.objects.get().is_given_up


def test_a_check_that_fails_keeps_no_other_from_being_done(
    room: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = ask_check(class_group=make_class_group(room.school, "2º SMR"), by=None)
    good = ask_check(class_group=room.smr, by=None)

    def look(check: ImageCheck) -> object:
        if check == bad:
            raise ValueError("no reference")
        return items_of(check)

    monkeypatch.setattr("hubsync.account.image_checking.items_of", look)

    assert check_waiting() == 1
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.is_done, bad.is_done, bad.attempts) == (True, False, 1)


def test_old_checks_go_by_themselves(room: Stage) -> None:
    check = ask_check(class_group=room.smr, by=None)
    keep_house(timezone.localdate() + timedelta(days=89))
    assert ImageCheck.objects.filter(pk=check.pk).exists()

    keep_house(timezone.localdate() + timedelta(days=92))

    assert not ImageCheck.objects.filter(pk=check.pk).exists()


def test_asking_while_one_waits_gives_the_same(room: Stage) -> None:
    assert ask_check(class_group=room.smr, by=None) == ask_check(class_group=room.smr, by=None)


def test_the_evening_before_a_practice_its_class_is_checked_once_and_the_teacher_hears_what_broke(
    room: Stage,
) -> None:
    ImageCheck.objects.all().delete()
    room.smr.assigned_images.update(assigned_at=TUESDAY_EVENING - timedelta(days=30))
    _give(room, TUESDAY_EVENING + timedelta(hours=15))

    assert [ask_evening_checks(TUESDAY_EVENING), ask_evening_checks(TUESDAY_EVENING)] == [1, 0]
    check = claim_check()
    assert check is not None
    carry_out(check)

    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert "iestriana/lamp:9" in letter.body and "iestriana/lamp:1:" not in letter.body
    assert f"/class/{room.smr.pk}/check/" in letter.body


def test_nothing_is_checked_before_the_evening_nor_for_a_practice_of_next_week(room: Stage) -> None:
    room.smr.assigned_images.update(assigned_at=TUESDAY_EVENING - timedelta(days=30))
    _give(room, TUESDAY_EVENING + timedelta(days=7))

    assert ask_evening_checks(TUESDAY_EVENING) == 0
    assert ask_evening_checks(TUESDAY_EVENING + timedelta(days=6) - timedelta(hours=4)) == 0
    assert ask_evening_checks(TUESDAY_EVENING + timedelta(days=6)) == 1


def test_on_a_friday_the_check_looks_as_far_as_monday() -> None:
    friday = datetime(2026, 11, 27, tzinfo=UTC).date()
    assert [day.day for day in days_ahead(friday)] == [28, 29, 30]
    assert [day.day for day in days_ahead(friday - timedelta(days=1))] == [27]


def test_an_evening_on_which_all_is_well_writes_to_nobody(room: Stage) -> None:
    room.smr.assigned_images.exclude(tag="1").delete()
    _give(room, TUESDAY_EVENING + timedelta(hours=15))
    ask_evening_checks(TUESDAY_EVENING)
    check = claim_check()
    assert check is not None

    carry_out(check)

    assert (check.verdict, mail.outbox) == ("ready", [])


def _give(stage: Stage, visible_from: datetime) -> None:
    lamp = stage.school.images.get(repository="iestriana/lamp")
    practice = write_practice(
        school=stage.school, written=PracticeText("P1", images=(Needed(lamp, "1"),)), by=None
    )
    publish_practice(practice=practice, by=None)
    give_practice(practice=practice, class_groups=[stage.smr], dates=Dates(visible_from), by=None)


def _digest(stage: Stage, tag: str) -> str:
    checked(stage)
    return str(ImageTag.objects.get(name=tag).digest)


def _left(stage: Stage) -> int | None:
    limit = read_limit(timezone.now())
    assert limit is not None
    return limit.left
