"""The registry's side: its own tokens, manifests by HEAD and GET, and the limit of pulls.

On the Internet these are two other hosts, auth.docker.io and registry-1.docker.io; here they share one.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request

from .. import bearers
from ..answers import answer, here, moment
from ..callers import PERSONAL_LEVELS
from ..limits import Window
from ..manifests import INDEXES, Manifest, manifests_of
from ..permissions import Level
from ..records import AccessToken, Repository, Row, Tag
from ..refusals import Refusal
from ..scopes import repository_covers

routes = Blueprint("registry", __name__)
SERVICE = "registry.docker.io"
IMAGE_SCOPES = {"pull": "scope-image-pull", "push": "scope-image-push", "delete": "scope-image-delete"}
LEVELS = {"pull": Level.READ, "push": Level.WRITE, "delete": Level.ADMIN}
OVER_LIMIT = (
    "You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: "
    "https://www.docker.com/increase-rate-limits"
)


@dataclass(frozen=True)
class Puller:
    """Who pulls: a Docker ID, or an organization with its token; `name` is "" for nobody."""

    name: str = ""
    token: AccessToken | None = None


@routes.get("/token")
def create_token() -> Response:
    """A token for one repository with what was asked and is allowed; never an error for what is not."""
    world, puller = here(), _puller()
    now = world.clock.now()
    _, _, rest = request.args.get("scope", "").partition(":")
    name, _, actions = rest.rpartition(":")
    granted = [action for action in actions.split(",") if action in LEVELS and _may(puller, name, action)]
    token = bearers.issue(
        world.signing_key,
        "registry",
        seconds=bearers.REGISTRY_SECONDS,
        clock=world.clock,
        sub=puller.name,
        token_id=puller.token.id if puller.token else None,
        access=[{"type": "repository", "name": name, "actions": granted}] if name else [],
    )
    lives = {"expires_in": bearers.REGISTRY_SECONDS, "issued_at": moment(now)}
    return answer({"token": token, "access_token": token, **lives})


@routes.get("/v2")
def ping() -> Response:
    if _claims() is None:
        raise _unauthorized(None)
    return answer({})


@routes.get("/v2/<path:name>/manifests/<reference>")
def get_manifest(name: str, reference: str) -> Response:
    """Flask answers HEAD from here too, without the body."""
    world, claims = here(), _claims()
    if claims is None or not _allows(claims, name):
        raise _unauthorized(name)
    namespace, _, rest = name.partition("/")
    repository = world.get_repository(namespace, rest)
    manifest, tag = _find(repository, reference)
    headers = _limit_headers(claims, repository, counts=request.method == "GET" and manifest.platform != "")
    if request.method == "GET" and manifest.platform:
        repository.pull_count += 1
        if tag is not None:
            tag.pulled_at = world.clock.now()
    headers |= {"Docker-Content-Digest": manifest.digest, "Docker-Distribution-Api-Version": "registry/2.0"}
    return Response(manifest.body, content_type=manifest.media_type, headers=headers)


def _find(repository: Repository, reference: str) -> tuple[Manifest, Tag | None]:
    world = here()
    if reference.startswith("sha256:"):
        known = world.manifests[repository.id].get(reference)
        if known is None:
            raise _error(404, "MANIFEST_UNKNOWN", "manifest unknown")
        return known, None
    tag = world.tags[repository.id].get(reference)
    if tag is None:
        raise _error(404, "MANIFEST_UNKNOWN", "manifest unknown")
    documents = manifests_of(repository, tag)
    if documents[0].media_type in INDEXES and not _accepts_indexes():
        return documents[1], tag
    return documents[0], tag


def _accepts_indexes() -> bool:
    accepted = ",".join(request.headers.getlist("Accept"))
    return "*/*" in accepted or any(one in accepted for one in INDEXES)


def _limit_headers(claims: Row, repository: Repository, *, counts: bool) -> dict[str, str]:
    """The headers of the pull limit; counts one pull where `counts`. Refuses, HEAD too, once all are used."""
    limits, now = here().limits, here().clock.now()
    source = claims["sub"] or request.remote_addr or "127.0.0.1"
    headers = {"docker-ratelimit-source": source}
    if _is_unlimited(claims, repository):
        return headers
    most = limits.personal_pulls if claims["sub"] else limits.anonymous_pulls
    window = limits.window(f"pulls {source}", limits.pull_window_seconds, now)
    if window.used >= most:
        raise _over_limit(headers | _numbers(most, window, limits.pull_window_seconds), window, now)
    window.used += counts
    return headers | _numbers(most, window, limits.pull_window_seconds)


def _numbers(most: int, window: Window, seconds: int) -> dict[str, str]:
    left = max(most - window.used, 0)
    return {"ratelimit-limit": f"{most};w={seconds}", "ratelimit-remaining": f"{left};w={seconds}"}


def _over_limit(headers: dict[str, str], window: Window, now: datetime) -> Refusal:
    refusal = _error(429, "TOOMANYREQUESTS", OVER_LIMIT)
    refusal.headers = headers | {"Retry-After": str(int((window.ends_at - now).total_seconds()) + 1)}
    return refusal


def _is_unlimited(claims: Row, repository: Repository) -> bool:
    world = here()
    sponsored = world.organizations.get(repository.namespace)
    is_paid = bool(claims["token_id"] and claims["sub"] in world.organizations)
    is_paid = is_paid or bool(world.organization_names_of.get(claims["sub"]))
    return is_paid or (sponsored is not None and sponsored.badge == "open_source")


def _claims() -> Row | None:
    world = here()
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return bearers.read(world.signing_key, "registry", value, world.clock) if scheme == "Bearer" else None


def _allows(claims: Row, name: str) -> bool:
    return any(one["name"] == name and "pull" in one["actions"] for one in claims["access"])


def _may(puller: Puller, name: str, action: str) -> bool:
    namespace, _, rest = name.partition("/")
    repository = here().find_repository(namespace, rest)
    if repository is None:
        return False
    if action == "pull" and not repository.is_private:
        return True
    if puller.token is not None and puller.token.kind == "organization":
        resources, is_private = puller.token.resources, repository.is_private
        return repository_covers(resources, repository.path, IMAGE_SCOPES[action], is_private=is_private)
    level = here().level_of(puller.name, repository)
    if puller.token is not None:
        level = min(level, max(PERSONAL_LEVELS.get(one, Level.NONE) for one in puller.token.scopes))
    return level >= LEVELS[action]


def _puller() -> Puller:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return Puller()
    try:
        name, _, secret = b64decode(value).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        raise _wrong_sign_in() from None
    token, user = here().find_token(secret), here().users.get(name)
    if token is not None and token.owner == name:
        return Puller(name, token)
    if user is None or user.second_factor or not here().knows_password(user, secret):
        raise _wrong_sign_in()
    return Puller(name)


def _wrong_sign_in() -> Refusal:
    text = "incorrect username or password"
    return Refusal(401, {"details": text}, text)


def _unauthorized(name: str | None) -> Refusal:
    """The same for a repository that is missing and for one that is private."""
    scope = f',scope="repository:{name}:pull"' if name else ""
    refusal = _error(401, "UNAUTHORIZED", "authentication required")
    realm = f"{request.host_url}token"
    refusal.headers = {"WWW-Authenticate": f'Bearer realm="{realm}",service="{SERVICE}"{scope}'}
    return refusal


def _error(status: int, code: str, text: str) -> Refusal:
    return Refusal(status, {"errors": [{"code": code, "message": text, "detail": None}]}, text)
