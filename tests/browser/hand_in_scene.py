"""Omar at work: what the stories of handing in begin with, and what people do on their pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from classrooms.models import ClassPractice, Student, User
from hubsync.sandbox.world import World
from tests.classrooms.hand_ins.given import give
from tests.factories import make_student, make_user
from tests.hubsync.stage import Stage

BOTH = ("linux/amd64", "linux/arm64")


@pytest.fixture(autouse=True)
def may_be_called_by_playwright(
    monkeypatch: pytest.MonkeyPatch, transactional_db: None, settings: Any
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def given(stage: Stage) -> ClassPractice:
    return give(stage.smr)


@pytest.fixture
def omar(stage: Stage) -> Student:
    return someone(stage, "Omar", "omar1")


def someone(stage: Stage, name: str, docker_id: str) -> Student:
    """With an account here and on Docker Hub, and a repository there."""
    student = make_student(stage.smr, name, docker_id=docker_id)
    student.user = make_user(name)
    student.save()
    stage.world.add_user(docker_id)
    stage.world.add_repository(docker_id, "web", is_private=False, actor=docker_id)
    return student


def push(world: World, tag: str = "v1", **facts: Any) -> None:
    push_as(world, "omar1", tag, **facts)


def push_as(world: World, docker_id: str, tag: str = "v1", **facts: Any) -> None:
    facts = {"platforms": BOTH, "pushed_by": docker_id, "config": {"ExposedPorts": {"80/tcp": {}}}, **facts}
    world.push_tag(docker_id, "web", tag, **facts)


@pytest.fixture
def opens(browser: Browser, live_server: Any) -> Iterator[Any]:
    """A person's own browser, signed in, at an address."""
    contexts = []

    def open_as(user: User | None, address: str) -> Page:
        assert user is not None
        client = Client()
        client.force_login(user)
        context = browser.new_context(locale="en-GB", accept_downloads=True)
        contexts.append(context)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(live_server.url + address)
        return page

    yield open_as
    for context in contexts:
        context.close()


def look(page: Page, reference: str = "omar1/web:v1") -> None:
    page.get_by_label("Which image do you hand in?").fill(reference)
    page.get_by_role("button", name="Look at it first").click()


def hand_in(page: Page, reference: str = "omar1/web:v1") -> None:
    look(page, reference)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("heading", level=1, name="Receipt")).to_be_visible()


def teacher_of(stage: Stage) -> User:
    return stage.school.teacher_roles.get().user
