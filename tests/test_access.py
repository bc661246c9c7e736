"""Every address says whom it is for, and what is somebody else's is not there."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from classrooms.access import Audience, all_marked, audience_of

# Django's own and allauth's pages keep their own rules.
FOREIGN = ("admin/", "account/", "i18n/")


def own_patterns() -> list[tuple[str, URLPattern]]:
    return [found for found in _walk("", get_resolver()) if not found[0].startswith(FOREIGN)]


def _walk(prefix: str, resolver: URLResolver) -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        found += _walk(route, pattern) if isinstance(pattern, URLResolver) else [(route, pattern)]
    return found


def test_every_address_names_its_audience() -> None:
    assert own_patterns()
    assert [route for route, pattern in own_patterns() if audience_of(pattern.callback) is None] == []


def test_a_view_without_audience_cannot_be_included() -> None:
    with pytest.raises(ImproperlyConfigured, match="does not say whom it is for"):
        all_marked([path("open/", lambda request: HttpResponse())])


def closed_routes() -> list[tuple[str, URLPattern]]:
    return [(r, p) for r, p in own_patterns() if audience_of(p.callback) != Audience.EVERYONE]


@pytest.mark.django_db
def test_a_visitor_is_asked_to_sign_in_everywhere_but_on_public_pages(client: Client) -> None:
    for route, _ in closed_routes():
        answer = client.get("/" + _with_ids(route, 1))
        assert answer.status_code == 302 and "/account/login/" in answer["Location"], route


def _with_ids(route: str, number: int) -> str:
    parts = []
    for part in route.split("/"):
        parts.append(("x" if ":" in part and "int" not in part else str(number)) if part.startswith("<") else part)
    return "/".join(parts)
