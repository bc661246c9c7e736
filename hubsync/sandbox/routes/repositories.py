"""Repositories on the newer routes, under /v2/namespaces."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from ..answers import answer, body, flag_of, here, moment, nothing, page, text_of
from ..callers import Caller, caller, has_scope, level_on, may_see, reach, somebody
from ..permissions import Level
from ..records import Repository, Row
from ..refusals import bad_ordering, denied, message, no_such_route
from ..scopes import organization_covers

routes = Blueprint("repositories", __name__)
BASE = "/v2/namespaces/<namespace>/repositories"
ONE = f"{BASE}/<name>"
ORDERINGS: dict[str, Callable[[Repository], Any]] = {
    "name": lambda one: one.name,
    "last_updated": lambda one: one.updated_at or one.registered_at,
    "pull_count": lambda one: one.pull_count,
}


def repository_row(repository: Repository, *, is_whole: bool = True) -> Row:
    """A repository as the API shows it; in lists without its full description."""
    level, world = _level(caller(), repository), here()
    has_images = bool(world.tags[repository.id])
    row: Row = {
        "name": repository.name,
        "namespace": repository.namespace,
        # Hub: several of these are null for a repository into which nothing was pushed.
        "repository_type": "image" if has_images else None,
        "status": repository.status,
        "status_description": "active" if repository.status else "inactive",
        "description": repository.description,
        "is_private": repository.is_private,
        "star_count": repository.star_count,
        "pull_count": repository.pull_count,
        "last_updated": moment(repository.updated_at),
        "last_modified": moment(repository.updated_at),
        "date_registered": moment(repository.registered_at),
        "affiliation": "",
        "media_types": ["application/vnd.oci.image.index.v1+json"] if has_images else [],
        "content_types": ["image"] if has_images else [],
        "categories": [],
        "storage_size": sum(tag.size_bytes for tag in world.tags[repository.id].values()),
    }
    if is_whole:
        row |= {
            "user": repository.namespace,
            "is_automated": False,
            "collaborator_count": len(world.collaborators[repository.id]),
            "hub_user": repository.namespace,
            "has_starred": False,
            "full_description": repository.full_description,
            # Hub: a list says 0 for what has no size, the repository itself may say null.
            "storage_size": row["storage_size"] or None,
            "source": None,
            # Hub: what the caller may do, not what a team may.
            "permissions": {
                "read": level >= Level.READ,
                "write": level >= Level.WRITE,
                "admin": level >= Level.ADMIN,
            },
            "immutable_tags_settings": {
                "enabled": repository.immutable_tags,
                "rules": repository.immutable_tags_rules,
            },
        }
    return row


@routes.get(BASE)
def list_repositories(namespace: str) -> Response:
    return repository_page(namespace)


def repository_page(namespace: str) -> Response:
    """A page of what the caller may see. A namespace that does not exist is an empty page, not an error."""
    # Hub: Docker keeps the empty 200 for compatibility, so a list cannot tell "empty" from "not there".
    ordering = request.args.get("ordering", "-last_updated")
    key = ORDERINGS.get(ordering.removeprefix("-"))
    if key is None:
        raise bad_ordering()
    part = request.args.get("name", "").lower()
    known = here().repositories.get(namespace, {}).values()
    found = [one for one in known if part in one.name and _is_listed(caller(), one)]
    found.sort(key=key, reverse=ordering.startswith("-"))
    return page(found, lambda one: repository_row(one, is_whole=False))


@routes.post(BASE)
def create_repository(namespace: str) -> Response:
    return create_in(namespace, body())


def create_in(namespace: str, sent: Row) -> Response:
    one = may_create(namespace)
    full = sent.get("full_description")
    repository = here().add_repository(
        namespace,
        text_of(sent, "name"),
        is_private=flag_of(sent, "is_private") if "is_private" in sent else False,
        description=text_of(sent, "description", default=""),
        full_description=full if isinstance(full, str) else None,
        actor=one.actor,
    )
    return answer(repository_row(repository), 201)


@routes.get(ONE)
def get_repository(namespace: str, name: str) -> Response:
    """Flask answers HEAD from here too, without the body."""
    return answer(repository_row(reach(namespace, name, "scope-repository-read")))


@routes.patch(ONE)
def describe_repository(namespace: str, name: str) -> Response:
    repository = reach(namespace, name, "scope-repository-edit", "admin")
    describe(repository, body())
    return answer(repository_row(repository))


def describe(repository: Repository, sent: Row) -> None:
    for name, kind in (("description", str), ("full_description", str), ("status", int)):
        if not isinstance(sent.get(name), kind | None):
            raise message(400, "bad request", errinfo={"fielderrors": {name: "of the wrong type"}})
    here().describe_repository(
        repository,
        description=sent.get("description"),
        full_description=sent.get("full_description"),
        actor=caller().actor,
    )
    if sent.get("status") is not None:
        here().set_repository_status(repository, sent["status"])


@routes.post(f"{ONE}/privacy")
def change_privacy(namespace: str, name: str) -> Response:
    """Not published; Docker's manual says that an organization's token may do it here."""
    if not here().switches.namespaces_privacy_route:
        raise no_such_route(404)
    repository = reach(namespace, name, "scope-repository-edit", "admin")
    return set_privacy(repository)


def set_privacy(repository: Repository) -> Response:
    is_private = flag_of(body(), "is_private")
    here().make_repository_private(
        repository.namespace, repository.name, is_private=is_private, actor=caller().actor
    )
    return answer(repository_row(repository))


@routes.delete(ONE)
def delete_repository(namespace: str, name: str) -> Response:
    """Not published; Docker's manual says that an organization's token may do it here."""
    if not here().switches.namespaces_delete_route:
        raise no_such_route(405)
    reach(namespace, name, "scope-repository-admin", "admin")
    here().delete_repository(namespace, name, actor=caller().actor)
    return nothing(202)


def may_create(namespace: str) -> Caller:
    one, world = somebody(), here()
    if one.kind == "organization":
        if one.name != namespace or not organization_covers(
            one.resources, namespace, "scope-repository-create"
        ):
            raise denied()
        return one
    if one.token is not None and "repo:admin" not in one.token.scopes:
        raise denied()
    member = world.members[namespace].get(one.name) if namespace in world.organizations else None
    if one.name != namespace and (member is None or member.role == "member"):
        raise denied()
    return one


def _is_listed(one: Caller, repository: Repository) -> bool:
    # Hub: without scope-repository-list a token sees public repositories only, with a normal 200.
    if one.kind == "organization":
        listing = one.name == repository.namespace and organization_covers(
            one.resources, one.name, "scope-repository-list"
        )
        return listing or not repository.is_private
    return may_see(one, repository)


def _level(one: Caller, repository: Repository) -> Level:
    if one.kind != "organization":
        return level_on(one, repository)
    for scope, level in (("admin", Level.ADMIN), ("edit", Level.WRITE)):
        if has_scope(one, repository, f"scope-repository-{scope}"):
            return level
    return Level.READ
