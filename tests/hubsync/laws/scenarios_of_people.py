"""More scenes of a school's year: who somebody is on Docker Hub, who is asked again, and by which token."""

from __future__ import annotations

from hubsync.account.inviting import invite_again
from hubsync.credentials import keep_credential
from hubsync.models import HubPerson, SyncRun
from hubsync.sandbox.scopes import ORGANIZATION_SCOPES, REPOSITORY_SCOPES
from hubsync.sync.restored import take_back, what_can_come_back
from tests.hubsync.laws import school_edits as edits
from tests.hubsync.laws.ground import Ground
from tests.hubsync.laws.other_names import rename_account
from tests.hubsync.laws.scenarios import Scenario, accept_all, class_of, mover, new_class
from tests.hubsync.stage import ORGANIZATION


def invited_by_mail(ground: Ground) -> None:
    edits.let_teach(ground, "marta", ground.smr, by_mail=True)
    class_of("bruno")(ground)


def accepts_by_mail(ground: Ground) -> None:
    """Marta was invited into her class's team; into the staff's she is put. Pablo's e-mail is still to leave."""
    edits.set_members(ground, ground.smr, students_are_members=True)
    edits.let_teach(ground, "pablo", ground.smr, by_mail=True)
    edits.let_teach(ground, "marta", edits.make_class(ground, "2º ASIR"), by_mail=True)
    ground.settle()
    accept_all(ground)


def another_name(ground: Ground) -> None:
    """Bruno is called otherwise since the last look, and is to move to another class."""
    rename_account(ground, "bruno")
    mover(ground)


def removed_before(ground: Ground) -> None:
    class_of("bruno", "hugo")(ground)
    ground.settle()
    edits.withdraw(ground, "bruno", ground.smr)


def taken_back(ground: Ground) -> None:
    now = ground.clock.now()
    runs = SyncRun.objects.filter(account=ground.account).order_by("-pk")
    run = next(one for one in runs if what_can_come_back(one, now).as_it_was)
    take_back(run=run, part="as_it_was", by=ground.ana, now=now)


def declined_before(ground: Ground) -> None:
    ground.settle()
    ground.wait(minutes=16)
    (invite,) = [one for one in ground.world.pending_invites[ORGANIZATION].values() if one.invitee == "bruno"]
    ground.world.decline_invite(invite.id)


def invited_again(ground: Ground) -> None:
    person = HubPerson.objects.get(account=ground.account, key="bruno")
    invite_again(account=ground.account, person=person, by=ground.ana)


def token_replaced(ground: Ground) -> None:
    """The old token is revoked, another one is kept, and there is work to do."""
    for token in ground.world.access_token_by_id.values():
        token.is_active = False
    scopes = (*ORGANIZATION_SCOPES, *REPOSITORY_SCOPES)
    _, secret = ground.world.add_organization_token(
        ORGANIZATION, label="another", scopes=scopes, created_by="anaruiz"
    )
    keep_credential(ground.account, secret)
    new_class(ground)


PEOPLE = (
    Scenario("accepts by e-mail", accepts_by_mail, invited_by_mail),
    Scenario("another Docker ID", another_name, class_of("bruno", "hugo")),
    Scenario("taken back", taken_back, removed_before),
    Scenario("invited again", invited_again, declined_before),
    Scenario("token replaced", token_replaced),
)
