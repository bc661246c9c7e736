"""The engine at the command line: hub_plan, hub_apply, worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from hubsync.sync import worker
from hubsync.sync.heartbeat import last_beat
from hubsync.sync.rings import ring_file
from tests.hubsync.stage import Stage


def run(*words: str) -> tuple[str, int]:
    """(what was printed, exit code)"""
    out = StringIO()
    try:
        call_command(*words, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_hub_plan_shows_the_changes_and_ends_with_two(stage: Stage) -> None:
    text, code = run("hub_plan", "IES Triana")

    assert code == 2
    assert "docentes" in text
    assert stage.writes == []


def test_hub_plan_as_json_gives_kinds_facts_and_digest(stage: Stage) -> None:
    text, code = run("hub_plan", str(stage.school.pk), "--json")

    plan = json.loads(text)
    assert code == 2
    assert plan["changes"][0]["kind"] == "create_team"
    assert len(plan["digest"]) == 64


def test_hub_plan_ends_with_zero_where_nothing_is_to_do(stage: Stage) -> None:
    stage.settle()

    assert run("hub_plan", "iestriana")[1] == 0


@pytest.mark.parametrize("command", ["hub_plan", "hub_apply"])
def test_a_school_that_is_not_there_is_named(stage: Stage, command: str) -> None:
    with pytest.raises(CommandError, match="IES Nowhere"):
        run(command, "IES Nowhere")


def test_hub_plan_says_why_it_cannot_look(stage: Stage) -> None:
    stage.world.faults.add("firewall", path="/v2/orgs/*")

    with pytest.raises(CommandError):
        run("hub_plan", "iestriana")


def test_hub_apply_does_it_and_says_each_change(stage: Stage) -> None:
    text, code = run("hub_apply", "iestriana")

    assert code == 0
    assert len(text.splitlines()) == 8
    assert stage.invited() == ["bruno"]


def test_hub_apply_does_not_write_before_somebody_said_yes(stage: Stage) -> None:
    stage.account.is_active = False
    stage.account.save()

    with pytest.raises(CommandError, match="--activate"):
        run("hub_apply", "iestriana")
    assert stage.writes == []


def test_hub_apply_can_be_the_yes(stage: Stage) -> None:
    stage.account.is_active = False
    stage.account.save()

    assert run("hub_apply", "iestriana", "--activate")[1] == 0
    assert stage.invited() == ["bruno"]


def test_hub_apply_ends_with_two_where_docker_hub_refused_something(stage: Stage) -> None:
    stage.school.students.update(docker_id="nobodythere")

    assert run("hub_apply", "iestriana")[1] == 2


def test_a_long_plan_takes_several_slices(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hubsync.sync.apply.SLICE_WRITES", 3)

    _, code = run("hub_apply", "iestriana")

    assert code == 0
    assert stage.account.runs.count() == 3
    assert len([write for write in stage.writes if write.startswith("POST")]) == 8


def test_the_worker_sweeps_what_is_due_and_gives_a_sign_of_life(stage: Stage) -> None:
    stage.wish()

    assert worker.sweep() == 1
    assert stage.invited() == ["bruno"]
    assert last_beat() is not None


def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_the_next(stage: Stage) -> None:
    stage.wish()

    worker.sweep(lambda: len(stage.writes) >= 2)
    written = len(stage.writes)
    worker.sweep()

    assert written == 2
    assert len(stage.writes) == 8
    assert [run.result for run in stage.account.runs.order_by("pk")] == ["interrupted", "settled"]


def test_a_sweep_without_anything_due_asks_nothing(stage: Stage) -> None:
    assert worker.sweep() == 0
    assert len(stage.world.journal.requests) == 0


def test_what_nobody_waits_for_is_done_beside_and_goes_on_after_a_trouble(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "SWEEP_SECONDS", 0.0)
    done: list[int] = []

    def do(is_over: Callable[[], bool]) -> None:
        done.append(1)
        if len(done) == 1:
            raise DatabaseError

    with worker.beside(do, lambda: len(done) >= 3, name="test"):
        pass

    assert len(done) == 3


def test_there_is_one_worker_for_one_folder(stage: Stage) -> None:
    with worker.only_worker(), pytest.raises(worker.WorkerIsRunning), worker.only_worker():
        pass


def test_a_ring_wakes_the_worker_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(worker, "SWEEP_SECONDS", 3600.0)
    turns = 0

    def is_over() -> bool:
        nonlocal turns
        turns += 1
        if turns == 3:
            ring_file().touch()
        return worker_runs >= 2

    worker_runs = 0

    def count(*_: Any, **__: Any) -> int:
        nonlocal worker_runs
        worker_runs += 1
        return 1

    monkeypatch.setattr(worker, "sweep", count)

    worker.work(is_over)

    assert worker_runs == 2
