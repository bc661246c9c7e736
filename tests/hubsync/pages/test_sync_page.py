"""The synchronization's page: the plan before, letting it happen, each step, holds, who may."""

import pytest
from django.test import Client

from classrooms.models import AuditEntry, School, User
from hubsync.hub.names import team_name_for
from hubsync.models import Hold, HubAccount, SyncChange, SyncRun
from hubsync.pages.sync_page import last_runs
from tests.factories import make_student, make_teacher
from tests.hubsync.stage import Stage

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("plans_at_once")


class Page:
    def __init__(self, client: Client, person: User, stage: Stage) -> None:
        client.force_login(person)
        client.cookies["django_language"] = "en"
        self.client, self.base = client, f"/school/{stage.school.pk}/sync/"

    def get(self, where: str = "", *, htmx: bool = False) -> str:
        return self.client.get(self.base + where, headers=HTMX if htmx else {}).content.decode()

    def post(self, where: str, **facts: str) -> str:
        return self.client.post(self.base + where, facts, follow=True).content.decode()

    def press(self) -> str:
        """Let happen what the page showed."""
        digest = SyncRun.objects.filter(result="planned").latest("pk").plan_digest
        return self.post("let-it-happen/", digest=digest)


@pytest.fixture
def unstarted(stage: Stage) -> Stage:
    """Connected, and nobody has let the portal write yet."""
    HubAccount.objects.update(is_active=False, uuid=stage.world.get_organization("iestriana").uuid)
    stage.account.refresh_from_db()
    return stage


@pytest.fixture
def at_page(client: Client, unstarted: Stage) -> Page:
    return Page(client, User.objects.get(first_name="Ana"), unstarted)


def test_before_anything_the_page_says_that_nothing_was_changed(at_page: Page) -> None:
    shown = at_page.get()

    assert "has changed nothing on Docker Hub yet" in shown
    assert "See what will be done" in shown


def test_the_plan_is_shown_in_words_with_names_counts_and_cost(at_page: Page, unstarted: Stage) -> None:
    shown = at_page.post("plan/")

    team = team_name_for(unstarted.smr.name, unstarted.smr.academic_year)
    assert f"Create the team of {unstarted.smr} ({team})." in shown
    assert "Invite Bruno García (bruno) into the team of" in shown
    assert "Put Ana (anaruiz) into" in shown
    assert "use the repository examen: pull." in shown
    assert "1 seat is needed: about 15 US$ a month" in shown
    assert "Afterwards 2 of 15 seats are taken." in shown
    assert "Bruno García (bruno) gets one e-mail from Docker and has to accept it." in shown
    assert "Nothing changes for anybody else." in shown


def test_looking_changes_nothing_on_docker_hub(at_page: Page, unstarted: Stage) -> None:
    at_page.post("plan/")

    assert unstarted.writes == []
    assert not HubAccount.objects.get().is_active


def test_what_is_added_stands_before_what_is_taken_away(at_page: Page, unstarted: Stage) -> None:
    at_page.post("plan/")
    run = SyncRun.objects.get()
    SyncChange.objects.create(run=run, position=0, kind="delete_team", facts={"team": "smr1-old"})

    shown = at_page.get()

    assert shown.index("New teams") < shown.index("Permissions given") < shown.index("Teams deleted")


def test_letting_it_happen_switches_the_account_on_and_makes_it_due_at_once(
    at_page: Page, unstarted: Stage
) -> None:
    at_page.post("plan/")
    shown = at_page.press()

    assert HubAccount.objects.get().is_active
    assert unstarted.sync.is_urgent
    assert unstarted.sync.generation > unstarted.sync.handled_generation
    assert "It is being done now" in shown
    assert AuditEntry.objects.filter(verb="hub.plan_allowed").count() == 1


def test_a_plan_that_changed_between_looking_and_pressing_is_not_done(
    at_page: Page, unstarted: Stage
) -> None:
    at_page.post("plan/")
    digest = SyncRun.objects.get().plan_digest
    make_student(unstarted.smr, "Dario", docker_id="dario")

    shown = at_page.post("let-it-happen/", digest=digest)

    assert "The plan has changed since you saw it" in shown
    assert "Dario García (dario)" in shown
    assert not HubAccount.objects.get().is_active


def test_who_presses_in_a_second_tab_reads_that_it_is_done(at_page: Page, unstarted: Stage) -> None:
    at_page.post("plan/")
    digest = SyncRun.objects.get().plan_digest
    at_page.post("let-it-happen/", digest=digest)
    unstarted.run()

    assert "it has been let happen already" in at_page.post("let-it-happen/", digest=digest)


def test_the_newest_of_many_runs_stands_on_top(unstarted: Stage) -> None:
    runs = [SyncRun.objects.create(account=unstarted.account, generation=number) for number in range(30)]

    assert last_runs(unstarted.account)[0] == runs[-1]


def test_a_press_while_docker_hub_is_down_gets_a_sentence_and_starts_nothing(
    at_page: Page, unstarted: Stage
) -> None:
    at_page.post("plan/")
    unstarted.world.faults.add("firewall")

    shown = at_page.press()

    assert "Docker Hub gave no usable answer" in shown
    assert not HubAccount.objects.get().is_active


