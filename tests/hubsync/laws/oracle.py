"""What the organization should look like, said a second time and more simply than the engine says it.

Reads the school's rows and the local Docker Hub, and nothing that the engine wrote but which objects are its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from classrooms.academic_years import academic_year_of
from classrooms.models import AssignedImage, ClassGroup, Enrolment, TeacherRole, Teaching
from hubsync.models import Hold, RemoteObject, RestoredRemoval
from hubsync.sandbox.records import Team
from tests.hubsync.laws.ground import Ground
from tests.hubsync.stage import ORGANIZATION


def what_is_wrong(ground: Ground) -> list[str]:
    """Everything that is not as the school wants it, and that neither a person nor a seat is the reason of."""
    return [*_wrong_teams(ground), *_wrong_people(ground), *_left_over(ground)]


def wanted_classes(ground: Ground) -> list[ClassGroup]:
    """Classes that need a team: their students are members, or they use a private image."""
    year = academic_year_of(ground.clock.now().date())
    rows = ClassGroup.objects.filter(
        school=ground.school, archived_at=None, academic_year__in=(year, year + 1)
    )
    return [one for one in rows if one.students_are_members or _images(ground, one, is_private=True)]


def told_classes(ground: Ground) -> list[ClassGroup]:
    """Those of which the portal can know: what another hand makes private is heard of at the next look."""
    used = AssignedImage.objects.current().filter(image__is_own=True, image__is_private=True)
    told = set(used.values_list("class_group_id", flat=True))
    return [one for one in wanted_classes(ground) if one.students_are_members or one.pk in told]


def wanted_people(ground: Ground, classes: list[ClassGroup] | None = None) -> set[str]:
    """Docker IDs of everybody who belongs into a team, of these classes or of all."""
    people = _staff(ground)
    for one in wanted_classes(ground) if classes is None else classes:
        people |= _people(ground, one)
    return people


def wants(ground: Ground, kind: str, facts: dict[str, Any]) -> bool:
    """Whether the school, as far as it was told, wants what this removal of a class's team, or of somebody, takes away."""
    who, classes = facts.get("docker_id", ""), told_classes(ground)
    if kind == "remove_member":
        return who in wanted_people(ground, classes)
    claims = {claim.name: claim.class_group_id for claim in ground.claims()}
    wanted = {one.pk: one for one in classes}
    class_group = wanted.get(claims.get(facts.get("team", "")) or 0)
    if class_group is None or kind not in ("delete_team", "remove_from_team"):
        return False
    return kind == "delete_team" or who in _people(ground, class_group)


def _wrong_teams(ground: Ground) -> Iterator[str]:
    for class_group in wanted_classes(ground):
        levels = dict.fromkeys(_images(ground, class_group, is_private=True), "read")
        yield from _wrong_team(ground, class_group, _people(ground, class_group), levels)
    if staff := _staff(ground):
        used = {
            name
            for one in ClassGroup.objects.filter(school=ground.school, archived_at=None)
            for name in _images(ground, one)
        }
        yield from _wrong_team(ground, None, staff, dict.fromkeys(used, "write"))


def _wrong_team(
    ground: Ground, class_group: ClassGroup | None, people: set[str], levels: dict[str, str]
) -> Iterator[str]:
    team = _team_of(ground, class_group)
    if team is None:
        if not _name_is_taken(ground) and not any(team and not more for team, more in held_facts(ground)):
            yield f"no team for {class_group or 'the staff'}"
        return
    members = ground.world.members[ORGANIZATION]
    seen = set(ground.world.team_members[team.id])
    owners = set(ground.world.owners[ORGANIZATION])
    held = held_facts(ground)
    if (team.name, "") in held:
        return
    missing, extra = (people & set(members)) - seen, seen - people - owners
    wrong = missing if _may_hold_more(ground, team) else missing | extra
    if wrong := {one for one in wrong if (team.name, one) not in held} - taken_back(ground):
        yield f"{team.name} has {seen} instead of {people}: {wrong}"
    yield from _wrong_levels(ground, team, levels, held)


def _wrong_levels(
    ground: Ground, team: Team, levels: dict[str, str], held: set[tuple[str, str]]
) -> Iterator[str]:
    world = ground.world
    there = {one.name for one in world.repositories[ORGANIZATION].values()}
    seen = {
        world.repository_by_id[one].name: world.permissions[one][team.id]
        for one in world.repository_ids_of_team[team.id]
    }
    wanted = {name: level for name, level in levels.items() if name in there}
    wrong = {name for name in seen.keys() | wanted.keys() if seen.get(name) != wanted.get(name)}
    if _may_hold_more(ground, team):
        wrong = {name for name in wrong if name in wanted and name not in seen}
    if wrong := {name for name in wrong if (team.name, name) not in held} - taken_back(ground):
        yield f"{team.name} has {seen} instead of {wanted}: {wrong}"


