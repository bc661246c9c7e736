"""Names that look like the school's own are warned of while somebody types."""

import pytest
from django.test import Client

from classrooms.image_references.near import is_near
from classrooms.models import School, User
from tests.factories import make_image


@pytest.mark.parametrize(
    "other", ["ieegn", "iesgnn", "iesg", "isegn", "1esgn", "lesgn", "ies-gn", "iesng", "jesgn"]
)
def test_one_slip_or_one_sign_that_looks_alike_is_near(other: str) -> None:
    assert is_near("iesgn", other)
    assert is_near(other, "iesgn")


@pytest.mark.parametrize(
    ("one", "other"),
    [("iesgn", "iesgn"), ("iesgn", "library"), ("iesgn", "iesabc"), ("abc", "abd"), ("", "x")],
)
def test_what_is_the_same_or_quite_another_name_is_not(one: str, other: str) -> None:
    assert not is_near(one, other)


def test_a_near_name_is_warned_of_and_the_own_one_proposed(reader: Client, school: School, ana: User) -> None:
    make_image(school, "iestriana/lamp")
    reader.force_login(ana)

    def said(reference: str) -> str:
        address = f"/school/{school.pk}/check-reference/"
        return reader.get(address, {"reference": reference}).content.decode()

    assert "Did you mean" in said("iestirana/lamp:1") and "iestriana/lamp:1" in said("iestirana/lamp:1")
    assert "Did you mean" not in said("iestriana/lamp:1")
    assert "Did you mean" not in said("ghcr.io/iestirana/lamp:1"), (
        "another registry has namespaces of its own"
    )
