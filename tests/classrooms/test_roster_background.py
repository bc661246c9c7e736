"""Large class lists are brought in by a worker: once, whole, and again where a worker died."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.actions import roster_background
from classrooms.actions.roster_background import (
    AT_ONCE_ROWS,
    MOST_ATTEMPTS,
    bring_in_now,
    bring_in_waiting,
    confirm_import,
)
from classrooms.actions.roster_preparing import prepare_import
from classrooms.actions.rosters import drop_import
from classrooms.models import AuditEntry, ClassGroup, Enrolment, RosterImport, School, Student, User
from classrooms.queries.roster_confirmed import Confirmed, as_json, from_json
from classrooms.queries.roster_decisions import Decisions
from classrooms.rosters.chosen import Chosen
from classrooms.rosters.comparison import ClassPlace
from classrooms.signals import work_waits
from tests.classrooms.regalum import SMR, csv_of, student
from tests.factories import make_class_group, make_teacher

LARGE = [
    student(str(9_000_000 + number), f"Nombre{number}", "Alba", "Núñez") for number in range(AT_ONCE_ROWS + 1)
]


@pytest.fixture
def large(school: School, ana: User) -> RosterImport:
    return prepare_import(school=school, data=csv_of(*LARGE), by=ana)


@pytest.fixture
def asked(large: RosterImport, ana: User) -> RosterImport:
    confirm_import(roster_import=large, by=ana, confirmed=Confirmed())
    large.refresh_from_db()
    return large


def test_a_small_list_is_in_at_once(school: School, ana: User) -> None:
    waiting = prepare_import(school=school, data=csv_of(*LARGE[:-1]), by=ana)

    confirm_import(roster_import=waiting, by=ana, confirmed=Confirmed())

    assert Enrolment.objects.count() == AT_ONCE_ROWS


def test_a_large_list_waits_for_a_worker_and_writes_nothing_meanwhile(asked: RosterImport) -> None:
    assert asked.state == RosterImport.State.ASKED
    assert not Student.objects.exists()


def test_workers_are_told_when_a_list_waits(large: RosterImport, ana: User) -> None:
    heard: list[School] = []

    def hear(school: School, **facts: Any) -> None:
        heard.append(school)

    work_waits.connect(hear)
    try:
        confirm_import(roster_import=large, by=ana, confirmed=Confirmed())
    finally:
        work_waits.disconnect(hear)

    assert heard == [large.school]


def test_a_worker_brings_it_in_once_in_the_name_of_who_confirmed(asked: RosterImport, ana: User) -> None:
    assert bring_in_waiting() == 1
    assert bring_in_waiting() == 0

    asked.refresh_from_db()
    assert (asked.state, asked.confirmed, asked.rows) == (RosterImport.State.DONE, {}, [])
    assert Enrolment.objects.count() == len(LARGE)
    assert AuditEntry.objects.get(verb="roster.imported").actor == ana


def test_pressing_again_while_it_waits_changes_no_answer(asked: RosterImport, ana: User) -> None:
    confirm_import(roster_import=asked, by=ana, confirmed=Confirmed(leavers=[7]))

    asked.refresh_from_db()
    assert asked.confirmed["leavers"] == []


def test_what_was_answered_reaches_the_worker(school: School, ana: User, large: RosterImport) -> None:
    lines = frozenset(row["line"] for row in large.rows)
    without = Chosen({"new": lines - {min(lines)}})
    confirm_import(roster_import=large, by=ana, confirmed=Confirmed(chosen=without))

    bring_in_waiting()

    assert Student.objects.get().given_name == "Nombre0"


def test_every_answer_survives_being_kept() -> None:
    confirmed = Confirmed(
        leavers=frozenset([3]),
        answers={"Repite": "active"},
        placements={4: 5},
        decisions=Decisions(people={6: "new"}, classes={ClassPlace("1SMR", ""): "out"}),
        chosen=Chosen({"moved": frozenset([8]), "new": None}),
    )

    assert from_json(as_json(confirmed)) == confirmed


def test_two_workers_never_take_the_same_list(asked: RosterImport) -> None:
    now = timezone.now()

    first, second = roster_background._claim(now), roster_background._claim(now)

    assert (first, second) == (asked, None)


class Killed(BaseException):
    """As the end of a process: nothing after it runs."""


def test_of_a_worker_that_was_killed_nothing_is_left_and_the_next_one_does_all_of_it(
    asked: RosterImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed at the last write, when everything else of the transaction is written."""

    def die(*args: object, **facts: object) -> None:
        raise Killed

    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr("classrooms.actions.rosters.audit.record", die)
        bring_in_waiting()
    assert not Student.objects.exists() and not ClassGroup.objects.exists()
    assert bring_in_waiting() == 0  # it may still live

    assert bring_in_waiting(timezone.now() + roster_background.LEASE + timedelta(seconds=1)) == 1
    assert Enrolment.objects.count() == len(LARGE)


