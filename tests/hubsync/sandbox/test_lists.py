"""Items 24 to 27 and 41: pages of lists."""

import pytest


@pytest.fixture
def many(world):
    for number in range(130):
        world.add_repository("iestriana", f"image-{number:03}")
    return world


PATH = "/v2/namespaces/iestriana/repositories"


def test_24_a_page_past_the_end_is_404(portal):
    assert portal.get(f"{PATH}?page=9").status_code == 404


def test_24_the_first_page_of_nothing_is_an_empty_list(world, anybody):
    answer = anybody.get("/v2/namespaces/bruno/repositories")

    assert (answer.status_code, answer.json["results"]) == (200, [])


def test_25_an_unknown_namespace_lists_as_empty(anybody):
    answer = anybody.get("/v2/namespaces/nobodyhere/repositories")

    assert (answer.status_code, answer.json["count"]) == (200, 0)


def test_25_the_teams_of_an_unknown_organization_are_404(portal):
    answer = portal.get("/v2/orgs/nobodyhere/groups")

    assert (answer.status_code, answer.json) == (404, {"detail": "No such organization"})


def test_26_a_page_has_ten_rows_where_nothing_is_said(many, portal):
    assert len(portal.get(PATH).json["results"]) == 10


def test_26_a_larger_page_is_cut_to_a_hundred(many, portal):
    assert len(portal.get(f"{PATH}?page_size=1000").json["results"]) == 100


def test_26_the_audit_log_gives_25(many, portal):
    many.clock.move(minutes=1)

    assert len(portal.get("/v2/auditlogs/iestriana").json["logs"]) == 25


def test_27_next_is_absolute_and_ends_with_null(many, portal):
    path, names = f"{PATH}?page_size=50&ordering=name", []
    while path:
        listed = portal.get(path).json
        names += [one["name"] for one in listed["results"]]
        assert listed["next"] is None or listed["next"].startswith("http://localhost/v2/")
        path = listed["next"]

    assert names == sorted(many.repositories["iestriana"])


def test_41_an_unknown_ordering_is_400(portal):
    answer = portal.get(f"{PATH}?ordering=foo")

    assert (answer.status_code, set(answer.json)) == (400, {"fields", "text"})
