"""What a person does at the local Docker Hub with a browser."""

import re

import pytest

from hubsync.hub.scopes import NEEDED_SCOPES
from tests.hubsync.sandbox.conftest import PASSWORD, TOKEN


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.fixture
def signed_in(app):
    browser = app.test_client()
    browser.post("/signin", data={"username": "anaruiz", "password": PASSWORD})
    return browser


@pytest.fixture
def invite_id(world, portal):
    portal.post("/v2/invites/bulk", {"org": "iestriana", "invitees": ["dario@mail.example"]})
    return portal.get("/v2/orgs/iestriana/invites").json["data"][0]["id"]


@pytest.mark.parametrize("path", ["/", "/inbox", "/signin", "/signup", "/controls", "/orgs/iestriana"])
def test_every_page_says_that_it_is_not_docker_hub(browser, path):
    assert "This is not hub.docker.com" in browser.get(path).text


def test_pages_speak_the_language_of_the_browser(browser):
    answer = browser.get("/", headers={"Accept-Language": "es-ES,es;q=0.9"})

    assert '<html lang="es">' in answer.text
    assert "Esto no es hub.docker.com" in answer.text


def test_the_front_page_shows_what_was_asked(browser, portal):
    portal.get("/v2/orgs/iestriana/members?page_size=1")

    assert "/v2/orgs/iestriana/members?page_size=1" in browser.get("/").text


def test_a_person_signs_up_and_creates_an_organization(world, browser):
    browser.post("/signup", data={"username": "dario", "email": "dario@mail.example", "password": "x"})

    answer = browser.post("/orgs/create", data={"name": "iesnuevo", "seats": "12", "full_name": "IES Nuevo"})

    assert answer.location == "/orgs/iesnuevo"
    assert (world.organizations["iesnuevo"].seats, list(world.owners["iesnuevo"])) == (12, ["dario"])


@pytest.mark.parametrize("name", ["ies", "ies triana", "ies-triana", "bruno", "iestriana"])
def test_a_name_that_is_wrong_or_taken_is_refused(signed_in, name):
    answer = signed_in.post("/orgs/create", data={"name": name, "seats": "5"})

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_who_is_not_signed_in_is_led_to_the_door_and_back(browser):
    led = browser.get("/orgs/create")

    answer = browser.post(led.location, data={"username": "anaruiz", "password": PASSWORD})

    assert answer.location == "/orgs/create"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(browser, elsewhere):
    sent = {"username": "anaruiz", "password": PASSWORD, "next": elsewhere}

    assert browser.post("/signin", data=sent).location == "/"


def test_a_link_from_the_portal_ticks_the_scopes(signed_in):
    path = "/orgs/iestriana/access-tokens?label=aulahub&scopes=scope-member-edit,scope-tag-admin"

    ticked = re.findall(r'value="(scope-[a-z-]+)" checked', signed_in.get(path).text)

    assert sorted(ticked) == ["scope-member-edit", "scope-tag-admin"]


def test_a_new_token_is_shown_once_and_works(world, signed_in):
    made = signed_in.post(
        "/orgs/iestriana/access-tokens", data={"label": "second", "scopes": ["scope-member-read"]}
    )

    value = re.search(r'<code id="token">(.+?)</code>', made.text)[1]
    assert world.find_token(value).label == "second"
    assert value not in signed_in.get("/orgs/iestriana/access-tokens").text


def test_only_owners_see_the_tokens(app):
    browser = app.test_client()
    browser.post("/signin", data={"username": "bruno", "password": "demo-demo-demo"})

    assert browser.get("/orgs/iestriana/access-tokens").status_code == 403


def test_an_invited_person_without_an_account_signs_up_and_accepts(world, browser, invite_id):
    browser.post("/signup", data={"username": "dario", "email": "dario@mail.example", "password": "x"})
    assert "Accept: iestriana" in browser.get("/inbox?address=dario@mail.example").text

    browser.post(f"/inbox/{invite_id}/accept", data={"address": "dario@mail.example"})

    assert "dario" in world.members["iestriana"]


def test_an_invited_person_declines(world, browser, invite_id):
    browser.post(f"/inbox/{invite_id}/decline", data={"address": "dario@mail.example"})

    assert world.invites[invite_id].status == "declined"


def test_an_invitation_is_answered_once(browser, invite_id):
    browser.post(f"/inbox/{invite_id}/decline", data={"address": "dario@mail.example"})

    assert browser.post(f"/inbox/{invite_id}/accept", data={"address": "bruno"}).status_code == 404


def test_an_owner_deletes_removes_and_lets_expire_by_hand(world, signed_in, invite_id):
    world.take_seat("iestriana", "bruno", "member")
    world.add_team("iestriana", "smr1")

    signed_in.post("/orgs/iestriana/delete-team/smr1")
    signed_in.post("/orgs/iestriana/remove-member/bruno")
    signed_in.post(f"/orgs/iestriana/expire-invite/{invite_id}")

    assert list(world.teams["iestriana"]) == ["owners"]
    assert list(world.members["iestriana"]) == ["anaruiz"]
    assert world.invites[invite_id].status == "expired"


def test_nobody_else_changes_an_organization_by_hand(world, browser):
    world.add_team("iestriana", "smr1")

    browser.post("/orgs/iestriana/delete-team/smr1")

    assert "smr1" in world.teams["iestriana"]


def test_the_controls_turn_switches_add_faults_and_move_the_clock(world, browser):
    browser.post("/controls/switches", data={"last_owner_status": "403"})
    browser.post("/controls/faults", data={"kind": "firewall", "path": "/v2/*", "times": "2"})
    browser.post("/controls/clock", data={"hours": "36"})

    assert world.switches.last_owner_status == 403
    assert (world.faults.rules[0].kind, world.faults.rules[0].times) == ("firewall", 2)
    assert world.clock.ahead.total_seconds() == 36 * 3600


def test_a_switch_does_not_take_any_value(world, browser):
    assert browser.post("/controls/switches", data={"last_owner_status": "200"}).status_code == 400
    assert world.switches.last_owner_status == 400


def test_no_page_shows_the_value_of_a_token(signed_in):
    pages = [signed_in.get(path).text for path in ("/", "/orgs/iestriana", "/orgs/iestriana/access-tokens")]

    assert not any(TOKEN in page for page in pages)


def test_a_page_that_is_not_there_says_so(browser):
    answer = browser.get("/nothing/here")

    assert (answer.status_code, "This page does not exist" in answer.text) == (404, True)


def test_one_link_ticks_all_that_the_portal_needs(signed_in):
    page = signed_in.get("/orgs/iestriana/access-tokens").text
    link = re.search(r'href="([^"]+scopes=[^"]+)"', page)[1].replace("&amp;", "&")

    ticked = re.findall(r'value="(scope-[a-z-]+)" checked', signed_in.get(link).text)

    assert set(ticked) == set(NEEDED_SCOPES)


def test_a_person_makes_a_token_of_their_own(world, signed_in):
    made = signed_in.post("/settings/personal-access-tokens", data={"label": "laptop", "scope": "repo:read"})

    value = re.search(r'<code id="token">(.+?)</code>', made.text)[1]
    token = world.find_token(value)
    assert (token.owner, token.scopes) == ("anaruiz", ["repo:read"])
