"""Two people whom a school meets every year, in a browser: a student without any account outside, and a substitute.

The clock is moved where a story takes longer than an hour: a browser's own clock stays, as on a computer of the room.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from classrooms.academic_years import academic_year_of
from classrooms.actions.access_codes import create_access_code
from classrooms.actions.assessing import assess
from classrooms.actions.images import assign_image
from classrooms.actions.practices import PracticeText, write_practice
from classrooms.identity import plain_code
from classrooms.models import ClassGroup, ClassPractice, HandIn, School, Student, TeacherRole, User
from tests.browser.world import sign_in_cookie
from tests.classrooms.archives.making import old_files, tar
from tests.classrooms.hand_ins.given import give, hand
from tests.factories import (
    make_assigned_image,
    make_class_group,
    make_image,
    make_school,
    make_student,
    make_teacher,
    make_user,
)

pytestmark = pytest.mark.browser

PASSWORD = "caballo grapa batería"
STAFF_HEADINGS = '"Empleado/a","DNI/Pasaporte","Puesto","Teléfono","Cuenta Google/Microsoft","Fecha de cese"'
Visit = Callable[..., Page]


@dataclass
class World:
    school: School
    class_group: ClassGroup
    ana: User
    nerea: Student


@pytest.fixture
def world(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.DATA_DIR = tmp_path
    school = make_school()
    ana = make_teacher(school, "Ana", role="owner")
    class_group = make_class_group(school, "1º SMR", teacher=ana)
    make_assigned_image(class_group, tag="1.0")
    return World(school, class_group, ana, make_student(class_group, "Nerea", first_surname="Alba"))


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Visit]:
    """Somebody at a page, in a browser of their own: by a session of that name, or as a visitor."""
    contexts = []

    def begin(path: str, who: str | None = None) -> Page:
        context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
        contexts.append(context)
        if who:
            context.add_cookies([{"name": "sessionid", "value": sign_in_cookie(who), "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield begin
    for context in contexts:
        context.close()


def at(day: date, hour: int) -> time_machine.travel:
    """That hour of that day, from where the clock goes on."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())
    return time_machine.travel(moment, tick=True)


def end_of_the_year() -> date:
    """In June of this academic year; in summer, a few days from now."""
    today = timezone.localdate()
    return max(date(academic_year_of(today) + 1, 6, 15), today + timedelta(days=10))


def open_account(page: Page, name: str) -> None:
    page.get_by_label("Choose a user name").fill(name)
    page.get_by_label("Choose a password").fill(PASSWORD)
    page.get_by_role("button", name="Open my account").click()
    expect(page.get_by_role("main")).to_contain_text("docker pull iestriana/lamp:1.0")


def sign_in(page: Page, name: str) -> None:
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def hand_in_file(page: Page, given: ClassPractice) -> None:
    """As `docker save` wrote it: nothing is pushed anywhere."""
    page.get_by_role("link", name=f"Hand in {given.practice}").click()
    page.get_by_text("I have no account on Docker Hub").click()
    page.get_by_role("link", name="Hand in a file").click()
    image: Any = {"name": "image.tar", "mimeType": "application/x-tar", "buffer": tar(old_files())}
    page.locator("input[type=file]").first.set_input_files(image)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("heading", level=1, name="Receipt")).to_be_visible()


def test_a_student_does_all_year_with_code_and_alias_and_no_mail_leaves_the_school(
    world: World, visit: Visit
) -> None:
    code = create_access_code(student=world.nerea, by=world.ana).code
    alias = world.nerea.alias
    open_account(visit(f"/join/{plain_code(code)}/"), alias)

    with at(end_of_the_year(), 10):
        assign_image(
            class_group=world.class_group, image=make_image(world.school, "nginx"), tag="1.27", by=None
        )
        given = give(world.class_group)
        nerea = visit("/account/login/")
        sign_in(nerea, alias)
        expect(nerea.get_by_role("main")).to_contain_text("docker pull nginx:1.27")
        hand_in_file(nerea, given)
        sheet = visit(f"/school/{world.school.pk}/data-protection/sheet/", "ana")

    expect(sheet.get_by_role("main")).to_contain_text("the Docker IDs of 0 students")
    expect(sheet.get_by_role("main")).to_contain_text("an alias stands for the name")
    world.nerea.refresh_from_db()
    assert (world.nerea.docker_id, world.nerea.user and world.nerea.user.email) == ("", "")
    assert HandIn.objects.get().student == world.nerea and mail.outbox == []


@dataclass
class Absence:
    """What Javier leaves half done: a draft, and a practice of whose two hand-ins he has marked one."""

    javier: TeacherRole
    given: ClassPractice
    omar: Student
    last_day: date


