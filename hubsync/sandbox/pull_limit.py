"""The limit of image pulls, per address or per account, with its headers."""

from datetime import datetime

from flask import request

from .answers import here
from .limits import Window
from .records import Repository, Row
from .refusals import Refusal, registry_error

OVER_LIMIT = (
    "You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: "
    "https://www.docker.com/increase-rate-limits"
)


def limit_headers(claims: Row, repository: Repository, *, counts: bool) -> dict[str, str]:
    """The headers of the pull limit; counts one pull where `counts`. Refuses, HEAD too, once all are used."""
    limits, now = here().limits, here().clock.now()
    source = claims["sub"] or request.remote_addr or "127.0.0.1"
    headers = {"docker-ratelimit-source": source}
    if _is_unlimited(claims, repository):
        return headers
    most = limits.personal_pulls if claims["sub"] else limits.anonymous_pulls
    window = limits.window(f"pulls {source}", limits.pull_window_seconds, now)
    if window.used >= most:
        raise _over_limit(headers | _numbers(most, window), window, now)
    window.used += counts
    return headers | _numbers(most, window)


def _numbers(most: int, window: Window) -> dict[str, str]:
    if not here().limits.pull_headers:
        return {}
    left, seconds = max(most - window.used, 0), here().limits.pull_window_seconds
    return {"ratelimit-limit": f"{most};w={seconds}", "ratelimit-remaining": f"{left};w={seconds}"}


def _over_limit(headers: dict[str, str], window: Window, now: datetime) -> Refusal:
    refusal = registry_error(429, "TOOMANYREQUESTS", OVER_LIMIT)
    refusal.headers = headers | {"Retry-After": str(int((window.ends_at - now).total_seconds()) + 1)}
    return refusal


def _is_unlimited(claims: Row, repository: Repository) -> bool:
    world = here()
    sponsored = world.organizations.get(repository.namespace)
    is_paid = bool(claims["token_id"] and claims["sub"] in world.organizations)
    is_paid = is_paid or bool(world.organization_names_of.get(claims["sub"]))
    return is_paid or (sponsored is not None and sponsored.badge == "open_source")
