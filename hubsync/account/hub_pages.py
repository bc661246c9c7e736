"""Addresses of Docker Hub's own pages that a person is led to; the local Docker Hub has them filled in."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.conf import settings

from hubsync.hub.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.models import HubAccount

LABEL = "Aulahub"


def page_to_create(account: HubAccount) -> str:
    """Where a person makes the organization or the personal account."""
    if settings.HUB_IS_LOCAL:
        page = "orgs/create" if account.kind == HubAccount.Kind.ORGANIZATION else "signup"
        question = urlencode({"name": account.name, "full_name": account.school.name})
        return f"{settings.HUB_PAGES_URL}/{page}?{question}"
    # Hub: organizations are bought in Docker Home, behind the sign-in; no page takes the name in its address.
    page = "" if account.kind == HubAccount.Kind.ORGANIZATION else "signup"
    return f"{settings.HUB_PAGES_URL}/{page}"


def page_to_make_token(account: HubAccount) -> str:
    """Where a person makes the access token."""
    if account.kind == HubAccount.Kind.PERSONAL:
        page = "" if settings.HUB_IS_LOCAL else "settings/personal-access-tokens"
        return f"{settings.HUB_PAGES_URL}/{page}"
    if settings.HUB_IS_LOCAL:
        scopes = ",".join([*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES])
        question = urlencode({"label": LABEL, "scopes": scopes})
        return f"{settings.HUB_PAGES_URL}/orgs/{quote(account.name)}/access-tokens?{question}"
    return f"{settings.HUB_PAGES_URL}/"
