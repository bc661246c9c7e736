"""Sets the switches from the raw answers that a probe of a real organization wrote (`manage.py hub_doctor --probe`).

An answer that no switch can say leaves its switch as it was: it is told, so that somebody can widen the choice.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .switches import Switches

Row = dict[str, Any]
# None: the answer says nothing about the switch.
Reader = Callable[[Row], Any]
NOT_HERE = (404, 405)


def _is_answer(row: Row) -> bool:
    """Hub: a 403 that is not JSON is the firewall's; a limiter and a failing server say nothing either."""
    is_hubs = row["status"] != 403 or isinstance(row["answer"], dict)
    return is_hubs and row["status"] != 429 and 0 < row["status"] < 500


def _status(row: Row) -> Any:
    return 200 if row["status"] < 300 else _refused(row)


def _is_here(row: Row) -> bool | None:
    if row["status"] < 300:
        return True
    return False if row["status"] in NOT_HERE else None


def _allowed(row: Row) -> bool | None:
    if row["status"] < 300:
        return True
    return False if row["status"] in (401, 403) else None


def _refused(row: Row) -> int | None:
    return row["status"] if row["status"] >= 400 else None


def _legacy(row: Row) -> str | None:
    if row["status"] < 300:
        return "organization token"
    return {403: "no organization token", 404: "not here", 405: "not here"}.get(row["status"])


def _bad_name(row: Row) -> str | None:
    said = row["answer"] if isinstance(row["answer"], dict) else {}
    if row["status"] != 400 or not said:
        return None
    return "fielderrors" if "errinfo" in said or "message" in said else "fields"


def _newest_first(row: Row) -> bool | None:
    logs = row["answer"].get("logs") if isinstance(row["answer"], dict) else None
    times = [one["timestamp"] for one in logs or () if isinstance(one, dict) and "timestamp" in one]
    return times[0] > times[-1] if times and times[0] != times[-1] else None


# The label of a question, and the switch that its answer decides.
DECIDES: dict[str, tuple[str, Reader]] = {
    "members as a person": ("personal_token_manages_organization", _allowed),
    "sign in with a password": ("password_of_2fa_account_gets_token", _allowed),
    "my organizations": ("user_organizations_with_organization_token", _allowed),
    "members of a team": (
        "team_members_as_bare_list",
        lambda row: isinstance(row["answer"], list) if row["status"] == 200 else None,
    ),
    "older route without a slash": (
        "slashless_get_redirects",
        lambda row: row["status"] in (301, 302, 307, 308),
    ),
    "resend by POST": (
        "resend_by_post",
        lambda row: row["status"] == 204 if row["status"] in (204, *NOT_HERE) else None,
    ),
    "audit log": ("audit_newest_first", _newest_first),
    "create an existing team": ("existing_team_status", _refused),
    "add a member who is in the team": ("already_in_team_status", _status),
    "read a renamed team by its old name": (
        "renamed_team_keeps_old_path",
        lambda row: row["status"] == 200 if row["status"] in (200, 404) else None,
    ),
    "repositories of a team": ("team_repositories_route", _is_here),
    "create an existing repository": ("existing_repository_status", _refused),
    "create a repository with a bad name": ("bad_name_shape", _bad_name),
    "read a hidden repository": ("hidden_repository_status", _refused),
    "assign a permission again": (
        "assigning_again",
        lambda row: "overwrites" if row["status"] < 300 else "400" if row["status"] == 400 else None,
    ),
    "permissions on the newer route": ("namespaces_permission_routes", _is_here),
    "permissions on the older route": ("legacy_permission_routes", _legacy),
    "permission of a deleted team": (
        "deleted_team_keeps_permissions",
        lambda row: row["status"] == 200 if row["status"] in (200, 404) else None,
    ),
    "change privacy on the newer route": ("namespaces_privacy_route", _is_here),
    "delete a repository on the newer route": ("namespaces_delete_route", _is_here),
    "demote the last owner": ("last_owner_status", _refused),
    "invite somebody who is invited": (
        "pending_invite_again",
        lambda row: {202: "row", 409: "conflict"}.get(row["status"]),
    ),
}


def read_truth(folder: Path, switches: Switches) -> tuple[dict[str, Any], list[str]]:
    """Turn the switches; (what was set, what was answered that no switch can say).

    Raises OSError or ValueError where the folder holds no such answers.
    """
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    if not rows:
        raise ValueError(f"{folder} holds no answers of a probe")
    found: dict[str, Any] = {}
    odd: list[str] = []
    for row in rows:
        decides = DECIDES.get(row.get("label", "")) if isinstance(row, dict) else None
        if decides is None or not _is_answer(row):
            continue
        name, reader = decides
        value = reader(row)
        if value is None:
            continue
        try:
            switches.turn(name, value)
            found[name] = value
        except ValueError as problem:
            odd.append(str(problem))
    return found, odd
