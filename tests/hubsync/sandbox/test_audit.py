"""Item 49: the audit log."""

PATH = "/v2/auditlogs/iestriana"


def actions(portal, query=""):
    return [one["action"] for one in portal.get(f"{PATH}{query}").json["logs"]]


def test_49_an_event_is_there_after_a_while(world, portal):
    world.clock.move(minutes=1)
    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})

    at_once = actions(portal, "?action=org.team.create")
    world.clock.move(seconds=3)
    later = actions(portal, "?action=org.team.create")

    assert (at_once, later) == ([], ["org.team.create"])


def test_49_the_newest_comes_first(world, portal):
    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})
    world.clock.move(minutes=1)

    assert actions(portal)[0] == "org.team.create"
    assert actions(portal)[-1] == "org.create"


def test_49_switched_the_oldest_comes_first(world, portal):
    world.switches.turn("audit_newest_first", False)
    world.clock.move(minutes=1)

    assert actions(portal)[0] == "org.create"


def test_49_the_actor_may_be_the_name_of_a_token(world, portal):
    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})
    world.clock.move(minutes=1)

    assert portal.get(PATH).json["logs"][0]["actor"] == "aulahub"


def test_49_a_page_past_the_end_is_short_not_404(world, portal):
    answer = portal.get(f"{PATH}?page=99")

    assert (answer.status_code, answer.json) == (200, {"logs": []})


def test_the_kinds_of_events_are_told_without_their_group(portal):
    groups = portal.get(f"{PATH}/actions").json["actions"]

    assert "team.create" in {one["name"] for one in groups["org"]["actions"]}


def test_49_switched_an_event_is_there_at_once(world, portal):
    world.switches.turn("audit_delay_seconds", 0)

    portal.post("/v2/orgs/iestriana/groups", {"name": "smr1"})

    assert actions(portal)[0] == "org.team.create"
