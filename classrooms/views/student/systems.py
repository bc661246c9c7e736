"""For which computer the commands are: guessed from the browser, chosen by a link, remembered on that computer alone."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from classrooms.pull_scripts.commands import System, system_of

COOKIE = "system"
KNOWN = frozenset(one.value for one in System)
A_YEAR_SECONDS = 365 * 24 * 3600


def system_for(request: HttpRequest) -> System:
    """What was chosen last, else what the browser says it runs on."""
    for chosen in (request.GET.get("system", ""), request.COOKIES.get(COOKIE, "")):
        if chosen in KNOWN:
            return System(chosen)
    return system_of(request.headers.get("user-agent", ""))


def remember_system(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The same answer; a choice that was just made is kept on this computer."""
    if request.GET.get("system") in KNOWN:
        answer.set_cookie(
            COOKIE, request.GET["system"], max_age=A_YEAR_SECONDS, httponly=True, samesite="Lax",
            secure=request.is_secure(),
        )  # fmt: skip
    return answer


def system_choices() -> Sequence[tuple[System, str]]:
    """What the links say."""
    return (
        (System.LINUX, _("Linux")),
        (System.WINDOWS, _("Windows")),
        (System.MAC_APPLE, _("Mac with Apple chip")),
        (System.MAC_INTEL, _("Mac with Intel chip")),
    )
