"""What a look lacked to be proven, and how much of the permissions it read, as sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# The codes of `sync.unproven`.
MISSING: dict[str, Promise] = {
    "other_account": _(
        "The name %(account)s on Docker Hub now belongs to another account than the one that was connected."
    ),
    "not_there": _("Docker Hub knows nobody who is called %(account)s any more."),
    "rows": _("The list of %(list)s said that it has %(count)s rows, and %(rows)s came."),
    "doubled": _("A row stood twice in the list of %(list)s, so another one may be missing from it."),
    "no_owner": _("The list of members held no owner, and every organization has one."),
    "no_owners_team": _(
        "The team of the owners was not in the list of teams, and every organization has it."
    ),
    "private_missing": _(
        "The private repository %(repository)s is there but was not in the list: "
        "the access token may see only public repositories."
    ),
    "went_away": _("The repository %(repository)s went away while the portal looked."),
    "shrunk": _(
        "Of the list of %(list)s, %(rows)s of %(count)s rows are gone since the last look, although neither the portal "
        "nor the school took them away. The portal looks a second time before it does anything."
    ),
    "page": _("A page of one of the lists could not be read."),
}
LISTS: dict[str, Promise] = {
    "members": _("members"),
    "invitations": _("invitations"),
    "invites": _("invitations"),
    "permissions": _("permissions"),
    "collaborators": _("people who may push"),
    "teams": _("teams"),
    "repositories": _("repositories"),
}


def missing_sentence(proof: Mapping[str, Any]) -> str:
    """What was missing; "" where the look was proven."""
    missing = proof.get("missing")
    if not missing:
        return ""
    name = str(missing.get("list", ""))
    words = {**missing, "list": LISTS.get(name, name)}
    return str(MISSING.get(missing["code"], MISSING["page"])) % words


def permissions_sentence(proof: Mapping[str, Any]) -> str:
    """Of how many teams or repositories the permissions were read; "" where none had to be."""
    number = proof.get("permissions_read")
    if number is None:
        return ""
    if proof.get("permissions_by") == "team":
        sentence = ngettext(
            "The permissions of %(number)d team were read.",
            "The permissions of %(number)d teams were read.",
            number,
        )
    else:
        sentence = ngettext(
            "The permissions of %(number)d repository were read.",
            "The permissions of %(number)d repositories were read.",
            number,
        )
    return sentence % {"number": number}


def hidden_sentence(proof: Mapping[str, Any]) -> str:
    """What Docker Hub confirmed and did not show at this look; "" where it showed everything."""
    number = proof.get("hidden")
    if not number:
        return ""
    sentence = ngettext(
        "Docker Hub has confirmed %(number)d change and does not show it yet; the portal looks again in a moment.",
        "Docker Hub has confirmed %(number)d changes and does not show them yet; the portal looks again in a moment.",
        number,
    )
    return sentence % {"number": number}
