"""A small world for each test: Ana owns the organization iestriana, Bruno and Carla only have accounts."""

import base64
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hubsync.sandbox.app import make_app
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World

PASSWORD = "secret-of-ana"
TOKEN = "dckr_oat_of-the-portal"
ALL_SCOPES = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)


@dataclass
class Asker:
    """Somebody who asks the local Docker Hub, with or without a bearer token."""

    client: FlaskClient
    bearer: str = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        if self.bearer:
            headers.setdefault("Authorization", f"Bearer {self.bearer}")
        return self.client.open(path, method=method, json=body, headers=headers)

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.ask("GET", path, **headers)

    def head(self, path: str, **headers: str) -> TestResponse:
        return self.ask("HEAD", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.ask("POST", path, body, **headers)

    def put(self, path: str, body: Any = None) -> TestResponse:
        return self.ask("PUT", path, body)

    def patch(self, path: str, body: Any = None) -> TestResponse:
        return self.ask("PATCH", path, body)

    def delete(self, path: str) -> TestResponse:
        return self.ask("DELETE", path)


def sign_in(client: FlaskClient, identifier: str, secret: str) -> Asker:
    answer = client.post("/v2/auth/token", json={"identifier": identifier, "secret": secret})
    return Asker(client, answer.json["access_token"])


def portal_with(app: Flask, *scopes: str) -> Asker:
    """The portal, with a token of the organization that has these scopes only."""
    world: World = app.extensions["world"]
    _, value = world.add_organization_token("iestriana", label="narrow", scopes=scopes, created_by="anaruiz")
    return sign_in(app.test_client(), "iestriana", value)


def basic(name: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()


@pytest.fixture
def world() -> World:
    world = World()
    world.add_user("anaruiz", email="ana@iestriana.example", password=PASSWORD)
    world.add_user("bruno", email="bruno@mail.example")
    world.add_user("carla", email="carla@mail.example")
    world.add_organization("iestriana", owner="anaruiz", seats=5)
    world.add_repository("iestriana", "lamp")
    world.push_tag("iestriana", "lamp", "latest", platforms=("linux/amd64", "linux/arm64"), attestations=True)
    world.add_repository("iestriana", "examen", is_private=True)
    world.push_tag("iestriana", "examen", "v1")
    world.add_organization_token(
        "iestriana", label="aulahub", scopes=ALL_SCOPES, created_by="anaruiz", value=TOKEN
    )
    return world


@pytest.fixture
def app(world: World) -> Flask:
    return make_app(world)


@pytest.fixture
def anybody(app: Flask) -> Asker:
    return Asker(app.test_client())


@pytest.fixture
def ana(app: Flask) -> Asker:
    """The owner, signed in with her password."""
    return sign_in(app.test_client(), "anaruiz", PASSWORD)


@pytest.fixture
def bruno(app: Flask, world: World) -> Asker:
    return sign_in(app.test_client(), "bruno", world.users["bruno"].password)


@pytest.fixture
def portal(app: Flask) -> Asker:
    """The portal, with a token of the organization that may do everything."""
    return sign_in(app.test_client(), "iestriana", TOKEN)


@pytest.fixture
def ana_with_personal_token(app: Flask, world: World) -> Asker:
    _, value = world.add_personal_token("anaruiz", label="laptop", scopes=["repo:admin"])
    return sign_in(app.test_client(), "anaruiz", value)
