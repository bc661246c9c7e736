"""The register of activity in words."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.identity import plain_letters
from classrooms.models import AuditEntry, School

# The first word of a verb, for those who look for one kind of thing.
KINDS: dict[str, tuple[str, ...]] = {
    "seen": (),
    "people": ("student", "codes", "slips", "join", "sub_group"),
    "lists": ("roster", "staff_list", "class_list"),
    "classes": ("class", "class_group", "year"),
    "images": ("image", "practice", "work", "question"),
    "staff": ("staff",),
    "hub": ("hub",),
    "school": ("school", "retention", "register"),
}


def activity_page(
    school: School, *, person: str = "", kind: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """Entries, the newest first, with who did it. `person` is part of the name of who did it or whom it is about.

    `kind` is one of KINDS; `since` and `until` are days, both included.
    """
    entries = school.audit_entries.select_related("actor")
    if person:
        entries = entries.filter(_of_person(person))
    if kind == "seen":
        entries = entries.filter(verb__endswith=".seen")
    elif kind in KINDS:
        begins = [Q(verb__startswith=f"{word}.") for word in KINDS[kind]]
        entries = entries.filter(reduce(or_, begins))
    if since:
        entries = entries.filter(at__date__gte=since)
    if until:
        entries = entries.filter(at__date__lte=until)
    return entries


def _of_person(words: str) -> Q:
    """Every word is in the name of who did it, or in what it is about; accents of students make no difference."""
    found = Q()
    for word in words.split():
        plain = plain_letters(word)
        of_student = Q(student__sort_name__icontains=plain) if plain else Q()
        actor = Q(actor__first_name__icontains=word) | Q(actor__last_name__icontains=word)
        account = Q(actor__email__icontains=word) | Q(actor__username__icontains=word)
        found &= Q(about__icontains=word) | actor | account | of_student
    return found


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
    "school.renamed": lambda f: _("changed the school’s name or code: %(about)s, before %(was)s") % f,
    "staff.invited": lambda f: _("invited %(about)s to the staff") % f,
    "staff.invite_cancelled": lambda f: _("took back the invitation of %(about)s") % f,
    "staff.joined": lambda f: _("joined the staff") % f,
    "staff.changed": lambda f: _("changed the role or the dates of %(about)s") % f,
    "staff.substitutes": lambda f: _("let %(substitute)s take over the classes of %(about)s") % f,
    "staff.list": lambda f: (
        _("brought in the staff list (invited: %(invited)s, last day set: %(ended)s)") % f
    ),
    "school.handed_over": lambda f: _("handed the school over to %(about)s") % f,
    "school.sign_in_rules": lambda f: _("changed how the people of the school sign in") % f,
    "school.sign_in": lambda f: _("changed the sign-in with the accounts of the school") % f,
    "join_code.opened": lambda f: _("made a code for %(about)s (role: %(role)s)") % f,
    "join_code.closed": lambda f: _("switched the code of %(about)s off (role: %(role)s)") % f,
    "student.let_in": lambda f: _("let %(about)s in, who had typed “%(typed)s”") % f,
    "student.turned_away": lambda f: _("turned somebody away at the door of %(about)s") % f,
    "student.signed_out": lambda f: _("signed %(about)s out on every computer") % f,
    "staff.tutors": lambda f: (
        _("made tutors of the list of classes teachers of their classes: %(tutors)s") % f
    ),
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
    "class.pull_access_set": lambda f: _("gave the students of %(about)s a token that can only pull") % f,
    "class.pull_access_ended": lambda f: _("ended the token of the students of %(about)s") % f,
    "class.machines": lambda f: _("said which computers %(about)s uses") % f,
    "image.all_checked": lambda f: (
        ngettext(
            "had the images of %(count)s practice or class checked",
            "had the images of all %(count)s practices and classes checked",
            _number(f["count"]),
        )
        % f
    ),
    "image.change_wished": lambda f: _("asked Docker Hub to change %(about)s") % f,
    "class.archived": lambda f: _("archived the class %(about)s") % f,
    "class.unarchived": lambda f: _("took the class %(about)s out of the archive") % f,
    "student.enrolled": lambda f: _("enrolled %(about)s in %(class)s") % f,
    "student.withdrawn": lambda f: _("withdrew %(about)s from %(class)s") % f,
    "student.changed": lambda f: _("changed the names of %(about)s") % f,
    "student.docker_id": lambda f: _("changed the Docker ID of %(about)s") % f,
    "student.docker_id_proven": lambda f: (
        _("found proven that %(docker_id)s on Docker Hub is %(about)s: an image was pushed") % f
        if f.get("proof") == "push"
        else _("found proven that %(docker_id)s on Docker Hub is %(about)s: the invitation was accepted") % f
    ),
    "student.account_opened": lambda f: _("opened the account of %(about)s") % f,
    "student.code_created": lambda f: _("created an access code for %(about)s") % f,
    "student.reset_code": lambda f: _("created a code that sets a new password for %(about)s") % f,
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
    "roster.words_changed": lambda f: _("changed what states of an enrolment mean in class lists") % f,
    "roster.class_name_forgotten": lambda f: _("forgot which class a list means: %(about)s") % f,
    "roster.columns_forgotten": lambda f: _("forgot what columns of a table mean: %(about)s") % f,
    "image.wanted": lambda f: _("asked for the repository %(about)s") % f,
    "image.assigned": lambda f: _("assigned %(image)s to %(about)s") % f,
    "image.assignment_changed": lambda f: _("changed what is said of %(image)s in %(about)s") % f,
    "image.withdrawn": lambda f: _("withdrew %(image)s from %(about)s") % f,
    "class_group.deleted": lambda f: _("deleted the class %(about)s") % f,
    "class_group.restored": lambda f: _("brought the class %(about)s back from the trash") % f,
    "class_group.purged": lambda f: _("purged the class %(about)s after thirty days") % f,
    "class.hub_off": lambda f: (
        _("switched Docker Hub off for %(about)s") % f
        if f.get("hub_is_off")
        else _("allowed Docker Hub for %(about)s") % f
    ),
    "student.moved": lambda f: _("moved %(about)s from %(from)s to %(to)s") % f,
    "student.deleted": lambda f: _("deleted the student %(about)s") % f,
    "student.restored": lambda f: _("brought the student %(about)s back from the trash") % f,
    "student.purged": lambda f: _("erased a deleted student after thirty days") % f,
    "student.erased": lambda f: _("erased a student") % f,
    "student.exported": lambda f: _("exported all data of %(about)s") % f,
    "class_list.exported": lambda f: _("took the class list of %(about)s along") % f,
    "class_list.seen": lambda f: _("looked at the class list of %(about)s for printing") % f,
    "student.seen": lambda f: _("looked at the data of %(about)s") % f,
    "student.consent": lambda f: _("recorded age or consent of %(about)s") % f,
    "slips.seen": lambda f: _("looked at the access codes of %(about)s") % f,
    "register.seen": lambda f: _("looked at the register of activity") % f,
    "register.exported": lambda f: _("exported the register of activity") % f,
    "sub_group.created": lambda f: _("made the sub-group %(about)s in %(class)s") % f,
    "sub_group.changed": lambda f: _("changed the sub-group %(about)s in %(class)s") % f,
    "sub_group.deleted": lambda f: _("took the sub-group %(about)s of %(class)s apart") % f,
    "image.deleted": lambda f: _("took %(about)s out of the list of images") % f,
    "image.restored": lambda f: _("brought the image %(about)s back from the trash") % f,
    "image.purged": lambda f: _("purged the image %(about)s after thirty days") % f,
    "school.deleted": lambda f: _("deleted the school %(about)s") % f,
    "school.restored": lambda f: _("brought the school %(about)s back from the trash") % f,
    "school.asks_consent": lambda f: (
        _("decided that a Docker ID needs age or consent") % f
        if f.get("asks_consent")
        else _("decided that a Docker ID needs no record of age or consent") % f
    ),
    "school.looks_in_layers": lambda f: (
        _("let handed-in images be looked into for keys and passwords")
        if f.get("looks_in_layers")
        else _("decided that handed-in images are no longer looked into")
    ),
    "school.retention": lambda f: _("changed how long things are kept") % f,
    "retention.warned": lambda f: _("warned the owners of what will go by itself: %(count)s") % f,
    "retention.years": lambda f: _("deleted classes of years long ago: %(count)s") % f,
    "retention.students": lambda f: _("erased students who left long ago: %(count)s") % f,
    "practice.written": lambda f: _("wrote the practice %(about)s") % f,
    "practice.changed": lambda f: _("changed the practice %(about)s") % f,
    "practice.published": lambda f: _("published the practice %(about)s") % f,
    "practice.hidden": lambda f: _("put the practice %(about)s back into the drafts") % f,
    "practice.copied": lambda f: _("copied the practice %(about)s") % f,
    "practice.given": lambda f: _("gave %(about)s the practice %(practice)s") % f,
    "practice.frozen": lambda f: _("froze the images of the practice %(about)s") % f,
    "practice.follows_tags": lambda f: _("let the images of the practice %(about)s follow their tags") % f,
    "practice.version_given": lambda f: _("gave %(about)s another version of %(image)s in %(practice)s") % f,
    "practice.deleted": lambda f: _("deleted the practice %(about)s") % f,
    "practice.restored": lambda f: _("brought the practice %(about)s back from the trash") % f,
    "practice.purged": lambda f: _("purged the practice %(about)s after thirty days") % f,
    "practice.archived": lambda f: _("put the practice %(about)s into the archive") % f,
    "practice.unarchived": lambda f: _("took the practice %(about)s out of the archive") % f,
    "practice.dates_changed": lambda f: _("changed the dates of %(practice)s in %(about)s") % f,
    "practice.extended": lambda f: _("gave %(about)s more time for a practice") % f,
    "practice.withdrawn": lambda f: _("withdrew the practice %(practice)s from %(about)s") % f,
    "work.exported": lambda f: _("took along the marks of %(about)s for %(practice)s") % f,
    "work.all_exported": lambda f: _("took along the marks of %(about)s for all practices") % f,
    "work.marked": lambda f: _("marked %(practice)s of %(about)s") % f,
    "work.published": lambda f: _("showed the students of %(about)s their marks of %(practice)s") % f,
    "work.handed_in": lambda f: _("handed in %(practice)s (attempt %(attempt)s)") % f,
    "question.asked": lambda f: _("asked the teachers of %(about)s because something did not work") % f,
    "question.answered": lambda f: _("answered a question of %(about)s") % f,
    # Numbers in one sentence: no language's plural fits all, so they stand as in a list.
    "year.begun": lambda f: (
        _(
            "began a new year, %(about)s (archived: %(archived)s, copied: %(copied)s, leaving Docker Hub: %(leavers)s)"
        )
        % f
    ),
    "year.undone": lambda f: _("took back the new year %(about)s") % f,
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
    "hub.remaking_approved": lambda f: _("let what was gone from %(about)s be made again") % f,
    "hub.remaking_refused": lambda f: _("left gone what somebody had taken away from %(about)s") % f,
    "hub.removals_refused": lambda f: _("left as they are the removals on %(about)s that were held back") % f,
    "hub.removals_undone": lambda f: (
        ngettext(
            "brought back %(number)s thing that was removed on %(about)s",
            "brought back %(number)s things that were removed on %(about)s",
            _number(f["number"]),
        )
        % f
    ),
    "hub.removal_let_go": lambda f: _("let the portal decide again about something on %(about)s") % f,
    "hub.team_adopted": lambda f: _("made the team %(about)s on Docker Hub the portal’s") % f,
    "hub.invited_again": lambda f: _("invited %(about)s to Docker Hub once more") % f,
    "hub.person_renamed": lambda f: _("followed %(was)s to the new Docker ID %(about)s") % f,
    "hub.person_assumed": lambda f: _("took %(docker_id)s on Docker Hub for %(about)s") % f,
    "hub.adopted": lambda f: _("made %(about)s on Docker Hub the portal’s") % f,
    "hub.released": lambda f: _("left %(about)s on Docker Hub to itself") % f,
    "hub.mode_set": lambda f: _("chose how far the portal goes with the team %(about)s") % f,
    "hub.team_released": lambda f: _("left the team %(about)s on Docker Hub to itself") % f,
}
