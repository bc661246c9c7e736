"""The switches themselves."""

import re
from pathlib import Path

import pytest

from hubsync.sandbox.switches import CHOICES, Switches

TESTS = Path(__file__).parent


def test_every_switch_stands_at_its_first_choice():
    assert Switches().as_dict() == {name: values[0] for name, values in CHOICES.items()}


@pytest.mark.parametrize("name", CHOICES)
def test_every_switch_is_turned_by_a_test_and_explained(name):
    tests = "".join(path.read_text() for path in TESTS.glob("test_*.py"))
    page = (TESTS.parents[2] / "docs" / "local-docker-hub.md").read_text()

    assert re.search(rf'turn\("{name}"', tests)
    assert f"`{name}`" in page


def test_text_will_do_for_numbers_and_booleans():
    switches = Switches()

    switches.turn("last_owner_status", "403")
    switches.turn("resend_by_post", "True")

    assert (switches.last_owner_status, switches.resend_by_post) == (403, True)


@pytest.mark.parametrize(("name", "value"), [("last_owner_status", 500), ("no_such_switch", True)])
def test_what_is_no_choice_is_refused(name, value):
    with pytest.raises(ValueError, match=name):
        Switches().turn(name, value)
