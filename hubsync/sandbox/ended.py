"""Ends that come in the middle of a run: of the ten-minute bearer, and of the access token behind it."""

from collections.abc import Mapping
from typing import Any

from . import bearers
from .world import World


def end_bearer(world: World, environ: Mapping[str, Any]) -> None:
    """The bearer of this request is dead from now on. Nothing where the request has none."""
    claims = _claims(world, environ)
    if claims:
        world.ended_bearers.add(claims["jti"])


def revoke_token(world: World, environ: Mapping[str, Any]) -> None:
    """The access token that this request's bearer was made with cannot be used from now on."""
    token = world.access_token_by_id.get(_claims(world, environ).get("token_id") or "")
    if token is not None:
        token.is_active = False


def _claims(world: World, environ: Mapping[str, Any]) -> dict[str, Any]:
    bearer = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")[2]
    return bearers.read(world.signing_key, "hub", bearer, world.clock) or {}
