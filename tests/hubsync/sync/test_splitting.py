"""A bulk invitation that is refused as a whole is asked again in halves: one address keeps nobody else out."""

from __future__ import annotations

import pytest

from hubsync.hub.errors import HubForbidden, HubUnavailable
from hubsync.models import HubPerson, RemoteObject, SyncChange
from hubsync.sync.apply_look import Look
from hubsync.sync.splitting import most_refusals
from tests.factories import make_student
from tests.hubsync.stage import ORGANIZATION, Stage

STUDENTS = 20
BULK = "POST /v2/invites/bulk"


@pytest.fixture
def crowd(stage: Stage) -> Stage:
    """Twenty who are to be invited beside Bruno; where somebody waits already, Docker Hub refuses the whole request."""
    stage.settle()
    stage.accept("bruno")
    stage.settle()
    stage.forget_requests()
    stage.world.organizations[ORGANIZATION].seats = stage.account.seats = 50
    stage.account.save()
    stage.world.switches.turn("pending_invite_again", "conflict")
    for number in range(STUDENTS):
        stage.world.add_user(f"alumna{number}", email=f"alumna{number}@ies.example")
        make_student(stage.smr, f"Alumna{number}", docker_id=f"alumna{number}")
    stage.wish()
    return stage


def invite_by_hand(stage: Stage, *numbers: int) -> None:
    """By e-mail, of which the portal cannot know whose it is."""
    people = [f"alumna{number}@ies.example" for number in numbers]
    stage.world.invite_all(ORGANIZATION, people, role="member", team=None, inviter="second")


def mails(stage: Stage) -> list[int]:
    """How many e-mails each of the twenty got by their Docker ID."""
    return [stage.world.mails[f"alumna{number}"] for number in range(STUDENTS)]


def test_nineteen_are_invited_although_the_twentieth_makes_docker_hub_refuse(crowd: Stage) -> None:
    invite_by_hand(crowd, 7)

    run = crowd.run()

    assert mails(crowd) == [int(number != 7) for number in range(STUDENTS)]
    assert crowd.writes.count(BULK) <= 2 * most_refusals(STUDENTS)
    (alone,) = [row for row in run.changes.filter(state="rejected") if len(row.facts["invitees"]) == 1]
    assert alone.facts["invitees"] == ["alumna7"]
    assert (run.result, run.trouble, run.detail) == ("partly", "rejected", "1")


def test_each_half_is_in_the_journal_before_it_is_sent_and_nobody_is_in_two_that_went_through(
    crowd: Stage,
) -> None:
    invite_by_hand(crowd, 0, 19)

    crowd.run()

    rows = SyncChange.objects.filter(run__account=crowd.account, kind="invite").exclude(sent_at=None)
    done = [one for row in rows.filter(state="confirmed") for one in row.facts["invitees"]]
    assert sorted(done) == sorted({*done})
    assert rows.filter(run=rows.latest("pk").run).count() == crowd.writes.count(BULK)
    assert mails(crowd) == [int(number not in (0, 19)) for number in range(STUDENTS)]


def test_the_next_run_invites_nobody_again_and_asks_once_for_who_was_refused(crowd: Stage) -> None:
    invite_by_hand(crowd, 7)
    crowd.run()
    crowd.forget_requests()

    crowd.let_pass(minutes=5)
    crowd.run()

    assert crowd.writes == [BULK]
    assert max(mails(crowd)) == 1
    assert HubPerson.objects.get(key="alumna3").state == "sent"
    assert not RemoteObject.objects.filter(kind="member", name="alumna7").exists()


def test_where_each_half_is_refused_it_is_not_tried_for_everybody(crowd: Stage) -> None:
    """No seat is left on Docker Hub although the school typed more: no address is to blame."""
    world = crowd.world
    world.organizations[ORGANIZATION].seats = world.seats_used(ORGANIZATION)

    run = crowd.run()

    assert sum(mails(crowd)) == 0
    assert crowd.writes.count(BULK) <= most_refusals(STUDENTS) + 2
    assert run.result == "partly"


def test_who_waits_all_the_same_after_a_refusal_is_ours_and_in_no_half(crowd: Stage) -> None:
    """Somebody of the twenty was invited by hand by Docker ID a moment ago, after the look."""
    look, numbers = crowd.run, (3, 11)
    hand = crowd.world.invite_all

    def meanwhile(*args: object, **kwargs: object) -> object:
        crowd.world.invite_all = hand  # type: ignore[method-assign]
        hand(ORGANIZATION, [f"alumna{n}" for n in numbers], role="member", team=None, inviter="second")
        return hand(*args, **kwargs)  # type: ignore[arg-type]

    crowd.world.invite_all = meanwhile  # type: ignore[assignment, method-assign]
    run = look()

    assert mails(crowd) == [1] * STUDENTS
    assert run.result == "settled"
    assert crowd.writes.count(BULK) == 3


def test_where_looking_after_the_refusal_does_not_work_nobody_is_asked_again_before_a_look(
    crowd: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite_by_hand(crowd, 7)

    def no_answer(*_: object) -> set[str]:
        raise HubUnavailable("cut")

    with monkeypatch.context() as patch:
        patch.setattr(Look, "who_waits", no_answer)
        crowd.run()
    before = crowd.writes.count(BULK)
    row = SyncChange.objects.filter(kind="invite").latest("pk")
    state = row.state, row.settled_at
    crowd.let_pass(seconds=61)
    crowd.run()
    crowd.run()

    assert (before, state) == (1, ("unknown", None))
    assert mails(crowd) == [int(number != 7) for number in range(STUDENTS)]


def test_where_docker_hub_does_not_tell_who_waits_nobody_is_asked_again_before_a_look(
    crowd: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite_by_hand(crowd, 7)
    monkeypatch.setattr(Look, "_waiting", lambda _: (_ for _ in ()).throw(HubForbidden("no")))

    run = crowd.run()

    assert crowd.writes.count(BULK) == 1
    assert (run.result, sum(mails(crowd))) == ("interrupted", 0)


@pytest.mark.parametrize(("invitees", "most"), [(1, 4), (2, 4), (20, 12), (100, 16)])
def test_how_often_one_invitation_may_be_refused_grows_slowly(invitees: int, most: int) -> None:
    assert most_refusals(invitees) == most