def test_a_list_that_cannot_be_brought_in_goes_back_to_the_person_and_keeps_no_other_waiting(
    asked: RosterImport, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, rows: object) -> None:
        raise ValueError("broken")

    with monkeypatch.context() as broken:
        broken.setattr("classrooms.actions.rosters.Enroller.enrol", fail)
        for attempt in range(MOST_ATTEMPTS):
            bring_in_waiting(timezone.now() + timedelta(hours=attempt))

    asked.refresh_from_db()
    assert asked.state == RosterImport.State.WAITING
    assert asked.summary["has_failed"]
    assert not Student.objects.exists()
    confirm_import(roster_import=asked, by=ana, confirmed=Confirmed())
    assert bring_in_waiting() == 1


def test_who_does_not_want_to_wait_for_a_worker_brings_it_in_and_the_worker_finds_nothing(
    asked: RosterImport,
) -> None:
    bring_in_now(roster_import=asked)

    assert Enrolment.objects.count() == len(LARGE)
    assert bring_in_waiting() == 0


def test_a_list_that_a_worker_is_to_bring_in_is_not_dropped(asked: RosterImport, ana: User) -> None:
    drop_import(roster_import=asked, by=ana)

    assert bring_in_waiting() == 1


def test_a_list_on_its_way_in_is_found_again_from_the_upload(
    client: Client, asked: RosterImport, ana: User
) -> None:
    client.force_login(ana)

    page = client.get(
        f"/school/{asked.school_id}/roster/", headers={"accept-language": "en"}
    ).content.decode()

    assert f'href="/roster/{asked.pk}/"' in page and "being brought in" in page


def test_the_page_says_how_far_it_is_and_htmx_gets_that_part_until_the_result_is_there(
    client: Client, asked: RosterImport, ana: User
) -> None:
    client.force_login(ana)
    path = f"/roster/{asked.pk}/"
    page = client.get(path, headers={"accept-language": "en"}).content.decode()
    part = client.get(path, headers={"HX-Request": "true", "accept-language": "en"}).content.decode()
    assert "It is taken up in a few seconds." in page and "Bring it in now" not in page
    assert part in page and "<main" not in part

    bring_in_waiting()

    assert client.get(path, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "The class list is in" in client.get(path, headers={"accept-language": "en"}).content.decode()


def test_where_no_worker_comes_the_page_offers_to_do_it_now(
    client: Client, asked: RosterImport, ana: User
) -> None:
    client.force_login(ana)
    RosterImport.objects.update(confirmed_at=timezone.now() - timedelta(minutes=1))
    path = f"/roster/{asked.pk}/"
    assert "Bring it in now" in client.get(path, headers={"accept-language": "en"}).content.decode()

    client.post(path, {"decision": "now"})

    assert Enrolment.objects.count() == len(LARGE)


@pytest.mark.parametrize("at_once", [True, False])
def test_who_no_longer_teaches_a_class_when_the_list_comes_in_changes_nothing_of_it(
    school: School, at_once: bool
) -> None:
    javier = make_teacher(school, "Javier")
    taught = make_class_group(school, "1SMR", course=SMR, teacher=javier)
    lines = LARGE[:3] if at_once else LARGE
    waiting = prepare_import(school=school, data=csv_of(*lines, student("1", unit="2DAW")), by=javier)
    assert len(waiting.rows) == len(lines) + 1
    if not at_once:
        confirm_import(roster_import=waiting, by=javier, confirmed=Confirmed())
    taught.teachings.all().delete()

    if at_once:
        confirm_import(roster_import=waiting, by=javier, confirmed=Confirmed())
    else:
        bring_in_waiting()

    assert {one.class_group.name for one in Enrolment.objects.all()} == {"2DAW"}


def test_a_class_archived_meanwhile_stays_as_it_is(school: School) -> None:
    closed = make_class_group(school, "1SMR", course=SMR)
    waiting = prepare_import(school=school, data=csv_of(*LARGE[:3]), by=None)
    ClassGroup.objects.filter(pk=closed.pk).update(archived_at=timezone.now())

    confirm_import(roster_import=waiting, by=None, confirmed=Confirmed())

    assert not Enrolment.objects.exists()
