"""From an answer to a value or a named error."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubsync.hub.decipher import Answer, Question, decipher
from hubsync.hub.errors import (
    HubAuthLost,
    HubConflict,
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubThrottled,
    HubUnavailable,
)

NOW = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)
CHALLENGE = b"<!DOCTYPE html><html><title>Just a moment...</title></html>"


def answer(status, body=b"", headers=None):
    return Answer(status, headers or {}, body if isinstance(body, bytes) else json.dumps(body).encode())


def error_of(one, question=None):
    with pytest.raises(HubError) as caught:
        decipher(one, NOW, question or Question())
    return caught.value


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"message": "bad request", "errinfo": None}, "bad request"),
        ({"message": "bad request", "errinfo": {}}, "bad request"),
        ({"detail": "No such organization"}, "No such organization"),
        ({"username": ["This field is required."]}, "This field is required."),
        ({"__all__": ["Repository already exists."]}, "Repository already exists."),
        (
            {"fields": {"ordering": ["Invalid value"]}, "text": "Invalid ordering value"},
            "Invalid ordering value",
        ),
        ({"errors": [{"code": "X", "message": "unknown"}]}, "unknown"),
        ({"detail": "Rate limit exceeded", "error": False}, "Rate limit exceeded"),
        (["odd"], "odd"),
    ],
)
def test_the_sentence_is_found_in_every_shape_of_error(body, sentence):
    assert error_of(answer(400, body)).sentence == sentence


def test_the_refused_field_is_told_with_its_text():
    body = {"message": "httperror 400", "errinfo": {"fielderrors": {"name": "only letters"}}}

    assert error_of(answer(400, body)).fields == {"name": "only letters"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, HubRejected),
        (401, HubAuthLost),
        (403, HubForbidden),
        (404, HubNotFound),
        (405, HubRejected),
        (409, HubConflict),
        (422, HubRejected),
        (301, HubUnavailable),
        (408, HubUnavailable),
        (500, HubUnavailable),
        (503, HubUnavailable),
    ],
)
def test_each_status_has_its_error(status, kind):
    assert type(error_of(answer(status, {"message": "no"}))) is kind


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409])
@pytest.mark.parametrize("body", [CHALLENGE, b"error code: 1010", b"", b"null", b'{"mess'])
def test_a_refusal_that_is_not_json_is_no_answer(status, body):
    assert type(error_of(answer(status, body))) is HubUnavailable


def test_a_refusal_tells_which_area_and_scope_it_is_about():
    error = error_of(answer(403, {"message": "denied"}), Question("teams", "scope-group-read"))

    assert (error.area, error.scope) == ("teams", "scope-group-read")


@pytest.mark.parametrize(
    ("body", "headers", "wait"),
    [
        ({"detail": "Rate limit exceeded", "error": False}, {"Retry-After": "20"}, timedelta(seconds=20)),
        (b"Too Many Requests (HAP429).", {}, timedelta(minutes=5)),
        (CHALLENGE, {"X-Retry-After": "30"}, timedelta(seconds=30)),
        (
            b"",
            {
                "X-RateLimit-Limit": "180",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": str(int(NOW.timestamp()) + 40),
            },
            timedelta(seconds=40),
        ),
        (
            {"detail": "too many failed login attempts for username"},
            {"Retry-After": "1"},
            timedelta(minutes=15),
        ),
    ],
)
def test_both_kinds_of_limiter_tell_when_to_come_back(body, headers, wait):
    assert error_of(answer(429, body, headers)).not_before == NOW + wait


@pytest.mark.parametrize("body", [b'{"count": 1, "resu', b"<html>", b"\xff\xfe"])
def test_a_successful_answer_that_cannot_be_read_may_work_later(body):
    assert type(error_of(answer(200, body))) is HubUnavailable


def test_where_no_json_is_needed_any_success_will_do():
    assert decipher(answer(202, b"Accepted"), NOW, Question(is_json_needed=False)) is None


def test_an_empty_success_is_nothing():
    assert decipher(answer(204), NOW) is None


def test_a_secret_that_docker_hub_echoes_does_not_come_back():
    body = {
        "message": "hunter2 and dckr_oat_abc-DEF and eyJh.eyJi.sig were wrong",
        "errinfo": {"fielderrors": {"a": "hunter2"}},
    }

    error = error_of(answer(400, body), Question(secrets=("hunter2",)))

    assert not any(secret in f"{error} {error!r} {error.fields}" for secret in ("hunter2", "dckr_oat", "eyJ"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["message", "detail", "errinfo", "fields", "text"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=12,
)
BODY = st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()) | st.just(b"[" * 100_000)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Retry-After", "X-Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"]
    ),
    st.text(max_size=20) | st.integers().map(str),
)


@given(st.integers(100, 999), HEADERS, BODY, st.booleans())
def test_every_answer_becomes_a_value_or_a_named_error(status, headers, body, is_json_needed):
    try:
        decipher(Answer(status, headers, body), NOW, Question(is_json_needed=is_json_needed))
        outcome = 200 <= status < 300
    except HubThrottled as problem:
        outcome = status == 429 and problem.not_before >= NOW
    except HubError as problem:
        outcome = str(problem).isprintable() or bool(str(problem))

    assert outcome
