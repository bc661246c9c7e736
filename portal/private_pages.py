"""What one person saw at a shared computer is not shown to the next one who presses “back”."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


def forbid_keeping(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware inside that of the sessions: an answer that looked into somebody's session is not kept anywhere.

    A visitor without a session gets pages that a browser may keep; so does whoever never touched the session, as
    the addresses that watch the service do, and no database is asked here.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and not request.session.is_empty():
            add_never_cache_headers(response)
        return response

    return answered
