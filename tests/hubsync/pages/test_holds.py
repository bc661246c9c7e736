"""A question about removals has a page of its own: everybody of the school reads it, an owner answers."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.models import AuditEntry, User
from hubsync.models import Hold, HubAccount, LastLook
from tests.factories import make_teacher
from tests.hubsync.stage import Stage

MANY = [{"kind": "remove_from_team", "facts": {"team": "smr1", "docker_id": f"name{n}"}} for n in range(6)]
ONE = [{"kind": "remove_member", "facts": {"docker_id": "bruno"}}]


class Visit:
    """A person at the pages, in English."""

    def __init__(self, client: Client, person: User, stage: Stage) -> None:
        client.force_login(person)
        client.cookies["django_language"] = "en"
        self.client, self.base = client, f"/school/{stage.school.pk}/sync/"

    def read(self, where: str = "") -> str:
        return self.client.get(self.base + where).content.decode()

    def answer(self, hold: Hold, answer: str) -> str:
        address = f"{self.base}holds/{hold.pk}/"
        return self.client.post(address, {"answer": answer}, follow=True).content.decode()


@pytest.fixture
def connected(stage: Stage) -> Stage:
    HubAccount.objects.update(uuid=stage.world.get_organization("iestriana").uuid)
    stage.account.refresh_from_db()
    return stage


@pytest.fixture
def ana(client: Client, connected: Stage) -> Visit:
    return Visit(client, User.objects.get(first_name="Ana"), connected)


@pytest.fixture
def tomas(connected: Stage) -> Visit:
    """A teacher who owns nothing."""
    return Visit(Client(), make_teacher(connected.school, "Tomas"), connected)


def make_hold(stage: Stage, kind: str = "memberships", reason: str = "too_many", **facts: object) -> Hold:
    changes = ONE if reason == "grace" else MANY
    return Hold.objects.create(
        account=stage.account, kind=kind, reason=reason, **{"changes": changes, **facts}
    )


def test_the_page_of_a_school_asks_and_leads_to_the_question(ana: Visit, connected: Stage) -> None:
    hold = make_hold(connected)

    shown = ana.read()

    assert "Shall 6 people be taken out of teams?" in shown
    assert "more removals at once than usual" in shown
    assert f'href="{ana.base}holds/{hold.pk}/"' in shown


def test_the_question_names_everybody_and_says_what_they_will_notice(ana: Visit, connected: Stage) -> None:
    shown = ana.read(f"holds/{make_hold(connected).pk}/")

    assert all(f"Take name{n} out of the team smr1." in shown for n in range(6))
    assert "and name5 get no message, and can no longer pull what only that team may pull." in shown
    assert "What would be done (6)" in " ".join(shown.split())


def test_yes_approves_the_set_and_makes_it_due_at_once(ana: Visit, connected: Stage) -> None:
    hold, before = make_hold(connected), connected.sync.generation

    shown = ana.answer(hold, "yes")

    hold.refresh_from_db()
    assert hold.approved_by is not None and hold.approved_by.first_name == "Ana"
    assert connected.sync.generation == before + 1 and connected.sync.is_urgent
    assert "exactly this is done now" in shown
    assert AuditEntry.objects.get(verb="hub.removals_approved").facts == {"kind": "memberships", "changes": 6}


def test_no_leaves_it_and_the_page_names_what_was_left(ana: Visit, connected: Stage) -> None:
    hold = make_hold(connected)

    shown = ana.answer(hold, "no")

    hold.refresh_from_db()
    assert hold.refused_at and not hold.approved_at
    assert "Left as it is, because somebody said so" in shown and "Ana said no on" in shown
    assert "Read all 6 and decide" not in shown
    assert AuditEntry.objects.filter(verb="hub.removals_refused").count() == 1


def test_an_owner_may_do_it_after_all(ana: Visit, connected: Stage) -> None:
    hold = make_hold(connected)
    ana.answer(hold, "no")
    offered = ana.read(f"holds/{hold.pk}/")

    ana.answer(hold, "yes")

    hold.refresh_from_db()
    assert "Do it after all" in offered
    assert hold.approved_at and not hold.refused_at


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_the_same_answer_twice_is_one(ana: Visit, connected: Stage, answer: str) -> None:
    hold = make_hold(connected)
    ana.answer(hold, answer)
    before = connected.sync.generation

    ana.answer(hold, answer)

    assert connected.sync.generation == before
    assert AuditEntry.objects.filter(verb__startswith="hub.removals_").count() == 1


def test_a_no_after_the_yes_comes_too_late(ana: Visit, connected: Stage) -> None:
    hold = make_hold(connected)
    ana.answer(hold, "yes")

    ana.answer(hold, "no")

    hold.refresh_from_db()
    assert hold.approved_at and not hold.refused_at


def test_an_answer_that_is_none_is_asked_for_again(ana: Visit, connected: Stage) -> None:
    hold = make_hold(connected)

    shown = ana.answer(hold, "perhaps")

    assert "Choose one of the two answers." in shown
    assert Hold.objects.waiting().count() == 1


def test_who_waits_for_the_day_to_pass_can_be_removed_now(ana: Visit, connected: Stage) -> None:
    shown = ana.read(f"holds/{make_hold(connected, 'members', 'grace').pk}/")

    assert "Shall 1 person leave the organization?" in shown
    assert "Yes, remove now" in shown


def test_a_teacher_reads_the_question_and_who_may_answer(tomas: Visit, connected: Stage) -> None:
    hold = make_hold(connected)

    shown = tomas.read(f"holds/{hold.pk}/")

    assert "Take name0 out of" in shown
    assert "An owner of the school answers this, because it can concern any class: Ana." in shown
    assert 'name="answer"' not in shown


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_teacher_cannot_answer(tomas: Visit, connected: Stage, answer: str) -> None:
    hold = make_hold(connected)

    shown = tomas.answer(hold, answer)

    assert "Only an owner of the school can answer this: Ana." in shown
    assert Hold.objects.waiting().count() == 1


def test_a_fight_names_who_undoes_it_where_the_log_tells(ana: Visit, connected: Stage) -> None:
    named = ana.read(f"holds/{make_hold(connected, 'fights', 'fight', actor='dario').pk}/")
    unknown = ana.read(f"holds/{make_hold(connected, 'fights', 'fight').pk}/")

    assert "Shall the portal go on changing this back?" in named
    assert "names who undid it last: <strong>dario</strong>" in named
    assert "does not tell who undoes it" in unknown


def test_a_question_that_is_settled_says_so_and_takes_no_answer(ana: Visit, connected: Stage) -> None:
    hold = make_hold(connected, closed_at=timezone.now())

    shown = ana.read(f"holds/{hold.pk}/")

    assert "This question is settled" in shown
    assert 'name="answer"' not in shown


def make_gone(stage: Stage) -> Hold:
    """Two teams are gone from Docker Hub, and nobody knows why."""
    LastLook.objects.update_or_create(account=stage.account, defaults={"gone": {"teams": {"u1": "smr1"}}})
    changes = [
        {"kind": "create_team", "facts": {"team": name, "description": ""}} for name in ("smr1", "daw1")
    ]
    return Hold.objects.create(account=stage.account, kind="shrunk", reason="shrunk", changes=changes)


def test_what_is_gone_is_asked_for_in_its_own_words(ana: Visit, connected: Stage) -> None:
    shown = ana.read(f"holds/{make_gone(connected).pk}/")

    assert "Shall what is gone from Docker Hub be made again (2 changes)?" in shown
    assert "The portal has looked twice" in shown
    assert "It was really removed: leave it so" in shown and "Make it again" in shown
    assert 'class="danger"' not in shown


@pytest.mark.parametrize(("answer", "verb"), [("yes", "approved"), ("no", "refused")])
def test_either_answer_says_that_it_is_gone_and_is_in_the_register(
    ana: Visit, connected: Stage, answer: str, verb: str
) -> None:
    ana.answer(make_gone(connected), answer)

    assert LastLook.objects.get(account=connected.account).gone == {}
    assert AuditEntry.objects.get(verb=f"hub.remaking_{verb}").facts == {"kind": "shrunk", "changes": 2}


def test_who_answers_what_is_wanted_again_meanwhile_reads_that_nothing_is_removed(
    ana: Visit, connected: Stage
) -> None:
    connected.settle()
    team = [{"kind": "remove_from_team", "facts": {"team": "smr1-2627", "docker_id": "bruno"}}]
    hold = make_hold(connected, changes=team)

    told = ana.answer(hold, "yes")

    assert "Nothing is removed: meanwhile the school wants all of this again." in told
    assert "exactly this is done now" not in told
    connected.run()
    assert "bruno" in connected.people_of("smr1-2627") | set(connected.invited())
