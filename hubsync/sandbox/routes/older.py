"""Repositories on the older routes, under /v2/repositories. They do not take an organization's token."""

from flask import Blueprint, Response

from ..answers import answer, body, flag_of, here, nothing, page, text_of
from ..callers import caller, no_organization_token, reach
from ..records import Repository
from ..refusals import message
from .repositories import create_in, describe, repository_page, repository_row, set_privacy
from .tags import tag_page

routes = Blueprint("older", __name__)
BASE = "/v2/repositories/<namespace>"
ONE = f"{BASE}/<name>"


@routes.before_request
def refuse_organization_tokens() -> None:
    no_organization_token()


@routes.get(BASE)
def list_repositories(namespace: str) -> Response:
    return repository_page(namespace)


@routes.post("/v2/repositories")
@routes.post(BASE)
def create_repository(namespace: str | None = None) -> Response:
    sent = body()
    return create_in(namespace or text_of(sent, "namespace"), sent)


@routes.get(ONE)
def get_repository(namespace: str, name: str) -> Response:
    return answer(repository_row(_reach(namespace, name, "read")))


@routes.patch(ONE)
def describe_repository(namespace: str, name: str) -> Response:
    repository, sent = _reach(namespace, name, "admin"), body()
    describe(repository, sent)
    if "immutable_tags" in sent:
        repository.immutable_tags = flag_of(sent, "immutable_tags")
    if "immutable_tags_rules" in sent:
        # Hub: one comma-joined text here, an array on the newer route.
        repository.immutable_tags_rules = [
            one for one in text_of(sent, "immutable_tags_rules").split(",") if one
        ]
    return answer(repository_row(repository))


@routes.post(f"{ONE}/privacy")
def change_privacy(namespace: str, name: str) -> Response:
    return set_privacy(_reach(namespace, name, "admin"))


@routes.delete(ONE)
def delete_repository(namespace: str, name: str) -> Response:
    _reach(namespace, name, "admin")
    here().delete_repository(namespace, name, actor=caller().actor)
    return nothing(202)


@routes.get(f"{ONE}/tags")
def list_tags(namespace: str, name: str) -> Response:
    return tag_page(_reach(namespace, name, "read"))


@routes.delete(f"{ONE}/tags/<tag>")
def delete_tag(namespace: str, name: str, tag: str) -> Response:
    here().delete_tag(_reach(namespace, name, "admin"), tag, actor=caller().actor)
    return nothing()


@routes.get(f"{ONE}/collaborators")
def list_collaborators(namespace: str, name: str) -> Response:
    repository = _personal(namespace, name)
    return page(here().collaborators[repository.id], lambda username: {"user": username})


@routes.post(f"{ONE}/collaborators")
def add_collaborator(namespace: str, name: str) -> Response:
    repository, username = _personal(namespace, name), text_of(body(), "user").lower()
    here().add_collaborator(repository, username)
    return answer({"user": username}, 201)


@routes.delete(f"{ONE}/collaborators/<username>")
def remove_collaborator(namespace: str, name: str, username: str) -> Response:
    here().remove_collaborator(_personal(namespace, name), username)
    return nothing()


def _reach(namespace: str, name: str, need: str) -> Repository:
    return reach(namespace, name, "scope-repository-admin", need)


def _personal(namespace: str, name: str) -> Repository:
    repository = _reach(namespace, name, "admin")
    if namespace in here().organizations:
        raise message(400, "Org repositories do not have collaborators. Use the groups url.", errinfo={})
    return repository
