"""The connection: signing in, sending once or again, and telling nobody the secret."""

import logging
import pickle
import traceback
from datetime import UTC, datetime, timedelta

import pytest
import requests

from hubsync.hub.client import HubReader, HubWriter, user_agent_with
from hubsync.hub.errors import BudgetUsedUp, HubAuthLost, HubError, HubRejected, HubThrottled, HubUnavailable
from hubsync.hub.headers import BudgetHeaders
from hubsync.hub.wire import path_of
from tests.hubsync.canned import SECRET, Canned, connect, jwt, page, said

TEAM = {"id": 7, "name": "smr1", "uuid": "u", "description": "", "member_count": 0}


def ask(canned, method="GET", **options):
    return connect(canned, **options).request(method, "/v2/orgs/iestriana/groups")


def test_the_secret_is_exchanged_once_and_the_bearer_is_sent():
    canned = Canned(said({}), said({}))
    connection = connect(canned)

    connection.request("GET", "/v2/a")
    connection.request("GET", "/v2/b")

    assert canned.sign_ins == 1
    assert {one.headers["Authorization"] for one in canned.asked} == {f"Bearer {jwt(name='bearer1')}"}


def test_the_bearer_is_renewed_before_it_dies():
    clock = [0.0]
    canned = Canned(said({}), said({}))
    connection = connect(canned, monotonic=lambda: clock[0])

    connection.request("GET", "/v2/a")
    clock[0] = 571.0
    connection.request("GET", "/v2/b")

    assert canned.sign_ins == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_bearer_that_dies_under_way_is_renewed_once(method):
    canned = Canned(said({"message": "unauthorized"}, 401), said({"done": True}))

    assert ask(canned, method) == {"done": True}
    assert canned.sign_ins == 2


def test_a_second_401_with_a_new_bearer_is_the_end():
    canned = Canned(*[said({"message": "unauthorized"}, 401)] * 2)

    with pytest.raises(HubAuthLost):
        ask(canned)

    assert canned.sign_ins == 2


@pytest.mark.parametrize(
    "refusal",
    [
        said({"detail": "Incorrect authentication credentials"}, 401),
        said(b"<html>", 401),
        said({"message": "forbidden"}, 403),
    ],
)
def test_a_refused_secret_is_never_tried_again(refusal):
    canned = Canned(sign_in=lambda number: refusal)
    connection = connect(canned)

    for _ in range(3):
        with pytest.raises(HubAuthLost):
            connection.request("GET", "/v2/a")

    assert (canned.sign_ins, connection.is_refused) == (1, True)


def test_the_firewall_in_front_of_the_sign_in_is_not_a_refusal():
    canned = Canned(sign_in=lambda number: said(b"error code: 1010", 403))
    connection = connect(canned)

    with pytest.raises(HubUnavailable):
        connection.request("GET", "/v2/a")

    assert (canned.sign_ins, connection.is_refused) == (1, False)


def test_a_locked_account_is_left_alone_for_a_quarter_of_an_hour():
    now = datetime(2026, 9, 15, tzinfo=UTC)
    text = {"detail": "toomanyrequests: too many failed login attempts for username or IP address"}
    connection = connect(Canned(sign_in=lambda number: said(text, 429)), now=lambda: now)

    with pytest.raises(HubThrottled) as caught:
        connection.sign_in()

    assert caught.value.not_before == now + timedelta(minutes=15)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("trouble", [said(b"", 502), said({}, 503), requests.ConnectionError()])
def test_what_may_be_sent_twice_is_tried_again(method, trouble):
    canned = Canned(trouble, trouble, said({"ok": True}))

    assert ask(canned, method) == {"ok": True}


@pytest.mark.parametrize("trouble", [said(b"", 502), said({}, 503), requests.ConnectionError()])
def test_a_post_is_sent_once(trouble):
    canned = Canned(trouble, said({}))

    with pytest.raises(HubUnavailable):
        ask(canned, "POST")

    assert len(canned.asked) == 1


def test_after_three_tries_the_trouble_is_told():
    canned = Canned(*[said(b"", 504)] * 4)

    with pytest.raises(HubUnavailable):
        ask(canned)

    assert len(canned.asked) == 3


@pytest.mark.parametrize("status", [500, 429, 403, 400])
def test_other_refusals_are_not_tried_again(status):
    canned = Canned(said({"message": "no"}, status), said({}))

    with pytest.raises(HubError):
        ask(canned)

    assert len(canned.asked) == 1


def test_pauses_between_tries_are_random_and_grow():
    pauses = []
    canned = Canned(*[said(b"", 503)] * 3)

    with pytest.raises(HubUnavailable):
        ask(canned, sleep=pauses.append)

    assert all(0 <= pause <= longest for pause, longest in zip(pauses, (1, 2), strict=True))


def test_a_get_follows_one_redirect_at_home():
    canned = Canned(said(b"", 301, {"Location": "/v2/orgs/iestriana/groups/?page=1"}), said({"ok": True}))

    assert ask(canned) == {"ok": True}
    assert canned.lines[-1] == "GET /v2/orgs/iestriana/groups/?page=1"


