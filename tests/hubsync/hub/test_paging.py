"""A list is read whole, or an error is raised, or it says that it is not complete."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubsync.hub.client import HubReader
from hubsync.hub.errors import HubError, HubForbidden, HubNotFound, HubUnavailable, IncompleteObservation
from tests.hubsync.canned import URL, Canned, connect, page, said

NEXT = f"{URL}/v2/orgs/iestriana/groups?page=2&page_size=100"


def team(number):
    return {"id": number, "name": f"team{number}"}


def list_teams(*answers):
    return HubReader(connect(Canned(*answers))).list_teams("iestriana")


def test_the_largest_page_is_asked_for():
    canned = Canned(page())

    HubReader(connect(canned)).list_teams("iestriana")

    assert canned.lines == ["GET /v2/orgs/iestriana/groups?page=1&page_size=100"]


def test_all_pages_are_read_in_their_order():
    listing = list_teams(page(team(1), count=2, link=NEXT), page(team(2), count=2))

    assert ([row.id for row in listing.rows], listing.complete) == ([1, 2], True)


@pytest.mark.parametrize(
    "link",
    [
        "http://hub.example/v2/orgs/iestriana/groups?page=2",
        "https://hub.example:443/v2/orgs/iestriana/groups?page=2",
    ],
)
def test_a_link_home_is_followed_with_our_own_scheme(link):
    canned = Canned(page(team(1), count=2, link=link), page(team(2), count=2))

    HubReader(connect(canned)).list_teams("iestriana")

    assert canned.asked[-1].url == f"{URL}/v2/orgs/iestriana/groups?page=2"


def test_the_link_is_followed_as_it_stands():
    canned = Canned(
        page(team(1), count=2, link=f"{URL}/v2/orgs/iestriana/groups?page=2&page_size=10"),
        page(team(2), count=2),
    )

    HubReader(connect(canned)).list_teams("iestriana")

    assert canned.lines[-1] == "GET /v2/orgs/iestriana/groups?page=2&page_size=10"


@pytest.mark.parametrize(
    "answers",
    [
        (page(team(1), count=2),),
        (page(team(1), team(2), count=1),),
        (page(team(1), count=3, link=NEXT), page(team(2), team(3), count=4)),
        (page(team(1), count=2, link=NEXT), said({"message": "not found"}, 404)),
    ],
)
def test_a_list_whose_rows_are_not_as_many_as_it_said_is_not_complete(answers):
    assert list_teams(*answers).complete is False


def test_not_found_past_the_end_is_the_end():
    listing = list_teams(page(team(1), count=1, link=NEXT), said({"message": "not found"}, 404))

    assert (len(listing.rows), listing.complete) == (1, True)


def test_a_list_that_is_not_there_is_not_empty():
    with pytest.raises(HubNotFound):
        list_teams(said({"detail": "No such organization"}, 404))


@pytest.mark.parametrize("trouble", [said({"message": "no"}, 403), said(b"<html>", 403), said(b"", 500)])
def test_a_trouble_on_a_later_page_is_raised(trouble):
    with pytest.raises((HubForbidden, HubUnavailable)):
        list_teams(page(team(1), count=2, link=NEXT), trouble)


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/v2/orgs/iestriana/groups?page=2",
        "https://hub.example:444/v2/orgs/iestriana/groups?page=2",
        "//elsewhere.example/v2/x",
        "https://hub.example@elsewhere.example/v2/x",
        f"{URL}/logout",
        "https://[bad",
        17,
    ],
)
def test_a_link_that_leads_away_is_not_followed(link):
    with pytest.raises(IncompleteObservation):
        list_teams(page(team(1), count=2, link=link))


def test_pages_that_lead_in_a_circle_end():
    with pytest.raises(IncompleteObservation):
        list_teams(*[page(team(1), count=2, link=NEXT)] * 3)


def test_null_where_a_list_was_is_an_empty_list():
    assert list_teams(said({"count": 0, "next": None, "results": None})).complete is True


def test_null_where_rows_were_promised_is_not_complete():
    assert list_teams(said({"count": 3, "next": None, "results": None})).complete is False


def test_a_bare_list_is_a_page():
    listing = list_teams(said([team(1)]))

    assert (len(listing.rows), listing.count_first, listing.complete) == (1, None, True)


def test_a_bare_list_as_long_as_a_page_may_have_been_cut():
    assert list_teams(said([team(number) for number in range(100)])).complete is False


@pytest.mark.parametrize("body", [{}, {"count": 1}, {"results": "x"}, {"results": [1]}, None, "text", [None]])
def test_a_page_that_is_no_page_is_not_an_empty_list(body):
    with pytest.raises((IncompleteObservation, HubUnavailable)):
        list_teams(said(body))


def test_the_count_of_access_tokens_is_called_total():
    canned = Canned(
        said({"total": 1, "next": None, "results": [{"id": "a", "label": "portal", "is_active": True}]})
    )

    assert HubReader(connect(canned)).list_access_tokens("iestriana").count_first == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["results", "count", "next", "id", "name", "data", "logs", "invitee", "action", "permission"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)
STATUS = st.sampled_from([200, 200, 200, 401, 403, 404, 405, 429, 500]) | st.integers(100, 999)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Retry-After", "X-Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Location"]
    ),
    st.text(st.characters(max_codepoint=255), max_size=20) | st.integers().map(str),
    max_size=3,
)
ANSWER = st.tuples(
    STATUS, HEADERS, st.binary(max_size=5) | JSON.map(lambda value: json.dumps(value).encode())
)
few = settings(deadline=None, max_examples=40)
LISTS = {
    "members": lambda reader: reader.list_members("iestriana"),
    "invites": lambda reader: reader.list_invites("iestriana"),
    "teams": lambda reader: reader.list_teams("iestriana"),
    "team members": lambda reader: reader.list_team_members("iestriana", "smr1"),
    "team repositories": lambda reader: reader.list_team_repositories("iestriana", "smr1"),
    "repositories": lambda reader: reader.list_repositories("iestriana"),
    "permissions": lambda reader: reader.list_repository_permissions("iestriana", "web"),
    "tags": lambda reader: reader.list_tags("iestriana", "web"),
    "access tokens": lambda reader: reader.list_access_tokens("iestriana"),
    "audit log": lambda reader: reader.list_audit_log("iestriana"),
    "collaborators": lambda reader: reader.list_collaborators("anatriana", "lamp"),
}


@pytest.mark.parametrize("name", LISTS)
@few
@given(answers=st.lists(ANSWER, min_size=1, max_size=3))
def test_whatever_comes_the_outcome_is_a_list_or_a_named_error(name, answers):
    canned = Canned(*answers, *[said(b"", 500)] * 12)
    try:
        outcome = isinstance(LISTS[name](HubReader(connect(canned))).rows, tuple)
    except HubError:
        outcome = True

    assert outcome


# One row of each list that has pages, by its number. The audit log has no count: nothing can prove that it is whole.
ROWS = {
    "members": lambda number: {"username": f"person{number}", "role": "Member"},
    "teams": team,
    "team members": lambda number: {"username": f"person{number}"},
    "team repositories": lambda number: {"name": f"web{number}", "permission": "read"},
    "repositories": lambda number: {"namespace": "iestriana", "name": f"web{number}", "is_private": False},
    "permissions": lambda number: {"group_id": number, "group_name": "smr1", "permission": "read"},
    "tags": lambda number: {"name": f"1.{number}"},
    "access tokens": lambda number: {"id": str(number), "label": "portal", "is_active": True},
    "collaborators": lambda number: {"user": f"person{number}"},
}


def cut(name, sizes):
    """Pages of these sizes of one list, each with the right count and the link to the next."""
    numbers, pages = iter(range(1, sum(sizes) + 1)), []
    for place, size in enumerate(sizes, start=2):
        link = f"{URL}/v2/next?page={place}" if place <= len(sizes) else None
        pages.append(page(*[ROWS[name](next(numbers)) for _ in range(size)], count=sum(sizes), link=link))
    return pages


@pytest.mark.parametrize("name", ROWS)
@few
@given(sizes=st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_a_list_in_pages_of_any_size_is_read_whole(name, sizes):
    listing = LISTS[name](HubReader(connect(Canned(*cut(name, sizes)))))

    assert (len(set(listing.rows)), listing.complete) == (sum(sizes), True)


@pytest.mark.parametrize("name", ROWS)
@few
@given(data=st.data(), sizes=st.lists(st.integers(1, 3), min_size=2, max_size=4))
def test_whatever_a_later_page_is_the_list_is_whole_or_says_that_it_is_not(name, data, sizes):
    pages = cut(name, sizes)
    wrong = data.draw(st.integers(1, len(pages) - 1))
    pages[wrong] = data.draw(ANSWER)
    try:
        listing = LISTS[name](HubReader(connect(Canned(*pages, *[said(b"", 500)] * 12))))
        outcome = len(listing.rows) == sum(sizes) or not listing.complete
    except HubError:
        outcome = True

    assert outcome


def holds_no_list(body):
    return not isinstance(body, list) and not (isinstance(body, dict) and {"results", "logs"} & set(body))


@pytest.mark.parametrize("name", [*ROWS, "audit log"])
@few
@given(data=st.data())
def test_an_answer_without_the_list_in_it_is_never_an_empty_list(name, data):
    body = data.draw(JSON.filter(holds_no_list))

    with pytest.raises(HubError):
        LISTS[name](HubReader(connect(Canned(*[said(body)] * 3))))
