"""The limiter in front of the management API: a count per caller and minute, with its headers."""

from flask import Flask, Response, g, request

from .answers import here
from .callers import caller
from .limits import Window
from .refusals import Refusal, detail

MINUTE = 60


def install(app: Flask) -> None:
    """Count every call to the API, refuse the ones beyond the limit, and say in every answer what is left."""
    app.before_request(_count)
    app.after_request(_tell)


def is_api() -> bool:
    """The management API; not the registry, not the pages."""
    path = request.path
    is_registry = "/manifests/" in path or "/blobs/" in path or path == "/v2/"
    return path.startswith("/v2/") and not is_registry


def _count() -> None:
    g.window, g.most = None, None
    if not is_api():
        return
    limits, now = here().limits, here().clock.now()
    key, g.most = _key_and_limit()
    if g.most is None:
        return
    window: Window = limits.window(f"api {key}", MINUTE, now)
    g.window = window
    window.used += 1
    if window.used > g.most:
        refusal = detail(429, "Rate limit exceeded", error=False)
        # Hub: seconds here; older texts had a header X-Retry-After with a Unix time.
        refusal.headers["Retry-After"] = str(int((window.ends_at - now).total_seconds()) + 1)
        raise refusal


def _key_and_limit() -> tuple[str, int | None]:
    limits = here().limits
    try:
        one = caller()
    except Refusal:
        return f"address {request.remote_addr}", limits.anonymous_per_minute
    if one.kind == "anonymous":
        return f"address {request.remote_addr}", limits.anonymous_per_minute
    return f"{one.kind} {one.name}", limits.signed_in_per_minute


def _tell(response: Response) -> Response:
    window: Window | None = g.get("window")
    if window is not None:
        response.headers["X-RateLimit-Limit"] = str(g.most)
        response.headers["X-RateLimit-Remaining"] = str(max(g.most - window.used, 0))
        response.headers["X-RateLimit-Reset"] = str(int(window.ends_at.timestamp()))
    return response