def test_each_step_shows_up_while_it_is_carried_out(at_page: Page, unstarted: Stage) -> None:
    at_page.post("plan/")
    at_page.press()
    before = at_page.get("progress/", htmx=True)
    unstarted.run()

    after = at_page.get("progress/", htmx=True)

    assert 'hx-trigger="every 2s"' in before
    assert "8 of 8 steps" in after
    assert "Invite Bruno García (bruno)" in after


def test_the_page_stops_asking_when_it_is_in_sync(at_page: Page, unstarted: Stage) -> None:
    at_page.post("plan/")
    at_page.press()
    unstarted.settle()

    shown = at_page.get("progress/", htmx=True)

    assert "every 2s" not in shown
    assert "Docker Hub was as the school wants it" in shown


def test_the_list_of_runs_arrives_with_the_steps(at_page: Page, unstarted: Stage) -> None:
    at_page.post("plan/")
    at_page.press()
    unstarted.settle()

    shown = at_page.get("progress/", htmx=True)

    assert 'id="last-runs" hx-swap-oob="true"' in shown
    assert "as the school wants it</span>" in shown


def test_without_javascript_the_progress_leads_back_to_the_page(at_page: Page) -> None:
    answer = at_page.client.get(at_page.base + "progress/")

    assert answer.headers["Location"] == at_page.base


def test_a_run_has_a_page_with_all_its_changes(at_page: Page, unstarted: Stage) -> None:
    HubAccount.objects.update(is_active=True)
    run = unstarted.run()

    shown = at_page.get(f"runs/{run.pk}/")

    assert shown.count('<span class="pill ok">done</span>') == 8
    assert "Requests to Docker Hub" in shown


def test_what_docker_hub_refused_is_shown_in_its_own_words(at_page: Page, unstarted: Stage) -> None:
    run = SyncRun.objects.create(account=unstarted.account, generation=1, result="partly", trouble="rejected")
    SyncChange.objects.create(
        run=run, position=0, kind="create_team", facts={"team": "smr1"}, state="rejected", hub_text="bad name"
    )

    shown = at_page.get(f"runs/{run.pk}/")

    assert "Docker Hub refused some changes" in shown
    assert '<span class="muted">bad name</span>' in shown


def test_the_page_says_what_waits_for_whom(at_page: Page, unstarted: Stage) -> None:
    make_student(unstarted.smr, "Elena")
    HubAccount.objects.update(is_active=True, scope_findings=[{"scope": "scope-group-edit", "held": False}])
    unstarted.run()
    unstarted.run()

    shown = at_page.get()

    assert "1 student should be a member but has given no Docker ID" in shown
    assert "1 person has not answered Docker’s invitation yet" in shown
    assert "The access token lacks permissions" in shown


def test_a_team_that_nobody_adopted_is_said_to_be_left_alone(at_page: Page, unstarted: Stage) -> None:
    unstarted.world.add_team("iestriana", "docentes")

    shown = at_page.post("plan/")

    assert "exists on Docker Hub already, and nobody has said that it is the portal" in shown


def test_a_teacher_may_let_it_happen(client: Client, unstarted: Stage) -> None:
    page = Page(client, make_teacher(unstarted.school, "Dario"), unstarted)
    page.post("plan/")

    page.press()

    assert HubAccount.objects.get().is_active


def test_who_may_only_read_looks_on(client: Client, unstarted: Stage) -> None:
    page = Page(client, make_teacher(unstarted.school, "Dario", role="read_only"), unstarted)

    shown = page.post("plan/") + page.post("let-it-happen/")

    assert not HubAccount.objects.get().is_active
    assert not SyncRun.objects.exists()
    assert "Let it happen" not in shown


@pytest.mark.parametrize(
    "where", ["", "progress/", "plan/", "let-it-happen/", "permissions/", "runs/1/", "holds/1/"]
)
def test_another_schools_page_is_not_there(client: Client, unstarted: Stage, carla: User, where: str) -> None:
    page = Page(client, carla, unstarted)
    SyncRun.objects.create(pk=1, account=unstarted.account, generation=1)
    Hold.objects.create(pk=1, account=unstarted.account, kind="members")
    address = page.base + where

    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]


def test_a_school_that_is_not_connected_is_told_what_to_do_next(
    client: Client, carla: User, other_school: School
) -> None:
    client.force_login(carla)
    client.cookies["django_language"] = "en"

    shown = client.get(f"/school/{other_school.pk}/sync/").content.decode()

    assert "Docker Hub is not connected yet" in shown
    assert f"/school/{other_school.pk}/hub/" in shown


def test_a_student_does_not_find_the_page(client: Client, unstarted: Stage) -> None:
    student = make_student(unstarted.smr, "Elena", has_account=True)
    assert student.user is not None
    client.force_login(student.user)

    assert client.get(f"/school/{unstarted.school.pk}/sync/").status_code == 404
