"""Tags of a repository, and the rules that make some of them unchangeable."""

import re

from flask import Blueprint, Response, request

from ..answers import answer, body, flag_of, here, moment, nothing, page, text_of
from ..callers import caller, reach
from ..manifests import INDEXES, manifests_of
from ..records import Repository, Row, Tag
from ..refusals import message, not_found
from .repositories import ONE, repository_row

routes = Blueprint("tags", __name__)


@routes.get(f"{ONE}/tags")
def list_tags(namespace: str, name: str) -> Response:
    repository = reach(namespace, name, "scope-tag-read")
    if request.method == "HEAD" and not here().tags[repository.id]:
        raise not_found("no tags")
    return tag_page(repository)


def tag_page(repository: Repository) -> Response:
    newest_first = sorted(here().tags[repository.id].values(), key=lambda tag: tag.pushed_at, reverse=True)
    return page(newest_first, lambda tag: tag_row(repository, tag))


@routes.get(f"{ONE}/tags/<tag>")
def get_tag(namespace: str, name: str, tag: str) -> Response:
    repository = reach(namespace, name, "scope-tag-read")
    return answer(tag_row(repository, here().get_tag(repository, tag)))


@routes.delete(f"{ONE}/tags/<tag>")
def delete_tag(namespace: str, name: str, tag: str) -> Response:
    """Not published; Docker's manual gives it to `scope-tag-admin`."""
    repository = reach(namespace, name, "scope-tag-admin", "admin")
    here().delete_tag(repository, tag, actor=caller().actor)
    return nothing()


@routes.patch(f"{ONE}/immutabletags")
def set_immutable_tags(namespace: str, name: str) -> Response:
    repository, sent = reach(namespace, name, "scope-repository-settings-admin", "admin"), body()
    rules = sent.get("immutable_tags_rules")
    # Hub: an array here, one comma-joined text on the older route.
    if not isinstance(rules, list) or not all(isinstance(rule, str) and _is_rule(rule) for rule in rules):
        raise message(400, "bad request", errinfo={"immutable_tags_rules": "an array of expressions"})
    repository.immutable_tags = flag_of(sent, "immutable_tags")
    repository.immutable_tags_rules = rules
    return answer(repository_row(repository))


@routes.post(f"{ONE}/immutabletags/verify")
def verify_immutable_tags(namespace: str, name: str) -> Response:
    repository = reach(namespace, name, "scope-repository-settings-admin", "admin")
    rule = text_of(body(), "regex")
    if not _is_rule(rule):
        raise message(400, "bad request", errinfo={"regex": "not an expression"})
    return answer({"tags": [tag for tag in here().tags[repository.id] if re.search(rule, tag)]})


def tag_row(repository: Repository, tag: Tag) -> Row:
    world = here()
    documents = manifests_of(repository, tag)
    return {
        "id": tag.id,
        "name": tag.name,
        "full_size": tag.size_bytes,
        "digest": documents[0].digest,
        "media_type": documents[0].media_type,
        "content_type": "image",
        "v2": True,
        "tag_status": "active",
        "last_updated": moment(tag.pushed_at),
        "tag_last_pushed": moment(tag.pushed_at),
        "tag_last_pulled": moment(tag.pulled_at),
        "creator": 1,
        "last_updater": 1,
        "last_updater_username": tag.pushed_by if tag.pushed_by in world.users else "",
        "repository": repository.id,
        "images": _images(repository, tag),
    }


def _images(repository: Repository, tag: Tag) -> list[Row] | None:
    # Hub: may be null or empty although there are images, and may hold unknown/unknown.
    if tag.images_shown != "filled":
        return None if tag.images_shown == "null" else []
    rows = []
    for one in manifests_of(repository, tag):
        if one.media_type in INDEXES:
            continue
        system, architecture, *variant = one.platform.split("/")
        rows.append(
            {
                "architecture": architecture,
                "features": "",
                "variant": variant[0] if variant else None,
                "digest": one.digest,
                "os": system,
                "os_features": "",
                "os_version": None,
                "size": one.size_bytes,
                "status": "active",
                "last_pulled": moment(tag.pulled_at),
                "last_pushed": moment(tag.pushed_at),
            }
        )
    return rows


def _is_rule(rule: str) -> bool:
    try:
        re.compile(rule)
    except re.error:
        return False
    return "," not in rule
