"""Items 42 and 43: limits, and everything that can go wrong between here and there."""

import pytest
import requests

from hubsync.sandbox.server import serve

PATH = "/v2/users/bruno"


@pytest.fixture
def hub(world):
    with serve(world) as hub:
        yield hub


def test_42_every_answer_says_what_is_left(anybody):
    answer = anybody.get(PATH)

    assert answer.headers["X-RateLimit-Limit"] == "180"
    assert answer.headers["X-RateLimit-Remaining"] == "179"
    assert int(answer.headers["X-RateLimit-Reset"]) > 1_700_000_000


def test_42_errors_say_it_too(anybody):
    assert "X-RateLimit-Limit" in anybody.get("/v2/orgs/iestriana/members").headers


def test_42_beyond_the_limit_is_429_with_seconds_to_wait(world, anybody):
    world.limits.anonymous_per_minute = 1
    anybody.get(PATH)

    answer = anybody.get(PATH)

    assert (answer.status_code, answer.json) == (429, {"detail": "Rate limit exceeded", "error": False})
    assert 0 < int(answer.headers["Retry-After"]) <= 61


def test_42_after_a_minute_one_may_ask_again(world, anybody):
    world.limits.anonymous_per_minute = 1
    anybody.get(PATH)
    world.clock.move(seconds=61)

    assert anybody.get(PATH).status_code == 200


def test_42_the_abuse_limiter_answers_in_plain_text(world, anybody):
    world.faults.add("abuse", times=1)

    answer = anybody.get(PATH)

    assert (answer.status_code, answer.mimetype) == (429, "text/plain")
    assert anybody.get(PATH).status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "mimetype"),
    [
        ("firewall", 403, "text/html"),
        ("firewall code", 403, "text/plain"),
        ("error", 503, "application/json"),
        ("too many", 429, "application/json"),
    ],
)
def test_43_answers_that_are_not_the_apis(world, anybody, kind, status, mimetype):
    world.faults.add(kind)

    answer = anybody.get(PATH)

    assert (answer.status_code, answer.mimetype) == (status, mimetype)


def test_43_the_connection_dies_before_the_work(world, hub, portal):
    world.faults.add("reset before", method="POST", path="/v2/orgs/*")

    with pytest.raises(requests.ConnectionError):
        create_team(hub, portal)

    assert "smr1" not in world.teams["iestriana"]


def test_43_the_connection_dies_after_the_work(world, hub, portal):
    world.faults.add("reset after", method="POST", path="/v2/orgs/*")

    with pytest.raises(requests.ConnectionError):
        create_team(hub, portal)

    assert "smr1" in world.teams["iestriana"]


def test_43_an_answer_is_cut_off(world, hub):
    world.faults.add("truncated")

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        requests.get(hub.url + PATH, timeout=5)


def test_43_an_answer_comes_in_drips(world, hub):
    world.faults.add("slow drip", seconds=0.0001)

    assert requests.get(hub.url + PATH, timeout=5).json()["username"] == "bruno"


def test_43_the_same_seed_gives_the_same_weather(world):
    def weather():
        world.faults.clear()
        world.faults.weather(seed=7, chance=0.2)
        picked = [world.faults.pick("GET", PATH) for _ in range(50)]
        return [fault.kind if fault else None for fault in picked]

    assert weather() == weather()


def test_a_dropped_request_is_in_the_journal(world, hub, portal):
    world.faults.add("reset before", times=1)

    with pytest.raises(requests.ConnectionError):
        requests.get(hub.url + PATH, timeout=5)

    assert (world.journal.requests[-1].path, world.journal.requests[-1].status) == (PATH, 0)


def create_team(hub, portal):
    headers = {"Authorization": f"Bearer {portal.bearer}"}
    return requests.post(
        hub.url + "/v2/orgs/iestriana/groups", json={"name": "smr1"}, headers=headers, timeout=5
    )
