"""Pages for when something is in the way: they say what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "404.html", "403_csrf.html", "429.html", "500.html"]
)
def test_each_says_what_to_do_even_when_nothing_is_known(template: str) -> None:
    with translation.override("en"):
        page = render_to_string(template)

    assert page.count("<h1>") == 1 and 'href="/"' in page and '<html lang="en">' in page


def test_a_failure_shows_our_page_and_no_traceback(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("classrooms.views.student.join.CodeForm", fail)
    reader.raise_request_exception = False

    answer = reader.get("/join/")

    assert answer.status_code == 500
    assert (
        "Something went wrong" in answer.content.decode() and "secret detail" not in answer.content.decode()
    )
