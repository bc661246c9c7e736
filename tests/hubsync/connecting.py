"""What the tests of the connecting page share: Ana at the page, with a token of exactly these permissions."""

from __future__ import annotations

from typing import Any

from django.test import Client

from classrooms.models import School, User
from hubsync.models import HubAccount
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sandbox.world import World

ALL_SCOPES = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)


class Page:
    """The connecting page of one school, as one person sees it."""

    def __init__(self, client: Client, person: User, school: School) -> None:
        client.force_login(person)
        self.client, self.base = client, f"/school/{school.pk}/hub/"

    def get(self, where: str = "", **headers: str) -> str:
        return self.client.get(self.base + where, headers=headers).content.decode()

    def post(self, where: str, **facts: Any) -> str:
        return self.client.post(self.base + where, facts, follow=True).content.decode()

    def choose(self, name: str, kind: str = "organization") -> str:
        return self.post("name/", name=name, kind=kind)

    def paste(self, token: str, **facts: Any) -> str:
        return self.post("token/", token=token, **facts)


def token_of(world: World, *scopes: str, organization: str = "iestriana") -> str:
    """A token of the organization; without scopes it has all that the portal asks for."""
    _, value = world.add_organization_token(
        organization, label="aulahub", scopes=scopes or ALL_SCOPES, created_by="anaruiz"
    )
    return value


def account() -> HubAccount:
    return HubAccount.objects.get()
