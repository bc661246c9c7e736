"""What is kept over a restart."""

import json
import time

import pytest

from hubsync.sandbox import demo
from hubsync.sandbox.app import make_app
from hubsync.sandbox.keeping import Keeper, load, save
from hubsync.sandbox.records import to_row
from hubsync.sandbox.world import World
from tests.hubsync.sandbox.conftest import Asker, sign_in


@pytest.fixture
def full() -> World:
    world = World()
    demo.fill(world)
    team = world.teams[demo.ORGANIZATION]["proyectos2025"]
    world.grant(world.get_repository(demo.ORGANIZATION, "examen-ut1"), team, "read")
    world.invite_all(demo.ORGANIZATION, ["omarhaddad"], role="member", team=team, inviter=demo.OWNER)
    world.add_repository("omarhaddad", "notas")
    world.add_collaborator(world.get_repository("omarhaddad", "notas"), "nereaalba")
    world.add_personal_token("omarhaddad", label="portátil", scopes=["repo:read"])
    return world


def test_everything_comes_back(full, tmp_path):
    save(full, tmp_path / "hub.json")

    again = load(tmp_path / "hub.json")

    assert [to_row(one) for one in again.records()] == [to_row(one) for one in full.records()]


def test_digests_and_sign_ins_survive_a_restart(full, tmp_path):
    path = f"/v2/namespaces/{demo.ORGANIZATION}/repositories/lamp/tags/latest"
    portal = sign_in(make_app(full).test_client(), demo.ORGANIZATION, demo.TOKEN)
    before = portal.get(path).json
    save(full, tmp_path / "hub.json")

    after = Asker(make_app(load(tmp_path / "hub.json")).test_client(), portal.bearer).get(path)

    assert after.json == before


def test_new_numbers_go_on_after_a_restart(full, tmp_path):
    save(full, tmp_path / "hub.json")

    again = load(tmp_path / "hub.json")

    assert again.add_team(demo.ORGANIZATION, "smr1").id > max(full.team_by_id)


def test_switches_and_the_clock_survive_too(full, tmp_path):
    full.switches.turn("last_owner_status", 403)
    full.clock.move(days=3)
    save(full, tmp_path / "hub.json")

    again = load(tmp_path / "hub.json")

    assert (again.switches.last_owner_status, again.clock.ahead.days) == (403, 3)


def test_a_change_reaches_the_file_by_itself(world, portal, tmp_path):
    path = tmp_path / "hub.json"
    with Keeper(world, path):
        portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})
        deadline = time.monotonic() + 5
        while '"smr1"' not in path.read_text() and time.monotonic() < deadline:
            time.sleep(0.05)

        assert '"smr1"' in path.read_text()


def test_no_value_of_a_token_and_no_half_file_is_left_behind(full, tmp_path):
    save(full, tmp_path / "hub.json")

    assert demo.TOKEN not in (tmp_path / "hub.json").read_text()
    assert [one.name for one in tmp_path.iterdir()] == ["hub.json"]
    assert json.loads((tmp_path / "hub.json").read_text())["records"]
