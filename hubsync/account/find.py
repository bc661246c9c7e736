"""Finds the account that a person at the command line means."""

from __future__ import annotations

from django.db.models import Q

from hubsync.models import HubAccount


class NoSuchAccount(Exception):
    """Carries a sentence for the person who typed it."""


def find_account(school: str) -> HubAccount:
    """The account of the school with this id or name, or with this name on Docker Hub. Raises NoSuchAccount."""
    by_name = Q(school__name__iexact=school) | Q(name=school.lower())
    wanted = Q(school_id=int(school)) if school.isascii() and school.isdigit() else by_name
    found = list(HubAccount.objects.select_related("school").filter(wanted)[:2])
    if not found:
        raise NoSuchAccount(f"No school with an account on Docker Hub is called {school}.")
    if len(found) > 1:
        raise NoSuchAccount(f"Several schools are called {school}: give the id of one of them.")
    return found[0]
