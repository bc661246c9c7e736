"""Every documented call, also those that the portal never sends, by several callers."""

from __future__ import annotations

import re
from typing import Any

import requests

from tests.hubsync.contract.description import Operation
from tests.hubsync.contract.recording import Exchange
from tests.hubsync.contract.scenario import USUAL, Talk, talk
from tests.hubsync.local_hub import ORGANIZATION

NO_SUCH_ID = "0a1b2c3d-0000-4000-8000-000000000000"
PLACES = {
    "org_name": ORGANIZATION,
    "name": ORGANIZATION,
    "account": ORGANIZATION,
    "namespace": ORGANIZATION,
    "username": "nobody",
    "group_name": "owners",
    "repository": "exam",
    "tag": "1.0",
}
EXAM = f"/v2/namespaces/{ORGANIZATION}/repositories/exam"
TEAM = f"/v2/orgs/{ORGANIZATION}/groups/asir1"
ALLOWED = {"enabled": True, "allow_official_images": True, "allow_verified_publishers": False}
# What an owner with her password does besides; "{id}" is that of the answer before.
OF_AN_OWNER: tuple[tuple[str, str, Any], ...] = (
    ("GET", f"/v2/orgs/{ORGANIZATION}/settings", None),
    ("PUT", f"/v2/orgs/{ORGANIZATION}/settings", {"restricted_images": ALLOWED}),
    ("GET", f"/v2/orgs/{ORGANIZATION}/members/export", None),
    ("POST", f"/v2/orgs/{ORGANIZATION}/groups", {"name": "asir1", "description": "1º ASIR"}),
    ("PUT", TEAM, {"name": "asir1", "description": "1º ASIR, tarde"}),
    ("DELETE", TEAM, None),
    ("HEAD", EXAM, None),
    ("HEAD", f"{EXAM}/tags", None),
    ("HEAD", f"{EXAM}/tags/1.0", None),
    ("GET", f"/v2/auditlogs/{ORGANIZATION}/actions", None),
    (
        "POST",
        f"/v2/orgs/{ORGANIZATION}/access-tokens",
        {
            "label": "labs",
            "resources": [
                {"type": "TYPE_REPO", "path": f"{ORGANIZATION}/exam", "scopes": ["scope-image-pull"]}
            ],
        },
    ),
    ("GET", f"/v2/orgs/{ORGANIZATION}/access-tokens/{{id}}", None),
    ("PATCH", f"/v2/orgs/{ORGANIZATION}/access-tokens/{{id}}", {"label": "labs 2", "is_active": False}),
    ("DELETE", f"/v2/orgs/{ORGANIZATION}/access-tokens/{{id}}", None),
    ("POST", "/v2/access-tokens", {"token_label": "laptop", "scopes": ["repo:read"]}),
    ("GET", "/v2/access-tokens/{id}", None),
    ("PATCH", "/v2/access-tokens/{id}", {"token_label": "laptop 2", "is_active": False}),
    ("GET", "/v2/access-tokens", None),
    ("DELETE", "/v2/access-tokens/{id}", None),
)


def everything_else(operations: tuple[Operation, ...]) -> list[Exchange]:
    """The owner's calls, then each documented call by nobody, by tokens that may not, and without sense."""
    with talk(USUAL) as one, requests.Session() as session:
        session.mount("http://", one.recorder)
        session.auth = lambda request: request
        world = one.world
        _, personal = world.add_personal_token("anatriana", label="cli", scopes=["repo:admin"])
        _, narrow = world.add_organization_token(
            ORGANIZATION, label="narrow", scopes=["scope-image-pull"], created_by="anatriana"
        )
        ana = _sign_in(session, one, "anatriana", world.users["anatriana"].password)
        _old_sign_ins(session, one)
        _as_an_owner(session, one, ana)
        bearers = [_sign_in(session, one, *who) for who in (("anatriana", personal), (ORGANIZATION, narrow))]
        for operation in operations:
            for bearer in ("", *bearers, ana):
                _ask(session, one, operation.method, _path_of(operation), {"strange": 1}, bearer)
        return one.recorder.exchanges


def _path_of(operation: Operation) -> str:
    return re.sub(r"{(\w+)}", lambda found: PLACES.get(found[1], NO_SUCH_ID), operation.template)


def _as_an_owner(session: requests.Session, one: Talk, bearer: str) -> None:
    known = ""
    for method, path, body in OF_AN_OWNER:
        answer = _ask(session, one, method, path.replace("{id}", known), body, bearer)
        assert answer.ok, f"{method} {path}: {answer.text}"
        if answer.status_code == 201:
            row = answer.json()
            known = row.get("uuid") or row["id"]


def _old_sign_ins(session: requests.Session, one: Talk) -> None:
    password = one.world.users["anatriana"].password
    for secret in (password, "wrong"):
        body = {"username": "anatriana", "password": secret}
        _ask(session, one, "POST", "/v2/users/login", body, "")
    _ask(session, one, "POST", "/v2/users/2fa-login", {"login_2fa_token": "old", "code": "123456"}, "")


def _sign_in(session: requests.Session, one: Talk, identifier: str, secret: str) -> str:
    body = {"identifier": identifier, "secret": secret}
    return str(_ask(session, one, "POST", "/v2/auth/token", body, "").json()["access_token"])


def _ask(
    session: requests.Session, one: Talk, method: str, path: str, body: Any, bearer: str
) -> requests.Response:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    sent = body if method in ("POST", "PUT", "PATCH") else None
    return session.request(method, one.url + path, json=sent, headers=headers, timeout=10)
