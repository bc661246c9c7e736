"""Items 1 to 5, 9 and 10 of docs/local-docker-hub.md: who gets a bearer token, and for how long."""

import base64
import json

import pytest

from tests.hubsync.sandbox.conftest import PASSWORD, TOKEN, Asker, sign_in


def test_01_the_value_of_a_token_is_not_a_bearer(anybody):
    answer = anybody.get("/v2/orgs/iestriana/members", Authorization=f"Bearer {TOKEN}")

    assert answer.status_code == 401


def test_02_a_bearer_lives_ten_minutes(world, portal):
    world.clock.move(minutes=10, seconds=1)

    assert portal.get("/v2/orgs/iestriana/members").status_code == 401


def test_02_a_bearer_still_works_after_nine_minutes(world, portal):
    world.clock.move(minutes=9)

    assert portal.get("/v2/orgs/iestriana/members").status_code == 200


def test_02_the_bearer_says_when_it_ends(portal):
    claims = json.loads(base64.urlsafe_b64decode(portal.bearer.split(".")[1] + "=="))

    assert claims["exp"] - claims["iat"] == 600
    assert claims["https://hub.docker.com"]["username"] == "iestriana"


def test_03_an_organizations_token_is_refused_by_the_old_login(anybody):
    answer = anybody.post("/v2/users/login", {"username": "iestriana", "password": TOKEN})

    assert (answer.status_code, answer.json) == (401, {"detail": "Cannot log into an organization account"})


def test_04_an_organizations_token_does_not_go_with_its_makers_name(anybody):
    answer = anybody.post("/v2/auth/token", {"identifier": "anaruiz", "secret": TOKEN})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v2/orgs/iestriana/members",
        "/v2/orgs/iestriana/groups",
        "/v2/orgs/iestriana/invites",
        "/v2/orgs/iestriana/access-tokens",
        "/v2/access-tokens",
        "/v2/auditlogs/iestriana",
    ],
)
def test_05_a_personal_token_does_not_manage_an_organization(ana_with_personal_token, path):
    answer = ana_with_personal_token.get(path)

    assert answer.status_code == 403
    assert "token issued from personal access token" in answer.json["message"]


def test_05_switched_a_personal_token_manages_an_organization(world, ana_with_personal_token):
    world.switches.turn("personal_token_manages_organization", True)

    assert ana_with_personal_token.get("/v2/orgs/iestriana/members").status_code == 200


def test_09_the_password_of_a_2fa_account_is_not_enough(world, anybody):
    world.users["bruno"].second_factor = "123456"

    answer = anybody.post("/v2/users/login", {"username": "bruno", "password": world.users["bruno"].password})

    assert answer.status_code == 401
    assert answer.json["login_2fa_token"]


def test_09_the_second_step_gives_a_token(world, anybody):
    world.users["bruno"].second_factor = "123456"
    sent = {"username": "bruno", "password": world.users["bruno"].password}
    first = anybody.post("/v2/users/login", sent).json["login_2fa_token"]

    answer = anybody.post("/v2/users/2fa-login", {"login_2fa_token": first, "code": "123456"})

    assert Asker(anybody.client, answer.json["token"]).get("/v2/user").json["username"] == "bruno"


def test_10_too_many_failed_sign_ins_lock_the_account(world, anybody):
    for _ in range(world.limits.failed_sign_ins):
        anybody.post("/v2/auth/token", {"identifier": "anaruiz", "secret": "wrong"})

    answer = anybody.post("/v2/auth/token", {"identifier": "anaruiz", "secret": PASSWORD})

    assert answer.status_code == 429
    assert "too many failed login attempts" in answer.get_data(as_text=True)


def test_10_the_lock_ends_by_itself(app, world, anybody):
    for _ in range(world.limits.failed_sign_ins):
        anybody.post("/v2/auth/token", {"identifier": "anaruiz", "secret": "wrong"})
    world.clock.move(minutes=world.limits.lock_minutes + 1)

    assert sign_in(app.test_client(), "anaruiz", PASSWORD).bearer


def test_a_deleted_token_stops_working_at_once(world, portal):
    world.delete_token(world.find_token(TOKEN))

    assert portal.get("/v2/orgs/iestriana/members").status_code == 401


def test_the_old_scheme_word_still_works(portal):
    answer = portal.get("/v2/orgs/iestriana/members", Authorization=f"JWT {portal.bearer}")

    assert answer.status_code == 200


@pytest.mark.parametrize(("choice", "status"), [(False, 401), (True, 200)])
def test_the_newer_sign_in_and_the_password_of_a_2fa_account(world, anybody, choice, status):
    world.switches.turn("password_of_2fa_account_gets_token", choice)
    world.users["bruno"].second_factor = "123456"

    sent = {"identifier": "bruno", "secret": world.users["bruno"].password}

    assert anybody.post("/v2/auth/token", sent).status_code == status


@pytest.mark.parametrize(("choice", "status"), [(True, 200), (False, 403)])
def test_my_organizations_with_an_organizations_token(world, portal, choice, status):
    world.switches.turn("user_organizations_with_organization_token", choice)

    assert portal.get("/v2/user/orgs").status_code == status
