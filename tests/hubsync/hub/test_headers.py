"""Rate-limit and retry headers in all their forms."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubsync.hub.headers import LONGEST_WAIT, BudgetHeaders, read_budget, read_limit, read_retry_after

NOW = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)
IN_A_MINUTE = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "60"},
        {"retry-after": str(int(IN_A_MINUTE.timestamp()))},
        {"X-Retry-After": str(int(IN_A_MINUTE.timestamp()))},
        {"X-Retry-After": "60"},
        {"Retry-After": str(int(IN_A_MINUTE.timestamp() * 1000))},
        {"Retry-After": "Tue, 15 Sep 2026 08:01:00 GMT"},
        {"Retry-After": "soon", "X-Retry-After": "60"},
    ],
)
def test_a_wait_of_a_minute_is_read_in_every_form(headers):
    assert read_retry_after(headers, NOW) == IN_A_MINUTE


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "soon"}, {"Retry-After": ""}, {"Retry-After": "-5"}])
def test_what_is_no_wait_is_none(headers):
    assert read_retry_after(headers, NOW) is None


@given(st.text() | st.integers(-10, 10**15).map(str))
def test_no_wait_is_in_the_past_or_longer_than_the_longest(value):
    waited_until = read_retry_after({"Retry-After": value}, NOW)

    assert waited_until is None or NOW <= waited_until <= NOW + LONGEST_WAIT


def test_the_budget_is_read_whole():
    headers = {
        "x-ratelimit-limit": "180",
        "X-RateLimit-Remaining": "179",
        "X-RateLimit-Reset": str(int(IN_A_MINUTE.timestamp())),
    }

    assert read_budget(headers, NOW) == BudgetHeaders(180, 179, IN_A_MINUTE)


@pytest.mark.parametrize("headers", [{}, {"X-RateLimit-Limit": "180"}, {"X-RateLimit-Limit": "many"}])
def test_half_a_budget_is_none(headers):
    assert read_budget(headers, NOW) is None


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        ("100;w=21600", (100, 21600)),
        (" 76 ; w=3600", (76, 3600)),
        ("100", (100, None)),
        ("many", None),
        ("", None),
    ],
)
def test_a_pull_limit_tells_its_window(value, limit):
    assert read_limit(value) == limit
