"""The first sync, killed at each of its writes: it converges, and nobody gets a second e-mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from requests import PreparedRequest
from requests.adapters import HTTPAdapter

from hubsync.hub.names import team_name_for
from hubsync.models import SyncChange, SyncRun
from tests.hubsync.stage import SIGN_IN, WRITING, Stage

WRITES_OF_FIRST_SYNC = 8
KINDS_OF_CRASH = ("before", "after", "lost")


class Killed(BaseException):
    """What `kill -9` does, as near as one process can do it to itself."""


def kill_at(monkeypatch: pytest.MonkeyPatch, number: int, when: str) -> None:
    """The worker dies just before or just after its nth write reaches Docker Hub."""
    send: Callable[..., Any] = HTTPAdapter.send
    seen = 0

    def deadly(adapter: HTTPAdapter, request: PreparedRequest, **options: Any) -> Any:
        nonlocal seen
        is_write = request.method in WRITING and not str(request.url).endswith(SIGN_IN)
        seen += is_write
        is_the_one = is_write and seen == number
        if is_the_one and when == "before":
            raise Killed
        answer = send(adapter, request, **options)
        if is_the_one and when == "after":
            raise Killed
        return answer

    monkeypatch.setattr(HTTPAdapter, "send", deadly)


def first_sync(stage: Stage, monkeypatch: pytest.MonkeyPatch, number: int, when: str) -> None:
    """One run in which the nth write goes wrong."""
    if when == "lost":
        fault = stage.world.faults.add(
            "reset after", method="POST", path="/v2/[!a]*", times=1, skip=number - 1
        )
        stage.run()
        assert fault.times == 0
    else:
        with monkeypatch.context() as patch, pytest.raises(Killed):
            kill_at(patch, number, when)
            stage.run()
    stage.lose_worker()


@pytest.mark.parametrize("when", KINDS_OF_CRASH)
@pytest.mark.parametrize("number", range(1, WRITES_OF_FIRST_SYNC + 1))
def test_a_first_sync_that_was_interrupted_converges_without_a_second_e_mail(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, number: int, when: str
) -> None:
    first_sync(stage, monkeypatch, number, when)

    stage.settle()

    team = team_name_for(stage.smr.name, stage.smr.academic_year)
    assert stage.people_of(team) == {"anaruiz"}
    assert stage.invited() == ["bruno"]
    assert stage.level_of(team, "examen") == "read"
    assert not SyncChange.objects.filter(state=SyncChange.State.SENT, settled_at=None).exists()
    assert not SyncRun.objects.filter(result=SyncRun.Result.RUNNING).exists()


def test_within_a_minute_of_a_lost_answer_nobody_is_invited_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_sync(stage, monkeypatch, 3, "before")

    run = stage.run()

    assert stage.invited() == []
    assert {"code": "answer_lost", "invitee": "bruno"} in run.proof["notes"]
    assert run.result == SyncRun.Result.INTERRUPTED
