"""The limits on the page with the controls, and what they do."""

import pytest

from hubsync.sandbox.keeping import load, save
from tests.hubsync.sandbox.test_registry import LAMP, PREVIEW, puller


@pytest.fixture
def browser(app):
    return app.test_client()


def pull(anybody, times):
    client = puller(anybody, "iestriana/lamp")
    return [client.get(LAMP).status_code for _ in range(times)]


def test_the_number_of_pulls_is_set_on_the_page(browser, anybody):
    browser.post("/controls/limits", data={"anonymous_pulls": "2", "pull_window_seconds": "3600"})

    assert pull(anybody, 3) == [200, 200, 429]
    headers = puller(anybody, "ratelimitpreview/test").head(PREVIEW).headers
    assert headers["ratelimit-limit"] == "2;w=3600"


def test_the_page_shows_who_has_pulled_how_often(browser, anybody):
    pull(anybody, 3)

    page = browser.get("/controls").text

    assert "127.0.0.1 · used 3 · until" in page


def test_pulls_are_forgotten(browser, world, anybody):
    world.limits.anonymous_pulls = 1
    pull(anybody, 2)

    browser.post("/controls/pulls/forget")

    assert pull(anybody, 1) == [200]


def test_without_headers_pulls_are_counted_all_the_same(browser, world, anybody):
    browser.post("/controls/limits", data={"anonymous_pulls": "1", "pull_headers": "0"})
    answer = puller(anybody, "iestriana/lamp").get(LAMP)

    assert "ratelimit-limit" not in answer.headers
    assert answer.headers["docker-ratelimit-source"] == "127.0.0.1"
    assert pull(anybody, 1) == [429]


def test_each_address_has_its_own_limit(world, anybody):
    world.limits.anonymous_pulls = 1
    pull(anybody, 1)
    client = puller(anybody, "iestriana/lamp")
    headers = {"Authorization": f"Bearer {client.bearer}"}

    there = anybody.client.get(LAMP, headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    assert (there.status_code, there.headers["docker-ratelimit-source"]) == (200, "192.0.2.7")


def test_empty_means_without_limit(browser, world, anybody):
    browser.post("/controls/limits", data={"anonymous_per_minute": ""})

    assert world.limits.anonymous_per_minute is None
    assert "X-RateLimit-Limit" not in anybody.get("/v2/users/bruno").headers


@pytest.mark.parametrize(
    "sent", [{"anonymous_pulls": ""}, {"largest_page": "0"}, {"personal_pulls": "-1"}, {"windows": "1"}]
)
def test_what_makes_no_sense_is_refused(browser, sent):
    assert browser.post("/controls/limits", data=sent).status_code == 400


def test_limits_survive_a_restart(world, tmp_path):
    world.limits.anonymous_pulls, world.limits.pull_headers = 7, False
    world.limits.signed_in_per_minute = None
    save(world, tmp_path / "hub.json")

    again = load(tmp_path / "hub.json").limits

    assert (again.anonymous_pulls, again.pull_headers, again.signed_in_per_minute) == (7, False, None)


def test_a_fault_of_the_page_has_its_chance_and_its_seconds(browser, world, anybody):
    browser.post("/controls/faults", data={"kind": "stale read", "chance": "0.5", "seconds": "30"})
    rule = world.faults.rules[0]

    assert (rule.chance, rule.seconds) == (0.5, 30.0)
    assert "met 0×" in browser.get("/controls").text


def test_a_personal_account_may_make_as_many_private_repositories_as_its_plan_has(
    browser, ana_with_personal_token
):
    browser.post("/controls/limits", data={"personal_private_repositories": "1"})

    made = [
        ana_with_personal_token.post(
            "/v2/namespaces/anaruiz/repositories", {"name": name, "is_private": is_private}
        ).status_code
        for name, is_private in (("one", True), ("two", True), ("three", False))
    ]

    assert made == [201, 400, 201]
