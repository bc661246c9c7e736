"""Finds out what an access token may do, scope by scope, without changing anything on Docker Hub.

A token of an organization cannot be asked for its own scopes: the list of tokens is refused to it. So each
scope is tried with a request that is either a read, or is refused for what it holds once it has been let
in: a team without a name, a role for a person whose Docker ID cannot exist, the permission of team 0.
Docker Hub has been seen to answer such requests 400 after it had looked at who asks (a permission for group
0, 2026). 403 means that the scope is missing; 400, 404 or 409 that it is there.

For two things there is no such request: whether all private repositories are listed shows only where one is
listed, and the scopes of repositories show only where there is a repository (for some, a private one).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hubsync.hub.errors import HubConflict, HubForbidden, HubNotFound, HubRejected, NotSupportedHere
from hubsync.hub.image_answers import Repository
from hubsync.hub.json_fields import row_of
from hubsync.hub.reader import HubReader
from hubsync.hub.registry import RegistryReader
from hubsync.hub.routes import PERMISSIONS, repository_routes
from hubsync.hub.scopes import NEEDED_SCOPES, Scope, ScopeFinding, finding
from hubsync.hub.wire import path_of

# Hub: a Docker ID has no dash, so nobody is called this; `.invalid` is kept free of addresses by RFC 2606.
NOBODY = "aulahub-probe-nobody"
NOBODY_AT_ALL = "aulahub-probe@nobody.invalid"


def probe_scopes(reader: HubReader, organization: str) -> tuple[ScopeFinding, ...]:
    """One finding for each scope that the portal needs, in the order of `NEEDED_SCOPES`.

    About twelve calls. Raises HubAuthLost where the token is refused and HubUnavailable where Docker Hub
    gives no usable answer.
    """
    repository, has_private = _repository_to_try(reader, organization)
    held: dict[Scope, bool | None] = {
        Scope.MEMBER_EDIT: _may_edit_members(reader, organization),
        Scope.INVITE_EDIT: _may_invite(reader, organization),
        Scope.GROUP_EDIT: _may_edit_teams(reader, organization),
        Scope.REPOSITORY_LIST: has_private,
        Scope.REPOSITORY_CREATE: _may_create_repositories(reader, organization),
        Scope.ACTIVITY_READ: is_let_in(lambda: reader.list_audit_log(organization, action="org.create")),
    }
    if repository is not None:
        held[Scope.REPOSITORY_EDIT] = _may_edit_repository(reader, repository)
        held[Scope.REPO_GROUP_ADMIN] = _may_remove_permissions(reader, repository)
        held |= _may_see_private(reader, repository)
    return tuple(finding(scope, held=held.get(scope)) for scope in NEEDED_SCOPES)


def is_let_in(call: Callable[[], object]) -> bool | None:
    """False where the call was refused for who asks, None where there is no such route, else True."""
    try:
        call()
    except HubForbidden:
        return False
    except NotSupportedHere:
        return None
    except (HubRejected, HubConflict, HubNotFound) as problem:
        return None if problem.status == 405 else True
    return True


def _repository_to_try(reader: HubReader, organization: str) -> tuple[Repository | None, bool | None]:
    try:
        rows = reader.list_repositories(organization).rows
    except HubForbidden:
        return None, False
    # Hub: without the scope the public ones are listed with 200, so only a private one shows anything.
    best = next((row for row in rows if row.is_private), rows[0] if rows else None)
    return best, True if best is not None and best.is_private else None


def _may_edit_members(reader: HubReader, organization: str) -> bool | None:
    path = path_of("orgs", organization, "members", NOBODY)
    return is_let_in(lambda: _ask(reader, "PUT", path, Scope.MEMBER_EDIT, {"role": ""}))


def _may_invite(reader: HubReader, organization: str) -> bool | None:
    return is_let_in(lambda: reader.check_invitees(organization, [NOBODY_AT_ALL]))


def _may_edit_teams(reader: HubReader, organization: str) -> bool | None:
    path = path_of("orgs", organization, "groups")
    return is_let_in(lambda: _ask(reader, "POST", path, Scope.GROUP_EDIT, {"name": ""}))


def _may_create_repositories(reader: HubReader, organization: str) -> bool | None:
    path = path_of("namespaces", organization, "repositories")
    body = {"namespace": organization, "name": ""}
    return is_let_in(lambda: _ask(reader, "POST", path, Scope.REPOSITORY_CREATE, body))


def _may_edit_repository(reader: HubReader, repository: Repository) -> bool | None:
    path = path_of("namespaces", repository.namespace, "repositories", repository.name)
    try:
        row = row_of(_ask(reader, "GET", path, Scope.REPOSITORY_READ), "repository")
    except (HubForbidden, HubNotFound):
        return False
    # Hub: `permissions` of a repository are those of the caller.
    mine = row.get("permissions")
    if isinstance(mine, dict) and (mine.get("write") is True or mine.get("admin") is True):
        return True
    return is_let_in(lambda: _ask(reader, "PATCH", path, Scope.REPOSITORY_EDIT, {"status": "?"}))


def _may_remove_permissions(reader: HubReader, repository: Repository) -> bool | None:
    readable = is_let_in(lambda: reader.list_repository_permissions(repository.namespace, repository.name))
    route = reader.connection.working_routes.get(PERMISSIONS)
    if not readable or route is None:
        return readable
    # Team 0 does not exist, so nothing is removed.
    path = f"{repository_routes(repository.namespace, repository.name)[route]}/groups/0/"
    return is_let_in(lambda: _ask(reader, "DELETE", path, Scope.REPO_GROUP_ADMIN))


def _may_see_private(reader: HubReader, repository: Repository) -> dict[Scope, bool | None]:
    if not repository.is_private:
        return {}
    path = path_of("namespaces", repository.namespace, "repositories", repository.name, "tags")
    found: dict[Scope, bool | None] = {}
    try:
        _ask(reader, "GET", path, Scope.TAG_READ, params={"page": 1, "page_size": 1})
        found[Scope.TAG_READ] = True
    except (HubForbidden, HubNotFound):
        # Hub: what is hidden from a token is "not found" for it.
        found[Scope.TAG_READ] = False
    if reader.connection.registry_url:
        found[Scope.IMAGE_PULL] = RegistryReader.of(reader.connection).may_pull(repository.reference)
    return found


def _ask(
    reader: HubReader,
    method: str,
    path: str,
    scope: Scope,
    body: object = None,
    *,
    params: dict[str, Any] | None = None,
) -> Any:
    return reader.connection.request(
        method,
        path,
        scope=scope,
        body=body,
        params=params,
        is_json_needed=False,
        is_repeatable=method == "GET",
    )
