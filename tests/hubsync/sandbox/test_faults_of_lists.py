"""Faults of what is listed, of when it is seen, and of who asks."""

import pytest
import requests

from hubsync.sandbox.faults import KINDS, OF_WEATHER
from hubsync.sandbox.server import serve

MEMBERS = "/v2/orgs/iestriana/members"
REPOSITORIES = "/v2/namespaces/iestriana/repositories"


def names(answer):
    return [row["name"] for row in answer.json["results"]]


@pytest.fixture
def many(world):
    for number in range(8):
        world.add_repository("iestriana", f"image{number}")
    world.limits.largest_page = 4
    return world


def test_a_row_is_doubled_and_counted_as_before(many, portal):
    many.faults.add("doubled row", path=REPOSITORIES, times=1)

    answer = portal.get(REPOSITORIES)

    assert len(names(answer)) == 5
    assert len(set(names(answer))) == 4
    assert answer.json["count"] == 10
    assert len(names(portal.get(REPOSITORIES))) == 4


def test_a_row_is_missing_although_it_is_counted(many, portal):
    many.faults.add("missing row", path=REPOSITORIES)

    answer = portal.get(REPOSITORIES)

    assert (len(names(answer)), answer.json["count"]) == (3, 10)
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_row_is_missing_from_a_bare_list(world, portal):
    world.switches.turn("team_members_as_bare_list", True)
    world.faults.add("missing row")

    assert portal.get("/v2/orgs/iestriana/groups/owners/members").json == []


def test_a_page_after_the_first_is_shifted(many, portal):
    first, second = (names(portal.get(f"{REPOSITORIES}?page={page}")) for page in (1, 2))
    many.faults.add("shifted page")

    shifted = [names(portal.get(f"{REPOSITORIES}?page=2")) for _ in range(20)]

    assert names(portal.get(REPOSITORIES)) == first
    assert {tuple(one[:2]) for one in shifted} == {(second[1], second[2]), (first[-1], second[0])}


def test_rows_are_left_alone_where_something_is_written(world, portal):
    world.faults.add("missing row")

    assert portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"}).status_code == 201
    assert world.faults.rules[0].times is None


def test_a_read_says_what_was_so_a_while_ago(world, portal):
    world.faults.add("stale read", path="/v2/orgs/iestriana/groups*", seconds=30)
    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})

    at_once = names(portal.get("/v2/orgs/iestriana/groups"))
    world.clock.move(seconds=31)
    later = names(portal.get("/v2/orgs/iestriana/groups"))

    assert (at_once, later) == (["owners"], ["owners", "smr1"])


def test_only_the_reads_that_are_named_lag(world, portal):
    world.faults.add("stale read", path="/v2/orgs/*/members", seconds=30)
    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})

    assert names(portal.get("/v2/orgs/iestriana/groups")) == ["owners", "smr1"]


def test_each_write_is_seen_when_its_own_time_has_come(world, portal):
    world.faults.add("stale read", seconds=30)
    portal.post("/v2/orgs/iestriana/groups", {"name": "first"})
    world.clock.move(seconds=20)
    portal.post("/v2/orgs/iestriana/groups", {"name": "second"})
    world.clock.move(seconds=11)

    assert names(portal.get("/v2/orgs/iestriana/groups")) == ["owners", "first"]


def test_nothing_past_is_kept_while_nothing_lags(world, app, portal):
    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})
    world.faults.add("stale read", seconds=30)

    assert names(portal.get("/v2/orgs/iestriana/groups")) == ["owners", "smr1"]


def test_a_bearer_dies_in_the_middle_and_a_new_one_is_to_be_had(world, portal, ana):
    world.faults.add("expired bearer", path=MEMBERS, times=1)

    statuses = [portal.get(MEMBERS).status_code, portal.get(MEMBERS).status_code]

    assert statuses == [401, 401]
    assert ana.get(MEMBERS).status_code == 200


def test_a_token_is_revoked_in_the_middle(world, portal, anybody):
    world.faults.add("revoked token", path=MEMBERS, times=1)

    assert portal.get(MEMBERS).status_code == 401
    secret = {"identifier": "iestriana", "secret": "dckr_oat_of-the-portal"}
    assert anybody.post("/v2/auth/token", secret).status_code == 401


def test_a_redirect_leads_elsewhere_and_nothing_is_done(world, portal):
    world.faults.add("redirect")

    answer = portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "https://elsewhere.example/v2/")
    assert "smr1" not in world.teams["iestriana"]


def test_a_drip_lasts_as_long_as_its_bytes(world):
    world.faults.add("slow drip", seconds=0.05)

    with serve(world) as hub, pytest.raises(requests.Timeout):
        requests.get(f"{hub.url}/v2/users/bruno", timeout=0.02)


def test_the_weather_has_every_kind_that_passes_by_itself(world):
    world.faults.weather(seed=1, chance=0.1)

    assert [rule.kind for rule in world.faults.rules] == list(OF_WEATHER)
    assert set(KINDS) - set(OF_WEATHER) == {"revoked token"}


def test_mail_is_counted_for_each_invitee(world, portal):
    portal.post("/v2/invites/bulk", {"org": "iestriana", "invitees": ["bruno"], "role": "member"})
    invite = next(iter(world.invites))
    portal.patch(f"/v2/invites/{invite}/resend")

    assert world.mails == {"bruno": 2}
