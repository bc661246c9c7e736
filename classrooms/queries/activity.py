"""The register of activity in words."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.models import AuditEntry, School


def activity_page(school: School) -> QuerySet[AuditEntry]:
    """All entries, the newest first, with who did it."""
    return school.audit_entries.select_related("actor")


def sentence(entry: AuditEntry) -> str:
    """What was done, without who did it; the stable verb itself where no sentence is known."""
    facts = _Facts({**entry.facts, "about": entry.about})
    say = _SENTENCES.get(entry.verb)
    return say(facts) if say else f"{entry.verb} {entry.about}"


class _Facts(dict[str, Any]):
    """An entry of an older version may lack a fact: its sentence still stands."""

    def __missing__(self, key: str) -> str:
        return "–"


def _number(fact: object) -> int:
    """For the plural; a fact that an older entry lacks counts as many."""
    return fact if isinstance(fact, int) else 2


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "–"


_SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "school.created": lambda f: _("created the school %(about)s") % f,
    "staff.invited": lambda f: _("invited %(about)s to the staff") % f,
    "staff.invite_cancelled": lambda f: _("took back the invitation of %(about)s") % f,
    "staff.joined": lambda f: _("joined the staff") % f,
    "staff.changed": lambda f: _("changed the role or the dates of %(about)s") % f,
    "staff.removed": lambda f: _("ended the access of %(about)s") % f,
    "class.created": lambda f: _("created the class %(about)s") % f,
    "class.renamed": lambda f: _("renamed a class to %(about)s") % f,
    "class.teachers": lambda f: (
        _("set the teachers of %(about)s: %(names)s") % {**f, "names": _listed(f.get("who", []))}
    ),
    "class.members_choice": lambda f: (
        _("made the students of %(about)s members of the organization") % f
        if f.get("students_are_members")
        else _("decided that the students of %(about)s are not members of the organization") % f
    ),
    "class.public_page": lambda f: (
        _("opened the public page of %(about)s") % f
        if f.get("has_public_page")
        else _("closed the public page of %(about)s") % f
    ),
    "class.archived": lambda f: _("archived the class %(about)s") % f,
    "class.unarchived": lambda f: _("took the class %(about)s out of the archive") % f,
    "student.enrolled": lambda f: _("enrolled %(about)s in %(class)s") % f,
    "student.withdrawn": lambda f: _("withdrew %(about)s from %(class)s") % f,
    "student.changed": lambda f: _("changed the names of %(about)s") % f,
    "student.docker_id": lambda f: _("changed the Docker ID of %(about)s") % f,
    "student.account_opened": lambda f: _("opened the account of %(about)s") % f,
    "student.code_created": lambda f: _("created an access code for %(about)s") % f,
    "student.password_set": lambda f: _("set a new password with an access code") % f,
    "codes.created": lambda f: (
        ngettext(
            "created %(students)s access code for %(about)s",
            "created %(students)s access codes for %(about)s",
            _number(f["students"]),
        )
        % f
    ),
    # Two numbers in one sentence: no language's plural fits both, so they stand as in a list.
    "roster.imported": lambda f: _("brought in the class list %(about)s (new: %(new)s, left: %(left)s)") % f,
    "roster.dropped": lambda f: _("dropped the class list %(about)s") % f,
    "image.wanted": lambda f: _("asked for the repository %(about)s") % f,
    "image.assigned": lambda f: _("assigned %(image)s to %(about)s") % f,
    "image.assignment_changed": lambda f: _("changed what is said of %(image)s in %(about)s") % f,
    "image.withdrawn": lambda f: _("withdrew %(image)s from %(about)s") % f,
    # Others register what they do as well; their words stand here because the register is read here.
    "hub.name_chosen": lambda f: _("chose the account %(about)s on Docker Hub") % f,
    "hub.connected": lambda f: _("connected %(about)s on Docker Hub") % f,
    "hub.token_replaced": lambda f: _("replaced the access token of %(about)s") % f,
    "hub.seats_set": lambda f: _("set the seats of %(about)s: %(seats)s") % f,
    "hub.teachers_push": lambda f: (
        _("let the teachers push to %(about)s") % f
        if f.get("teachers_push")
        else _("decided that the teachers no longer push to %(about)s") % f
    ),
    "hub.moved": lambda f: _("changed from %(was)s to the organization %(about)s") % f,
    "image.moved": lambda f: _("let classes use %(about)s in place of %(was)s") % f,
    "hub.plan_allowed": lambda f: (
        ngettext(
            "let the first plan for %(about)s happen: %(changes)s change",
            "let the first plan for %(about)s happen: %(changes)s changes",
            _number(f["changes"]),
        )
        % f
    ),
    "hub.removals_approved": lambda f: _("allowed the removals on %(about)s that were held back") % f,
    "hub.team_adopted": lambda f: _("made the team %(about)s on Docker Hub the portal’s") % f,
    "hub.team_released": lambda f: _("left the team %(about)s on Docker Hub to itself") % f,
}