def _wrong_people(ground: Ground) -> Iterator[str]:
    """Everybody wanted is there, or invited, or was asked once and did not come, or there is no seat."""
    world = ground.world
    waiting = {ground.account_of(invitee) for invitee in world.pending_invites[ORGANIZATION]}
    there = set(world.members[ORGANIZATION]) | waiting
    missing = wanted_people(ground) - there - ground.gave_up
    if missing and world.seats_free(ORGANIZATION) > 0 and not _name_is_taken(ground):
        yield f"{missing} were never invited"


def _left_over(ground: Ground) -> Iterator[str]:
    """Teams of classes that need none, unless they were given to the portal or wait for a person."""
    if "" in taken_back(ground):
        return
    wanted = {one.pk for one in wanted_classes(ground)}
    held = {name for name, _ in held_facts(ground)}
    for claim in ground.claims():
        is_over = claim.class_group_id is not None and claim.class_group_id not in wanted
        spared = claim.adopted_by_id or claim.mode != RemoteObject.Mode.EXACT or claim.name in held
        if is_over and not spared and ground.find_team(claim.uuid):
            yield f"{claim.name} is still there"


def held_facts(ground: Ground) -> set[tuple[str, str]]:
    """(team, person or repository) of everything that waits for a person."""
    rows = [row for hold in Hold.objects.filter(closed_at=None) for row in hold.changes]
    facts = [row["facts"] for row in rows]
    return {
        (str(one.get("team", "")), str(one.get("docker_id") or one.get("repository") or "")) for one in facts
    }


def taken_back(ground: Ground) -> set[str]:
    """People and repositories that stay somewhere because a person brought them back; "" where a whole team does."""
    rows = RestoredRemoval.objects.filter(account=ground.account, ended_at=None)
    return {
        str(one.get("docker_id") or one.get("repository") or "")
        for one in rows.values_list("facts", flat=True)
    }


def _may_hold_more(ground: Ground, team: Team) -> bool:
    claim = next(one for one in ground.claims() if ground.find_team(one.uuid) is team)
    return claim.mode != RemoteObject.Mode.EXACT


def _name_is_taken(ground: Ground) -> bool:
    """Somebody made a team of a name that the portal needs: then it leaves that alone and says so."""
    names = {
        one.name for one in ground.world.teams[ORGANIZATION].values() if one.uuid in ground.teams_by_hand
    }
    return bool(names - {"proyectos"})


def _team_of(ground: Ground, class_group: ClassGroup | None) -> Team | None:
    claims = ground.claims()
    if class_group is None:
        claims = [
            one for one in claims if one.class_group_id is None and one.name == ground.account.staff_team
        ]
    else:
        claims = [one for one in claims if one.class_group_id == class_group.pk]
    return next((team for one in claims if (team := ground.find_team(one.uuid))), None)


def _staff(ground: Ground) -> set[str]:
    roles = TeacherRole.objects.current().filter(school=ground.school).exclude(role="read_only")
    return {name for role in roles if (name := _account_of(ground, role))}


def _account_of(ground: Ground, role: TeacherRole) -> str:
    return role.docker_id or (ground.account_of(role.invite_email) if role.invite_email else "")


def _people(ground: Ground, class_group: ClassGroup) -> set[str]:
    teachings = Teaching.objects.filter(class_group=class_group).select_related("teacher_role")
    people = {_account_of(ground, one.teacher_role) for one in teachings} - {""}
    if class_group.students_are_members:
        rows = Enrolment.objects.current().filter(class_group=class_group).exclude(student__docker_id="")
        people |= set(rows.values_list("student__docker_id", flat=True))
    return people


def _images(ground: Ground, class_group: ClassGroup, *, is_private: bool | None = None) -> set[str]:
    """Own repositories that the class uses, as private as Docker Hub says they are."""
    rows = AssignedImage.objects.current().filter(class_group=class_group, image__is_own=True)
    names = {one.rpartition("/")[2] for one in rows.values_list("image__repository", flat=True)}
    there = {one.name: one.is_private for one in ground.world.repositories[ORGANIZATION].values()}
    return {name for name in names if name in there and is_private in (None, there[name])}
