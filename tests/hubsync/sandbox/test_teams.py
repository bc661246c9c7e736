"""Items 30 to 35: members, teams and the owners."""

import pytest

from hubsync.sandbox.world import World

MEMBERS = "/v2/orgs/iestriana/members"
TEAMS = "/v2/orgs/iestriana/groups"


@pytest.fixture
def team(world: World):
    world.take_seat("iestriana", "bruno", "member")
    team = world.add_team("iestriana", "smr1")
    world.add_to_team(team, "bruno")
    return team


@pytest.fixture
def permission(world: World, team):
    world.grant(world.get_repository("iestriana", "examen"), team, "read")
    return f"/v2/namespaces/iestriana/repositories/examen/groups/{team.id}"


@pytest.mark.parametrize("status", [404, 400, 403])
def test_30_a_stranger_cannot_be_put_into_a_team(world, portal, team, status):
    world.switches.turn("stranger_to_team_status", status)

    assert portal.post(f"{TEAMS}/smr1/members", {"member": "carla"}).status_code == status


def test_30_nor_can_somebody_who_has_not_accepted_yet(portal, team):
    portal.post("/v2/invites/bulk", {"org": "iestriana", "invitees": ["carla"]})

    assert portal.post(f"{TEAMS}/smr1/members", {"member": "carla"}).status_code == 404


def test_31_who_leaves_the_organization_leaves_its_teams(portal, team):
    portal.delete(f"{MEMBERS}/bruno")

    assert portal.get(f"{TEAMS}/smr1/members").json["results"] == []
    assert portal.get(f"{TEAMS}/smr1").json["member_count"] == 0


def test_31_deleting_a_team_removes_nobody_from_the_organization(portal, team):
    portal.delete(f"{TEAMS}/smr1")

    assert "bruno" in {one["username"] for one in portal.get(MEMBERS).json["results"]}


@pytest.mark.parametrize("status", [400, 403])
def test_32_the_last_owner_stays(world, portal, status):
    world.switches.turn("last_owner_status", status)

    removed = portal.delete(f"{MEMBERS}/anaruiz")
    demoted = portal.put(f"{MEMBERS}/anaruiz", {"role": "member"})
    taken_out = portal.delete(f"{TEAMS}/owners/members/anaruiz")

    assert {removed.status_code, demoted.status_code, taken_out.status_code} == {status}
    assert list(world.owners["iestriana"]) == ["anaruiz"]


def test_33_who_is_put_into_owners_is_an_owner(portal, team):
    portal.post(f"{TEAMS}/owners/members", {"member": "bruno"})

    assert {one["username"]: one["role"] for one in portal.get(MEMBERS).json["results"]}["bruno"] == "Owner"


def test_33_who_is_made_an_owner_is_in_owners(portal, team):
    portal.put(f"{MEMBERS}/bruno", {"role": "owner"})

    owners = portal.get(f"{TEAMS}/owners/members").json["results"]
    assert {one["username"] for one in owners} == {"anaruiz", "bruno"}


def test_33_who_is_taken_out_of_owners_is_a_member(portal, team):
    portal.put(f"{MEMBERS}/bruno", {"role": "owner"})

    portal.delete(f"{TEAMS}/owners/members/bruno")

    assert {one["username"]: one["role"] for one in portal.get(MEMBERS).json["results"]}["bruno"] == "Member"


def test_33_owners_cannot_be_deleted(portal):
    assert portal.delete(f"{TEAMS}/owners").status_code == 403


def test_33_switched_owners_is_a_team_like_any_other(world, portal, team):
    world.switches.turn("owners_team_is_the_role", False)

    portal.post(f"{TEAMS}/owners/members", {"member": "bruno"})

    assert {one["username"]: one["role"] for one in portal.get(MEMBERS).json["results"]}["bruno"] == "Member"


def test_34_after_renaming_the_old_name_is_gone(portal, team, permission):
    renamed = portal.patch(f"{TEAMS}/smr1", {"name": "smr1-2026"})

    assert portal.get(f"{TEAMS}/smr1").status_code == 404
    assert renamed.json["id"] == team.id
    assert portal.get(permission).json["group_name"] == "smr1-2026"


def test_34_switched_the_old_name_lives_on(world, portal, team):
    world.switches.turn("renamed_team_keeps_old_path", True)
    portal.patch(f"{TEAMS}/smr1", {"name": "smr1-2026"})

    assert portal.get(f"{TEAMS}/smr1").json["name"] == "smr1-2026"


def test_35_the_permissions_of_a_deleted_team_are_gone(portal, team, permission):
    portal.delete(f"{TEAMS}/smr1")

    assert portal.get(permission).status_code == 404


def test_35_switched_the_permissions_of_a_deleted_team_stay(world, portal, team, permission):
    world.switches.turn("deleted_team_keeps_permissions", True)
    portal.delete(f"{TEAMS}/smr1")

    assert portal.get(permission).status_code == 200


@pytest.mark.parametrize("status", [400, 409])
def test_a_team_that_exists_is_not_created_again(world, portal, team, status):
    world.switches.turn("existing_team_status", status)

    assert portal.post(TEAMS, {"name": "smr1"}).status_code == status


@pytest.mark.parametrize("status", [200, 400, 409])
def test_who_is_in_a_team_is_not_put_there_twice(world, portal, team, status):
    world.switches.turn("already_in_team_status", status)

    assert portal.post(f"{TEAMS}/smr1/members", {"member": "bruno"}).status_code == status
    assert portal.get(f"{TEAMS}/smr1").json["member_count"] == 1


def test_who_is_not_in_a_team_cannot_be_taken_out(portal, team):
    assert portal.delete(f"{TEAMS}/smr1/members/carla").status_code == 404


def test_a_team_shows_its_repositories(world, portal, team, permission):
    rows = portal.get(f"{TEAMS}/smr1/repositories").json["results"]

    assert [(one["name"], one["permission"]) for one in rows] == [("examen", "read")]


def test_switched_a_team_does_not_show_its_repositories(world, portal, team):
    world.switches.turn("team_repositories_route", False)

    assert portal.get(f"{TEAMS}/smr1/repositories").status_code == 404


def test_switched_the_members_of_a_team_are_a_bare_list(world, portal, team):
    world.switches.turn("team_members_as_bare_list", True)

    assert [one["username"] for one in portal.get(f"{TEAMS}/smr1/members").json] == ["bruno"]
