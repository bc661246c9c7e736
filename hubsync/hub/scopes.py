"""What the portal's access token must be allowed to do on Docker Hub, and what for. Pure.

Names as Docker's manual lists them (security/access-tokens/reference). A higher scope includes the lower
ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Area(StrEnum):
    """A part of Docker Hub that is seen, or not seen, as a whole."""

    ORGANIZATION = "organization"
    MEMBERS = "members"
    INVITES = "invites"
    TEAMS = "teams"
    REPOSITORIES = "repositories"
    PERMISSIONS = "permissions"
    TAGS = "tags"
    AUDIT_LOG = "audit_log"
    ACCESS_TOKENS = "access_tokens"
    IMAGES = "images"
    COLLABORATORS = "collaborators"


class Scope(StrEnum):
    MEMBER_READ = "scope-member-read"
    MEMBER_EDIT = "scope-member-edit"
    INVITE_READ = "scope-invite-read"
    INVITE_EDIT = "scope-invite-edit"
    GROUP_READ = "scope-group-read"
    GROUP_EDIT = "scope-group-edit"
    ACTIVITY_READ = "scope-activity-read"
    # Hub: creating needs this one of the organization; `scope-repository-admin` does not grant it.
    REPOSITORY_CREATE = "scope-repository-create"
    # Hub: without it the list is answered with 200 and holds the public repositories only.
    REPOSITORY_LIST = "scope-repository-list"
    REPOSITORY_READ = "scope-repository-read"
    REPOSITORY_EDIT = "scope-repository-edit"
    REPO_GROUP_READ = "scope-repo-group-read"
    REPO_GROUP_EDIT = "scope-repo-group-edit"
    REPO_GROUP_ADMIN = "scope-repo-group-admin"
    TAG_READ = "scope-tag-read"
    IMAGE_PULL = "scope-image-pull"
    # Not among the needed ones: the portal sets no immutable tags by itself.
    SETTINGS_ADMIN = "scope-repository-settings-admin"


AREA_OF = {
    Scope.MEMBER_READ: Area.MEMBERS,
    Scope.MEMBER_EDIT: Area.MEMBERS,
    Scope.INVITE_READ: Area.INVITES,
    Scope.INVITE_EDIT: Area.INVITES,
    Scope.GROUP_READ: Area.TEAMS,
    Scope.GROUP_EDIT: Area.TEAMS,
    Scope.ACTIVITY_READ: Area.AUDIT_LOG,
    Scope.REPOSITORY_CREATE: Area.REPOSITORIES,
    Scope.REPOSITORY_LIST: Area.REPOSITORIES,
    Scope.REPOSITORY_READ: Area.REPOSITORIES,
    Scope.REPOSITORY_EDIT: Area.REPOSITORIES,
    Scope.REPO_GROUP_READ: Area.PERMISSIONS,
    Scope.REPO_GROUP_EDIT: Area.PERMISSIONS,
    Scope.REPO_GROUP_ADMIN: Area.PERMISSIONS,
    Scope.TAG_READ: Area.TAGS,
    Scope.IMAGE_PULL: Area.IMAGES,
    Scope.SETTINGS_ADMIN: Area.REPOSITORIES,
}

# What to tick for the organization (TYPE_ORG), and what for its repositories (TYPE_REPO on "organization/*").
# There is no `scope-repository-admin`: the portal never deletes a repository.
ORGANIZATION_SCOPES = (
    Scope.MEMBER_EDIT,
    Scope.INVITE_EDIT,
    Scope.GROUP_EDIT,
    Scope.REPOSITORY_LIST,
    Scope.REPOSITORY_CREATE,
    Scope.ACTIVITY_READ,
)
REPOSITORY_SCOPES = (
    Scope.REPOSITORY_EDIT,
    Scope.REPO_GROUP_ADMIN,
    Scope.TAG_READ,
    Scope.IMAGE_PULL,
)
NEEDED_SCOPES = ORGANIZATION_SCOPES + REPOSITORY_SCOPES


@dataclass(frozen=True)
class ScopeFinding:
    """What a harmless request showed about one scope. `held` is None where nothing could be shown.

    `what_for` and `mend` are codes; `sentences_scopes` has the sentences.
    """

    scope: Scope
    held: bool | None
    what_for: str
    mend: str


def finding(scope: Scope, *, held: bool | None) -> ScopeFinding:
    """The finding with its codes: what the scope is needed for, and what to do about it."""
    mend = {True: "nothing", False: "add_scope", None: "cannot_tell"}[held]
    return ScopeFinding(scope, held, what_for=scope.name.lower(), mend=mend)
