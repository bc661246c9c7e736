"""What a teacher writes is shown as text, lists and code, and nothing else gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.markdown_text import MOST_CHARACTERS, TAGS, as_html


def test_a_practice_is_shown_with_headings_below_the_pages_own() -> None:
    html = as_html("# Parte 1\n\n1. Ejecuta `docker run`\n2. *Mira*\n\n```sh\ndocker ps\n```\n")
    assert "<h3>Parte 1</h3>" in html
    assert "<li>Ejecuta <code>docker run</code></li>" in html
    assert "docker ps" in html


def test_a_table_is_a_table() -> None:
    assert "<td>80</td>" in as_html("| puerto |\n|---|\n| 80 |")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://elsewhere.example/pixel.gif)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        '<https://a.example/" onmouseover="alert(1)>',
        "<div style='position:fixed'>x</div>",
        "<iframe src='https://a.example'></iframe>",
        '```"><script>alert(1)</script>\nx\n```',
        "<svg/onload=alert(1)>",
    ],
)
def test_nothing_of_it_runs_or_asks_another_host(text: str) -> None:
    html = as_html(text)
    assert not re.search(r"<(script|img|iframe|svg|div|style)", html)
    assert not re.search(r"<[^>]*\b(onerror|onload|onmouseover|style|src)\s*=", html)
    assert not re.search(r"href=\"(javascript|data):", html)


def test_a_link_leads_away_without_telling_from_where() -> None:
    assert 'rel="noopener noreferrer nofollow"' in as_html("[Docker](https://docs.docker.com/)")


def test_a_text_without_end_is_cut() -> None:
    assert len(as_html("a" * 200_000)) < MOST_CHARACTERS + 100


@given(st.text(alphabet="<>\"'`#*[]()!&;=/ab \n|-", max_size=200))
def test_whatever_is_written_only_harmless_tags_come_out(text: str) -> None:
    assert set(re.findall(r"<([a-z0-9]+)", as_html(text))) <= TAGS
