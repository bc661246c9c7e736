"""A school's year in scenes: what was so before, and what people of the school or on Docker Hub then do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hubsync.account.adoption import adopt_team
from hubsync.models import RemoteObject
from tests.hubsync.laws import school_edits as edits
from tests.hubsync.laws.ground import INVITED_BY_HAND, STUDENTS, Ground
from tests.hubsync.stage import ORGANIZATION

Scene = Callable[[Ground], None]


@dataclass(frozen=True)
class Scenario:
    """`before` makes what was so, and is settled; `then` is what the engine has to carry out, whatever goes wrong."""

    name: str
    then: Scene
    before: Scene = lambda ground: None
    is_first: bool = False
    # Whether an e-mail went out again is not to be seen, so that after a crash it is rather not sent.
    may_mail_less: bool = False


def set_scene(ground: Ground, scenario: Scenario) -> None:
    """All that was so before is settled, and now something is to be done."""
    scenario.before(ground)
    if not scenario.is_first:
        ground.settle()
    scenario.then(ground)


def accept_all(ground: Ground) -> None:
    """Everybody whom the portal invited accepts."""
    for invite in list(ground.world.pending_invites[ORGANIZATION].values()):
        if invite.invitee != INVITED_BY_HAND:
            ground.world.accept_invite(invite.id)


def class_of(*docker_ids: str) -> Scene:
    """The settled class 1º SMR with these students, all of them members."""

    def before(ground: Ground) -> None:
        for docker_id in docker_ids:
            edits.enrol(ground, docker_id, ground.smr)
        ground.settle()
        accept_all(ground)

    return before


def new_class(ground: Ground) -> None:
    made = edits.make_class(ground, "2º ASIR")
    for docker_id in ("hugo", "irene"):
        edits.enrol(ground, docker_id, made)
    edits.let_teach(ground, "marta", made, docker_id="marta")
    edits.assign(ground, "redes", made)


def mover(ground: Ground) -> None:
    edits.withdraw(ground, "bruno", ground.smr)
    edits.enrol(ground, "bruno", edits.make_class(ground, "2º ASIR"))


def substitute_before(ground: Ground) -> None:
    edits.let_teach(ground, "marta", ground.smr, docker_id="marta")
    class_of("bruno")(ground)


def substitute(ground: Ground) -> None:
    edits.end_teaching(ground, "marta")
    edits.let_teach(ground, "pablo", ground.smr, docker_id="pablo")


def image_becomes_private(ground: Ground) -> None:
    edits.turn_private(ground, "lamp", is_private=True)


def image_changes(ground: Ground) -> None:
    edits.unassign(ground, "examen", ground.smr)
    edits.assign(ground, "redes", ground.smr)


def mistaken_list(ground: Ground) -> None:
    """Most of the class is gone and nobody said so on a page: it is held, and then approved all the same."""
    edits.lose(ground, STUDENTS[:6], ground.smr)
    ground.run()
    edits.approve_holds(ground)


def become_members_before(ground: Ground) -> None:
    edits.set_members(ground, ground.smr, students_are_members=False)
    for docker_id in ("hugo", "irene"):
        edits.enrol(ground, docker_id, ground.smr)


def become_members(ground: Ground) -> None:
    edits.set_members(ground, ground.smr, students_are_members=True)


def rename(ground: Ground) -> None:
    edits.rename(ground, ground.smr, "1º SMR tarde")


def close_year_before(ground: Ground) -> None:
    new_class(ground)
    class_of("bruno")(ground)


def close_year(ground: Ground) -> None:
    for class_group in list(ground.school.class_groups.all()):
        edits.archive(ground, class_group)
    names = [one.name for one in ground.claims() if one.class_group_id]
    edits.announce(ground, [{"kind": "delete_team", "facts": {"team": name}} for name in names])


def leaver_before(ground: Ground) -> None:
    """Bruno's last team is gone; for a day he stays a member."""
    class_of("bruno", "hugo")(ground)
    ground.settle()
    edits.withdraw(ground, "bruno", ground.smr)


def a_day_later(ground: Ground) -> None:
    ground.wait(hours=25)


def adopt_before(ground: Ground) -> None:
    team = ground.world.add_team(ORGANIZATION, "smr-antiguo", description="by hand")
    ground.world.take_seat(ORGANIZATION, "hugo", "member")
    ground.world.add_to_team(team, "hugo")


def adopt(ground: Ground) -> None:
    made = edits.make_class(ground, "2º ASIR")
    edits.enrol(ground, "bruno", made)
    edits.assign(ground, "examen", made)
    mode = RemoteObject.Mode.EXACT
    adopt_team(account=ground.account, name="smr-antiguo", mode=mode, class_group=made, by=ground.ana)


def undo_by_hand(ground: Ground) -> None:
    """On Docker Hub somebody deletes one team of ours and renames the other."""
    ground.world.delete_team(ground.team("docentes"))
    ground.world.rename_team(ground.team(ground.claimed(ground.smr)), "smr-a-mano")
    ground.wish()


def want_repository(ground: Ground) -> None:
    edits.want(ground, "nginx")


def nobody_answers(ground: Ground) -> None:
    ground.wait(days=14, minutes=1)


def leaves_before_accepting(ground: Ground) -> None:
    edits.withdraw(ground, "bruno", ground.smr)


def seats_before(ground: Ground) -> None:
    class_of("bruno")(ground)
    ground.settle()
    edits.withdraw(ground, "bruno", ground.smr)
    edits.set_seats(ground, len(ground.world.members[ORGANIZATION]) + 1)


def seats_are_short(ground: Ground) -> None:
    """The last seat is Bruno's, who is to leave; Hugo is to come."""
    edits.enrol(ground, "hugo", ground.smr)
    ground.wait(hours=25)


YEAR = (
    Scenario("september", lambda ground: None, is_first=True),
    Scenario("new class", new_class),
    Scenario("mover", mover, class_of("bruno")),
    Scenario("substitute", substitute, substitute_before),
    Scenario("image becomes private", image_becomes_private),
    Scenario("another image", image_changes),
    Scenario("mistaken list", mistaken_list, class_of(*STUDENTS[:7])),
    Scenario("students become members", become_members, become_members_before),
    Scenario("class renamed", rename),
    Scenario("year closes", close_year, close_year_before),
    Scenario("leaver", a_day_later, leaver_before),
    Scenario("adoption", adopt, adopt_before),
    Scenario("undone by hand", undo_by_hand),
    Scenario("new repository", want_repository),
    Scenario("nobody answers", nobody_answers, may_mail_less=True),
    Scenario("leaves before accepting", leaves_before_accepting),
    Scenario("seats are short", seats_are_short, seats_before),
)
