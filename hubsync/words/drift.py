"""What another hand changed on Docker Hub, and what became of it, as one sentence."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hubsync.models import Drift
from hubsync.words.changes import PERMISSIONS
from hubsync.words.who import WhoIsWho

DEEDS: dict[str, Promise] = {
    "team_deleted": gettext_lazy("%(actor)s deleted %(team)s"),
    "team_renamed": gettext_lazy("%(actor)s renamed %(was)s to %(name)s"),
    "team_described": gettext_lazy("%(actor)s changed the description of %(team)s"),
    "member_added": gettext_lazy("%(actor)s put %(person)s into %(team)s"),
    "member_removed": gettext_lazy("%(actor)s took %(person)s out of %(team)s"),
    "person_left": gettext_lazy("%(person)s is no longer in the organization (%(actor)s)"),
    "permission_given": gettext_lazy(
        "%(actor)s let %(team)s use the repository %(repository)s: %(permission)s"
    ),
    "permission_taken": gettext_lazy("%(actor)s took the repository %(repository)s away from %(team)s"),
    "permission_changed": gettext_lazy(
        "%(actor)s changed what %(team)s may do with the repository %(repository)s: %(permission)s"
    ),
}


def drift_sentence(row: Drift, who: WhoIsWho) -> str:
    """ "carla took Bruno Gil (bruno) out of the team of 1º SMR, 23 November 2026 18:03: put back." """
    facts = row.facts
    permission = str(facts.get("permission", ""))
    words = {
        "actor": who.person(row.actor) if row.actor else _("Somebody"),
        "person": who.person(facts.get("docker_id", "")),
        "team": who.team(facts.get("team", "")),
        "name": facts.get("team", ""),
        "was": facts.get("was", ""),
        "repository": facts.get("repository", ""),
        "permission": PERMISSIONS.get(permission, permission),
    }
    deed = str(DEEDS[row.kind]) % words if row.kind in DEEDS else row.kind
    when = date_format(localtime(row.happened_at or row.seen_at), "SHORT_DATETIME_FORMAT")
    outcome = row.get_outcome_display() if row.outcome else _("not decided yet")
    return _("%(deed)s, %(when)s: %(outcome)s.") % {"deed": deed, "when": when, "outcome": outcome}
