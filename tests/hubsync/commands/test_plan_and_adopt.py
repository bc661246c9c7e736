"""A plan that is kept and compared, and adopting at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import translation

from hubsync.models import RemoteObject
from tests.factories import make_student
from tests.hubsync.commands.test_engine_commands import run
from tests.hubsync.stage import ORGANIZATION, Stage


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


@pytest.fixture
def kept(stage: Stage, tmp_path: Path) -> str:
    path = tmp_path / "plan.json"
    path.write_text(run("hub_plan", ORGANIZATION, "--json")[0], encoding="utf-8")
    return str(path)


def test_a_plan_that_is_still_the_same_ends_with_zero(stage: Stage, kept: str) -> None:
    assert run("hub_plan", ORGANIZATION, "--compare", kept) == ("The plan is still the same.\n", 0)


def test_what_is_new_and_what_is_gone_is_said(stage: Stage, kept: str) -> None:
    stage.smr.enrolments.all().delete()
    make_student(stage.smr, "Carla", docker_id="carla")

    text, code = run("hub_plan", ORGANIZATION, "--compare", kept)

    assert code == 2
    assert text.index("New:") < text.index("carla") < text.index("No longer needed:") < text.index("bruno")


@pytest.mark.parametrize("text", ["", "[]", '{"account": "another"}', '{"account": "iestriana"}'])
def test_what_is_no_plan_is_refused(stage: Stage, tmp_path: Path, text: str) -> None:
    path = tmp_path / "no.json"
    path.write_text(text)

    with pytest.raises(CommandError, match="holds no plan"):
        run("hub_plan", ORGANIZATION, "--compare", str(path))


def test_a_plan_that_was_edited_is_refused(stage: Stage, kept: str) -> None:
    plan = json.loads(Path(kept).read_text())
    plan["changes"].pop()
    Path(kept).write_text(json.dumps(plan))

    with pytest.raises(CommandError, match="changed after it was made"):
        run("hub_apply", ORGANIZATION, "--plan", kept)


def test_hub_apply_does_the_plan_that_was_kept(stage: Stage, kept: str) -> None:
    assert run("hub_apply", ORGANIZATION, "--plan", kept)[1] == 0
    assert stage.invited() == ["bruno"]


def test_hub_apply_refuses_another_plan_than_was_kept(stage: Stage, kept: str) -> None:
    make_student(stage.smr, "Carla", docker_id="carla")

    with pytest.raises(CommandError, match="another one by now"):
        run("hub_apply", ORGANIZATION, "--plan", kept)
    assert stage.invited() == []


@pytest.fixture
def found(stage: Stage) -> Stage:
    stage.world.add_team(ORGANIZATION, "informatica")
    stage.world.take_seat(ORGANIZATION, "carla", "member")
    stage.look()
    stage.forget_requests()
    return stage


def test_hub_adopt_lists_what_is_there_and_whose_it_is(found: Stage) -> None:
    text, code = run("hub_adopt", ORGANIZATION)

    assert code == 0
    assert text.splitlines() == [
        "[team] informatica: left alone",
        "[member] carla: left alone",
        "[repository] examen: left alone",
        "[repository] lamp: left alone",
    ]


def test_hub_adopt_gives_a_team_to_a_class_and_touches_nothing(found: Stage) -> None:
    words = ["--team", "informatica", "--as", "1º SMR", "--mode", "observe", "--json"]
    rows = json.loads(run("hub_adopt", ORGANIZATION, *words)[0])

    row = RemoteObject.objects.get()
    assert (row.name, row.mode, row.class_group) == ("informatica", "observe", found.smr)
    assert rows[0]["is_ours"] and rows[0]["mode"] == "observe"
    assert found.writes == []


@pytest.mark.parametrize(("option", "name"), [("--member", "carla"), ("--repository", "examen")])
def test_a_member_or_repository_is_adopted_and_released(found: Stage, option: str, name: str) -> None:
    run("hub_adopt", ORGANIZATION, option, name)
    adopted = RemoteObject.objects.get().name
    run("hub_adopt", ORGANIZATION, option, name, "--release")

    assert adopted == name
    assert not RemoteObject.objects.exists()


@pytest.mark.parametrize(
    "words", [("--member", "nobodythere"), ("--member", "anaruiz"), ("--team", "owners"),
              ("--team", "informatica", "--as", "9º X")]
)  # fmt: skip
def test_what_cannot_be_adopted_is_refused_with_a_sentence(found: Stage, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("hub_adopt", ORGANIZATION, *words)
    assert not RemoteObject.objects.exists()