@pytest.fixture
def absence(world: World) -> Absence:
    user = make_teacher(world.school, "Javier")
    User.objects.filter(pk=user.pk).update(last_name="Gómez Peña")
    javier = TeacherRole.objects.select_related("user").get(user=user)
    world.class_group.teachings.create(teacher_role=javier)
    write_practice(school=world.school, written=PracticeText("Práctica 7"), by=javier.user)
    given = give(world.class_group)
    omar = make_student(world.class_group, "Omar", first_surname="Haddad")
    facts: dict[str, Any] = {"comment": "Bien", "version": 0, "by": javier.user, "mark": Decimal("7.5")}
    counted = hand(given, world.nerea)
    assess(class_practice=given, student=world.nerea, hand_in=counted, **facts)
    hand(given, omar)
    return Absence(javier, given, omar, timezone.localdate() + timedelta(days=3))


def bring_in_the_staff_list(page: Page, last_day: date) -> None:
    """The secretary's RelPerCen, in which Javier's last day stands."""
    rows = [
        '"Ruiz, Ana","11111111H","Informática","600000001","ana@example.org",""',
        f'"Gómez Peña, Javier","22222222J","Informática","600000002","javier@example.org","{last_day:%d/%m/%Y}"',
    ]
    data = "\n".join([STAFF_HEADINGS, *rows]).encode("windows-1252")
    file: Any = {"name": "RelPerCen.csv", "mimeType": "text/csv", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_role("main")).to_contain_text("End the access of 1 teacher")
    page.get_by_role("button", name="Do what is ticked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The staff list is in")


def invite_substitute(page: Page, absent: str) -> str:
    """The link that Ana hands over."""
    page.get_by_text("A substitute teacher, or for some time only").click()
    page.get_by_label("Substitutes").select_option(label=absent)
    page.get_by_role("button", name="Invite", exact=True).click()
    return page.locator(".command code").first.inner_text()


def test_a_substitute_works_the_same_hour_and_the_absent_teacher_is_out_that_night(
    world: World, absence: Absence, visit: Visit, live_server: Any
) -> None:
    staff = f"/school/{world.school.pk}/staff/"
    class_page = f"/class/{world.class_group.pk}/"
    ana = visit(f"{staff}list/", "ana")
    bring_in_the_staff_list(ana, absence.last_day)
    ana.goto(live_server.url + staff)
    link = invite_substitute(ana, "Javier Gómez Peña")

    make_user("Irene")
    irene = visit(re.sub(r"^https?://[^/]+", "", link), "irene")
    irene.get_by_role("button", name="Accept the invitation").click()
    irene.goto(live_server.url)
    irene.get_by_role("link", name="1º SMR").first.click()
    irene.get_by_role("link", name="Choose one of the school’s").click()
    draft = irene.get_by_role("row").filter(has_text="Práctica 7")
    expect(draft).to_contain_text("Draft")
    expect(draft).to_contain_text("Javier Gómez Peña")
    go_on_marking(irene, live_server.url + class_page)

    with at(absence.last_day, 22):
        expect(visit(class_page, "javier").get_by_role("heading", level=1)).to_contain_text("1º SMR")
    with at(absence.last_day + timedelta(days=1), 1):
        expect(visit(class_page, "javier").get_by_role("heading", level=1)).not_to_contain_text("1º SMR")
        expect(visit(class_page, "irene").get_by_role("heading", level=1)).to_contain_text("1º SMR")
        register = visit(f"/school/{world.school.pk}/activity/", "ana").get_by_role("main")
        expect(register).to_contain_text("let Irene take over the classes of Javier Gómez Peña")
        for who, whose in (("Javier Gómez Peña", "Nerea Alba"), ("Irene", "Omar Haddad")):
            marked = register.get_by_role("row").filter(has_text=f"marked Práctica 6 of {whose}")
            expect(marked).to_contain_text(who)


def go_on_marking(page: Page, class_page: str) -> None:
    """What Javier marked stands there, and the other one is marked."""
    page.goto(class_page)
    page.get_by_role("link", name=re.compile("Hand-ins")).first.click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("2 of 2 handed in · 1 marked")
    expect(page.get_by_role("row").filter(has_text="Alba, Nerea")).to_contain_text("7,50")
    page.get_by_role("row").filter(has_text="Haddad, Omar").get_by_role("link", name="Mark it").click()
    page.locator("#id_mark").fill("8")
    main.get_by_role("button", name="Save", exact=True).click()
    page.goto(class_page)
    page.get_by_role("link", name=re.compile("Hand-ins")).first.click()
    expect(main).to_contain_text("2 of 2 handed in · 2 marked")