@pytest.mark.parametrize(
    ("method", "location"),
    [
        ("GET", "https://elsewhere.example/v2/orgs"),
        ("GET", "https://hub.example:8443/v2/orgs"),
        ("GET", ""),
        ("POST", "/v2/orgs/iestriana/groups/"),
        ("PATCH", "/v2/orgs/iestriana/groups/"),
        ("DELETE", "/v2/orgs/iestriana/groups/"),
    ],
)
def test_no_other_redirect_is_followed(method, location):
    canned = Canned(said(b"", 307, {"Location": location}))

    with pytest.raises(HubUnavailable):
        ask(canned, method)

    assert len(canned.asked) == 1


def test_the_budget_gate_is_asked_before_every_request():
    canned = Canned()

    def gate():
        raise HubThrottled(datetime(2026, 9, 15, tzinfo=UTC))

    with pytest.raises(HubThrottled):
        ask(canned, before_call=gate)

    assert (canned.asked, canned.sign_ins) == ([], 0)


def test_a_budget_that_is_used_up_is_asked_once_and_nobody_waits_for_it_again():
    asked, slept = [], []

    def gate():
        asked.append(1)
        raise BudgetUsedUp(datetime(2026, 9, 15, tzinfo=UTC))

    with pytest.raises(BudgetUsedUp):
        ask(Canned(), before_call=gate, sleep=slept.append)

    assert (asked, slept) == ([1], [])


def test_every_request_is_told_with_its_status():
    calls = []

    ask(Canned(requests.ConnectionError(), said({})), on_call=lambda *call: calls.append(call))

    assert calls == [
        ("POST", "/v2/auth/token", 200),
        ("GET", "/v2/orgs/iestriana/groups", 0),
        ("GET", "/v2/orgs/iestriana/groups", 200),
    ]


def test_the_budget_is_told_as_the_answer_said_it():
    now, budgets = datetime(2026, 9, 15, tzinfo=UTC), []
    headers = {"X-RateLimit-Limit": "180", "X-RateLimit-Remaining": "7"}

    ask(Canned(said({}, headers=headers)), on_budget=budgets.append, now=lambda: now)

    assert budgets == [BudgetHeaders(180, 7, now + timedelta(minutes=1))]


def test_without_a_secret_nobody_signs_in():
    canned = Canned(said({"orgname": "iestriana"}))

    HubReader(connect(canned, secret="")).find_organization("iestriana")

    assert canned.sign_ins == 0
    assert "Authorization" not in canned.asked[0].headers


def test_the_portal_says_who_it_is():
    canned = Canned(said({}))

    ask(canned, user_agent=user_agent_with("https://aulahub.example"))

    assert canned.asked[0].headers["User-Agent"] == "Aulahub/0.1.0 (+https://aulahub.example)"


@pytest.mark.parametrize("part", ["", ".", ".."])
def test_a_name_that_would_lead_to_another_route_is_not_sent(part):
    with pytest.raises(ValueError, match="empty"):
        path_of("orgs", part)


def test_a_slash_in_a_name_stays_in_the_name():
    assert path_of("orgs", "a/b") == "/v2/orgs/a%2Fb"


def test_a_connection_cannot_be_put_into_a_task():
    with pytest.raises(TypeError):
        pickle.dumps(connect(Canned()))


TROUBLES = [
    said({"message": f"wrong secret {SECRET} in {jwt(name='bearer1')}"}, 400),
    said({"message": SECRET}, 403),
    said({"detail": SECRET}, 429),
    said({"message": SECRET, "errinfo": {"fielderrors": {"name": jwt(name="bearer1")}}}, 409),
    said(f"<html>{SECRET}".encode(), 200),
    requests.ConnectionError(SECRET),
    requests.exceptions.SSLError(SECRET),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=str)
@pytest.mark.parametrize("is_sign_in", [False, True])
def test_no_output_of_a_trouble_holds_the_secret_or_the_bearer(trouble, is_sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    canned = Canned(trouble)
    if is_sign_in:
        canned = Canned(sign_in=lambda number: trouble if isinstance(trouble, tuple) else said(b"", 500))
    connection = connect(canned)

    with pytest.raises(HubError) as caught:
        HubWriter(connection).create_team("iestriana", "smr1")

    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    # The locals of this test and of the canned answers hold the secret; those of the portal may not.
    frames = [
        frame for frame in told.stack if "/hubsync/" in frame.filename and "/tests/" not in frame.filename
    ]
    output = " ".join(
        [str(caught.value), repr(caught.value), repr(vars(caught.value)), caplog.text]
        + [repr(connection), repr(vars(connection)), repr(HubReader(connection))]
        + [str(frame.locals) for frame in frames]
    )
    assert frames
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert SECRET not in output
    assert "bearer1" not in output


def test_a_bodiless_route_is_quietly_done():
    assert HubWriter(connect(Canned(said(b"", 204)))).delete_team("iestriana", "smr1") is True


def test_the_whole_list_comes_with_what_was_said_about_it():
    listing = HubReader(connect(Canned(page(TEAM)))).list_teams("iestriana")

    assert (listing.rows[0].id, listing.count_first, listing.complete) == (7, 1, True)


def test_a_refusal_of_a_route_is_a_rejection():
    with pytest.raises(HubRejected):
        ask(Canned(said({"message": "405: Method Not Allowed"}, 405)))
