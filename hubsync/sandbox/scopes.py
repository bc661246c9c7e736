"""What a token of an organization may do. Pure.

Source: Docker's manual, "Access token reference": a higher scope of a ladder includes the lower ones.
"""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

LADDERS = (
    ("scope-image-pull", "scope-image-push", "scope-image-delete"),
    ("scope-repository-read", "scope-repository-edit", "scope-repository-admin"),
    ("scope-tag-read", "scope-tag-admin"),
    ("scope-webhook-read", "scope-webhook-edit", "scope-webhook-admin"),
    ("scope-repo-group-read", "scope-repo-group-edit", "scope-repo-group-admin"),
    ("scope-repository-settings-admin",),
    ("scope-member-read", "scope-member-edit"),
    ("scope-invite-read", "scope-invite-edit"),
    ("scope-group-read", "scope-group-edit"),
    ("scope-activity-read",),
    # Hub: creating and listing are scopes of the organization; scope-repository-admin does not include them.
    ("scope-repository-create",),
    ("scope-repository-list",),
)
SATISFIED_BY = {scope: frozenset(ladder[place:]) for ladder in LADDERS for place, scope in enumerate(ladder)}
REPOSITORY_SCOPES = tuple(scope for ladder in LADDERS[:6] for scope in ladder)
ORGANIZATION_SCOPES = tuple(scope for ladder in LADDERS[6:] for scope in ladder)

# What the portal asks for. It never deletes a repository or a tag.
PORTAL_SCOPES = (
    "scope-member-edit",
    "scope-invite-edit",
    "scope-group-edit",
    "scope-repository-list",
    "scope-repository-create",
    "scope-activity-read",
    "scope-repository-edit",
    "scope-repo-group-admin",
    "scope-tag-read",
    "scope-image-pull",
)

Resources = Iterable[dict[str, Any]]


def organization_covers(resources: Resources, organization: str, scope: str) -> bool:
    """Whether one of the resources of type TYPE_ORG gives the scope for this organization."""
    return any(
        one["type"] == "TYPE_ORG" and one["path"] == organization and _gives(one, scope) for one in resources
    )


def repository_covers(resources: Resources, path: str, scope: str, *, is_private: bool) -> bool:
    """Whether one of the resources of type TYPE_REPO gives the scope for "organization/name"."""
    return any(
        one["type"] == "TYPE_REPO" and _reaches(one["path"], path, is_private) and _gives(one, scope)
        for one in resources
    )


def sort_into_resources(organization: str, scopes: Iterable[str]) -> list[dict[str, Any]]:
    """The resources of a token from a list of scopes, those of repositories for all of the organization's."""
    wanted = set(scopes)
    rows = (
        {"type": "TYPE_ORG", "path": organization, "scopes": [s for s in ORGANIZATION_SCOPES if s in wanted]},
        {
            "type": "TYPE_REPO",
            "path": f"{organization}/*",
            "scopes": [s for s in REPOSITORY_SCOPES if s in wanted],
        },
    )
    return [row for row in rows if row["scopes"]]


def _gives(resource: dict[str, Any], scope: str) -> bool:
    return not SATISFIED_BY[scope].isdisjoint(resource["scopes"])


def _reaches(pattern: str, path: str, is_private: bool) -> bool:
    if pattern == "*/*/public":
        return not is_private
    return fnmatchcase(path, pattern)
