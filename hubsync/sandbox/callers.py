"""Who is asking, and what that one may see and do."""

from dataclasses import dataclass
from typing import Literal

from flask import g, request

from . import bearers
from .answers import here
from .permissions import PERMISSIONS, Level
from .records import AccessToken, Repository
from .refusals import denied, detail, message, not_found, unauthorized
from .scopes import organization_covers, repository_covers

PERSONAL_LEVELS = {"repo:admin": Level.ADMIN, "repo:write": Level.WRITE, "repo:read": Level.READ}
NO_PERSONAL = "token issued from personal access token is not allowed"
NO_ORGANIZATION = "token issued from organization access token is not allowed"


@dataclass(frozen=True)
class Caller:
    """`name` is the Docker ID, for an organization's token the organization, "" for nobody."""

    kind: Literal["anonymous", "password", "personal", "organization"]
    name: str = ""
    token: AccessToken | None = None

    @property
    def actor(self) -> str:
        # Hub: the audit log names a person, or the token that acted.
        return self.token.label if self.token and self.kind == "organization" else self.name

    @property
    def resources(self) -> list[dict[str, object]]:
        return self.token.resources if self.token else []


def caller() -> Caller:
    """The caller of this request. Refuses a bearer that is expired, revoked or not one at all."""
    if "caller" not in g:
        g.caller = _read_caller(request.headers.get("Authorization", ""))
    known: Caller = g.caller
    return known


def somebody() -> Caller:
    one = caller()
    if one.kind == "anonymous":
        raise unauthorized()
    return one


def somebody_with_password() -> Caller:
    """Refuses every kind of access token."""
    one = somebody()
    if one.kind == "personal":
        raise denied(NO_PERSONAL)
    if one.kind == "organization":
        raise denied(NO_ORGANIZATION)
    return one


def no_organization_token() -> None:
    """For the older routes, which do not take an organization's token."""
    if caller().kind == "organization":
        raise denied(NO_ORGANIZATION)


def enter(organization: str, scope: str, *, owners_only: bool = True, older: bool = False) -> Caller:
    """The caller, where it may do this with the organization. `older` services have their own 404."""
    one, world = somebody(), here()
    if organization not in world.organizations:
        raise detail(404, "No such organization") if older else not_found("organization not found")
    if one.kind == "organization":
        if one.name != organization or not organization_covers(one.resources, organization, scope):
            raise denied()
        return one
    if one.kind == "personal" and not world.switches.personal_token_manages_organization:
        raise denied(NO_PERSONAL)
    member = world.members[organization].get(one.name)
    if member is None or (owners_only and member.role != "owner"):
        raise denied("You don't have permission to perform this action.")
    return one


def level_on(one: Caller, repository: Repository) -> Level:
    """What the caller may do with a repository, for those who are not an organization's token."""
    level = here().level_of(one.name, repository) if one.kind != "organization" else Level.NONE
    if one.kind != "personal" or one.token is None:
        return level
    most = max((PERSONAL_LEVELS.get(scope, Level.NONE) for scope in one.token.scopes), default=Level.NONE)
    return min(level, max(most, Level.NONE if repository.is_private else Level.READ))


def has_scope(one: Caller, repository: Repository, scope: str) -> bool:
    return repository_covers(one.resources, repository.path, scope, is_private=repository.is_private)


def may_see(one: Caller, repository: Repository) -> bool:
    if not repository.is_private:
        return True
    if one.kind == "organization":
        return has_scope(one, repository, "scope-repository-read")
    return level_on(one, repository) >= Level.READ


def reach(namespace: str, name: str, scope: str, need: str = "read") -> Repository:
    """The repository, where the caller may do this with it. Refuses so that a private one stays hidden."""
    one, repository = caller(), here().find_repository(namespace, name)
    if repository is None:
        raise not_found("object not found")
    if one.kind == "organization":
        allowed = has_scope(one, repository, scope) or (need == "read" and not repository.is_private)
    else:
        allowed = level_on(one, repository) >= PERMISSIONS[need]
    if allowed:
        return repository
    if not may_see(one, repository):
        raise message(here().switches.hidden_repository_status, "object not found")
    raise unauthorized() if one.kind == "anonymous" else denied()


def _read_caller(header: str) -> Caller:
    if not header:
        return Caller("anonymous")
    world = here()
    scheme, _, value = header.partition(" ")
    # Hub: "JWT" is the scheme's older name. The value of an access token itself is never a bearer.
    claims = (
        bearers.read(world.signing_key, "hub", value, world.clock) if scheme in {"Bearer", "JWT"} else None
    )
    if claims is None or claims["jti"] in world.ended_bearers:
        raise unauthorized()
    token = world.access_token_by_id.get(claims["token_id"]) if claims["token_id"] else None
    if claims["token_id"] and (token is None or not world.is_usable(token)):
        raise unauthorized()
    return Caller(claims["kind"], claims["sub"], token)
