"""Answers of Docker Hub that nobody has proved, each with the value that the evidence favours.

The portal has to live with every value listed. The number is that of the list in `docs/local-docker-hub.md`;
switches without one belong to undocumented routes or to answers that no source describes.
"""

from dataclasses import dataclass, fields
from typing import Any

CHOICES: dict[str, tuple[Any, ...]] = {
    "personal_token_manages_organization": (False, True),
    "stranger_to_team_status": (404, 400, 403),
    "last_owner_status": (400, 403),
    "owners_team_is_the_role": (True, False),
    "renamed_team_keeps_old_path": (False, True),
    "deleted_team_keeps_permissions": (False, True),
    "existing_repository_status": (400, 409),
    "bad_name_shape": ("fielderrors", "fields"),
    "hidden_repository_status": (404, 403),
    "slashless_get_redirects": (False, True),
    "cancel_accepted_invite_status": (404, 204),
    "resend_by_post": (False, True),
    "audit_newest_first": (True, False),
    "audit_delay_seconds": (2, 0, 60),
    "namespaces_permission_routes": (True, False),
    "legacy_permission_routes": ("organization token", "no organization token", "not here"),
    "namespaces_privacy_route": (True, False),
    "namespaces_delete_route": (True, False),
    "team_repositories_route": (True, False),
    "user_organizations_with_organization_token": (True, False),
    "existing_team_status": (400, 409),
    "already_in_team_status": (200, 400, 409),
    "assigning_again": ("overwrites", "400"),
    "pending_invite_again": ("row", "conflict"),
    "no_seats_left": ("conflict", "row"),
    "password_of_2fa_account_gets_token": (False, True),
    "team_members_as_bare_list": (False, True),
}


@dataclass
class Switches:
    personal_token_manages_organization: bool = False  # 5
    stranger_to_team_status: int = 404  # 30
    last_owner_status: int = 400  # 32
    owners_team_is_the_role: bool = True  # 33
    renamed_team_keeps_old_path: bool = False  # 34
    deleted_team_keeps_permissions: bool = False  # 35
    existing_repository_status: int = 400  # 36
    bad_name_shape: str = "fielderrors"  # 37
    hidden_repository_status: int = 404  # 39
    slashless_get_redirects: bool = False  # 40
    cancel_accepted_invite_status: int = 404  # 45
    resend_by_post: bool = False  # 45
    audit_newest_first: bool = True  # 49
    audit_delay_seconds: int = 2  # 49
    namespaces_permission_routes: bool = True
    legacy_permission_routes: str = "organization token"
    namespaces_privacy_route: bool = True
    namespaces_delete_route: bool = True
    team_repositories_route: bool = True
    user_organizations_with_organization_token: bool = True
    existing_team_status: int = 400
    already_in_team_status: int = 200
    assigning_again: str = "overwrites"
    pending_invite_again: str = "row"
    no_seats_left: str = "conflict"
    password_of_2fa_account_gets_token: bool = False
    team_members_as_bare_list: bool = False

    def turn(self, name: str, value: Any) -> None:
        """Set one switch; text will do for numbers and booleans. Raises ValueError for any other value."""
        known = {str(choice): choice for choice in CHOICES.get(name, ())}
        if str(value) not in known:
            raise ValueError(f"{name} cannot be {value}")
        setattr(self, name, known[str(value)])

    def as_dict(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}
