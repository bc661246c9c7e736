"""`hub_doctor`: a school's connection looked over, and an organization probed into the local Docker Hub's truth."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from hubsync.hub.errors import HubUnavailable
from hubsync.models import HubAccount, SealedCredential
from hubsync.probing.recording import Recorder
from hubsync.sandbox import running
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.switches import Switches
from hubsync.sandbox.truth import DECIDES, read_truth
from tests.hubsync.stage import ORGANIZATION, Stage

EVERYTHING = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)


def doctor(*words: str, **options: Any) -> tuple[str, int]:
    """(what was printed, exit code)"""
    out = StringIO()
    try:
        call_command("hub_doctor", *words, stdout=out, stderr=out, **options)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_a_sound_connection_is_told_in_one_sentence_for_each_thing(stage: Stage) -> None:
    stage.world.limits.signed_in_per_minute = 1_000_000
    told, code = doctor("IES Triana")

    assert code == 0, told
    for about in ("reachability", "clock", "credential", "scopes", "seats", "limit", "pulls"):
        assert f"ok    {about}: " in told
    assert "14 of 15 seats are free" in told


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"seats": None}, "nobody has written down how many"),
        ({"seats": 1}, "All 1 seats are taken"),
        ({"uuid": "0" * 32}, "another account now"),
    ],
)
def test_what_is_wrong_with_the_account_is_said(stage: Stage, facts: dict[str, Any], sentence: str) -> None:
    HubAccount.objects.update(**facts)

    told, code = doctor("IES Triana")

    assert (sentence in told, code) == (True, 1), told


def test_a_refused_token_is_not_tried_again(stage: Stage) -> None:
    SealedCredential.objects.update(refused_at=timezone.now())
    stage.forget_requests()

    told, code = doctor("IES Triana")

    assert "refused the access token at" in told and code == 1
    assert not [one for one in stage.world.requests if one.path == "/v2/auth/token"]


def test_a_token_that_ends_soon_or_lacks_a_permission_is_said(stage: Stage) -> None:
    SealedCredential.objects.update(expires_on=timezone.localdate() + timedelta(days=3))
    for token in stage.world.access_tokens[ORGANIZATION].values():
        token.resources = [row for row in token.resources if row["type"] == "TYPE_REPO"]

    told, code = doctor("IES Triana")

    assert "replace it in time" in told and "lacks: scope-member-edit" in told and code == 1


def test_a_docker_hub_that_is_away_is_said(stage: Stage, settings: Any) -> None:
    settings.HUB_URL = settings.REGISTRY_URL = "http://127.0.0.1:9"

    told, code = doctor("IES Triana")

    assert "MEND  reachability" in told and code == 1


def test_a_personal_account_has_no_seats_to_tell(stage: Stage) -> None:
    HubAccount.objects.update(kind="personal", name="anaruiz")

    assert "seats" not in doctor("IES Triana")[0]


@pytest.mark.parametrize("words", [[], ["IES Nowhere"], ["--probe"]])
def test_what_cannot_be_done_is_said(stage: Stage, words: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("hub_doctor", *words)


@pytest.fixture
def token(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> str:
    """A token with everything, in the environment; nothing limits the probe."""
    _, value = stage.world.add_organization_token(
        ORGANIZATION, label="probe", scopes=EVERYTHING, created_by="anaruiz"
    )
    stage.world.limits.signed_in_per_minute = stage.world.limits.anonymous_per_minute = None
    monkeypatch.setenv("HUB_PROBE_TOKEN", value)
    return value


def probe(folder: Path, *words: str) -> tuple[str, int]:
    return doctor("--probe", "--organization", ORGANIZATION, "--output", str(folder), *words)


def left_in(stage: Stage) -> tuple[set[str], set[str]]:
    return set(stage.world.teams[ORGANIZATION]), set(stage.world.repositories[ORGANIZATION])


def test_a_probe_leaves_nothing_behind(stage: Stage, token: str, tmp_path: Path) -> None:
    before = left_in(stage)

    told, code = probe(tmp_path, "--yes", "--invite", "nadie@example.org", "--last-owner")

    assert code == 0, told
    assert left_in(stage) == before
    assert not stage.world.pending_invites[ORGANIZATION]
    assert stage.world.members[ORGANIZATION]["anaruiz"].role == "owner"


def test_the_answers_hold_nothing_secret_and_no_address(
    stage: Stage, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    password = stage.world.users["bruno"].password
    monkeypatch.setenv("HUB_PROBE_PASSWORD", password)

    probe(tmp_path, "--yes", "--invite", "nadie@example.com", "--docker-id", "bruno")

    written = "".join(path.read_text() for path in tmp_path.glob("*.json"))
    assert token not in written and password not in written and "eyJ" not in written
    assert "nadie@" not in written and "anaruiz@" not in written
    assert len(list(tmp_path.glob("*.json"))) > 40


def test_nothing_is_written_before_somebody_typed_the_name(
    stage: Stage, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return "y"

    monkeypatch.setattr("builtins.input", answer)
    stage.forget_requests()

    told, _code = probe(tmp_path)

    assert "Nothing was written." in told and len(asked) == 1
    # What is only tried changes nothing.
    assert set(stage.writes) == {"POST /v2/invites/bulk"} and not stage.world.invites


@pytest.mark.parametrize("path", ["*/groups", "*/repositories", "*/privacy", "*/members"])
def test_a_probe_that_breaks_off_cleans_up_and_keeps_its_answers(
    stage: Stage, token: str, tmp_path: Path, path: str
) -> None:
    before = left_in(stage)
    stage.world.faults.add("reset after", method="POST", path=path, times=1)

    with pytest.raises(CommandError, match="stopped the probe"):
        probe(tmp_path, "--yes")

    assert left_in(stage) == before
    assert list(tmp_path.glob("*.json"))


def test_what_cannot_be_taken_away_is_said(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scopes = [one for one in EVERYTHING if one != "scope-repository-admin"]
    _, value = stage.world.add_organization_token(
        ORGANIZATION, label="narrow", scopes=scopes, created_by="anaruiz"
    )
    monkeypatch.setenv("HUB_PROBE_TOKEN", value)

    told, code = probe(tmp_path, "--yes")

    assert "is still there: delete it by hand" in told and code == 1


BOTH_WAYS = [
    {},
    {
        "namespaces_permission_routes": False,
        "namespaces_privacy_route": False,
        "namespaces_delete_route": False,
        "existing_team_status": 409,
        "already_in_team_status": 409,
        "assigning_again": "400",
        "existing_repository_status": 409,
        "bad_name_shape": "fields",
        "hidden_repository_status": 403,
        "team_repositories_route": False,
        "team_members_as_bare_list": True,
        "user_organizations_with_organization_token": False,
        "slashless_get_redirects": True,
        "last_owner_status": 403,
        "pending_invite_again": "conflict",
        "renamed_team_keeps_old_path": True,
        "audit_newest_first": False,
        "resend_by_post": True,
    },
    {"legacy_permission_routes": "no organization token", "deleted_team_keeps_permissions": True},
    {"legacy_permission_routes": "not here", "already_in_team_status": 400},
]


@pytest.mark.parametrize("switches", BOTH_WAYS)
def test_what_a_probe_wrote_turns_the_switches_as_they_were(
    stage: Stage, token: str, tmp_path: Path, switches: dict[str, Any]
) -> None:
    for name, value in switches.items():
        stage.world.switches.turn(name, value)
    stage.world.clock.move(seconds=3600)

    probe(tmp_path, "--yes", "--invite", "nadie@example.org", "--last-owner")

    learnt = Switches()
    found, odd = read_truth(tmp_path, learnt)
    assert odd == []
    assert {name: getattr(learnt, name) for name in switches} == switches
    assert found == {name: stage.world.switches.as_dict()[name] for name in found}
    assert len(found) >= 14


@pytest.mark.parametrize("is_let_in", [False, True])
def test_a_persons_token_is_tried_where_it_is_given(
    stage: Stage, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_let_in: bool
) -> None:
    stage.world.switches.turn("personal_token_manages_organization", is_let_in)
    _, personal = stage.world.add_personal_token("anaruiz", label="x", scopes=["repo:admin"])
    monkeypatch.setenv("HUB_PROBE_PERSONAL_TOKEN", personal)
    monkeypatch.setattr("builtins.input", lambda question: "")

    probe(tmp_path, "--docker-id", "anaruiz")

    found, _ = read_truth(tmp_path, Switches())
    assert found["personal_token_manages_organization"] is is_let_in


def test_what_no_switch_can_say_is_told_and_not_set(tmp_path: Path) -> None:
    row = {"label": "create an existing team", "status": 422, "answer": {"message": "exists"}}
    (tmp_path / "001-x.json").write_text(json.dumps(row))
    switches = Switches()

    assert read_truth(tmp_path, switches) == ({}, ["existing_team_status cannot be 422"])
    assert switches == Switches()


def test_the_firewall_says_nothing_about_a_switch(tmp_path: Path) -> None:
    for number, label in enumerate(DECIDES):
        row = {"label": label, "status": 403, "answer": "<html>", "headers": {}}
        (tmp_path / f"{number:03}-x.json").write_text(json.dumps(row))

    found, _ = read_truth(tmp_path, Switches())

    assert found == {}


def test_the_local_docker_hub_says_what_it_cannot_read_and_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = running.run(host="127.0.0.1", port=0, state=None, seed_demo=False, truth=tmp_path / "nothing")

    assert status == 1
    assert "cannot be read as the answers of a probe" in capsys.readouterr().err


def test_an_empty_folder_is_no_truth(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no answers"):
        read_truth(tmp_path, Switches())


def test_a_question_without_an_answer_is_raised(stage: Stage) -> None:
    recorder = Recorder("http://127.0.0.1:9", "x", "dckr_oat_planted")

    with pytest.raises(HubUnavailable):
        recorder.ask("anything", "GET", "/v2/users/x/", is_anonymous=True)
    assert "dckr_oat_planted" not in repr(recorder)
