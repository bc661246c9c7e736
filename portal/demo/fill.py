"""Fills an empty portal with an invented school, as its teachers would: by the same actions as the pages."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.actions import (
    access_codes,
    class_groups,
    image_checks,
    images,
    roster_preparing,
    rosters,
    schools,
    staff,
    students,
)
from classrooms.models import ClassGroup, Image, School, Student, TeacherRole, User
from hubsync.account import catalogue, connect
from hubsync.models import HubAccount
from hubsync.sync.schedule import activate
from portal.demo.people import class_list
from portal.demo.practices import write_practices
from portal.demo.works import fill_works

PASSWORD = "aulahub-demo"  # noqa: S105  printed by `up`: it opens invented people only
SCHOOL = "IES Ribera del Sur"
ORGANIZATION = "iesriberadelsur"
# Opens the invented organization of the local Docker Hub and nothing else.
TOKEN = "dckr_oat_demo-iesriberadelsur"  # noqa: S105
SEATS = 15
# class, repository, tag, title, options for docker run, what is new; the exam's image comes with its practice
ASSIGNMENTS = (
    ("1SMR", "redes-herramientas", "2026-1", "Práctica 3 · Herramientas de red", "--rm -it", ""),
    (
        "1SMR",
        "webserver-nginx",
        "1.27",
        "Práctica 4 · Servidor web",
        "--rm -p 8080:80",
        "Nueva página de prueba",
    ),
    # Needs attention: the school has no such tag.
    ("1SMR", "ubuntu-ssh", "24.04", "Práctica 5 · Acceso remoto", "--rm -p 2222:22", ""),
    ("2DAW", "lamp", "2026-1", "Despliegue en LAMP", "--rm -p 8080:80", ""),
    ("2DAW", "python-flask", "3.12", "API con Flask", "--rm -p 5000:5000", ""),
    ("2DAW", "mysql-examen", "2026-1", "Examen de SQL", "--rm -p 3306:3306", ""),
)
# Students of 2DAW with an account on the local Docker Hub; the others have none, which needs attention.
DOCKER_IDS = ("nuriaacosta", "leoaguilar")


def fill() -> School:
    """The demonstration school: two teachers, two classes, 55 students, eight images, practices with work.

    Needs the local Docker Hub with its own demonstration; raises what keeps the school from being connected.
    """
    lucia = _teacher("lucia", "Lucía", "Moreno Prieto")
    javier = _teacher("javier", "Javier", "Ortega Ruiz")
    school = schools.create_school(name=SCHOOL, code="41009999", owner=lucia)
    TeacherRole.objects.create(
        school=school, user=javier, invite_email="javier.ortega@iesriberadelsur.example"
    )
    classes = _bring_in_class_list(school, lucia)
    for class_group in classes.values():
        staff.set_teachers(class_group=class_group, teacher_roles=school.teacher_roles.all(), by=lucia)
    account = _connect(school, lucia)
    _assign(school, classes, lucia)
    given = write_practices(school, classes, lucia, javier)
    _members_of_2daw(classes["2DAW"], lucia)
    _open_account(classes["1SMR"], "Nerea", "nerea", lucia)
    class_groups.set_public_page(class_group=classes["1SMR"], has_public_page=True, by=lucia)
    fill_works(given, classes, lucia, javier)
    for class_group in classes.values():
        image_checks.ask_check(
            class_group=class_group, by=javier
        )  # the worker looks as soon as it has started
    activate(account)
    return school


def accounts() -> list[dict[str, str]]:
    """Who can sign in, for the lines that `up` prints."""
    return [
        {"who": "Lucía (owner)", "login": "lucia@aulahub.example", "password": PASSWORD},
        {"who": "Javier (teacher)", "login": "javier@aulahub.example", "password": PASSWORD},
        {"who": "Nerea (student, 1SMR)", "login": "nerea", "password": PASSWORD},
    ]


def _teacher(username: str, first_name: str, last_name: str) -> User:
    email = f"{username}@aulahub.example"
    user = User.objects.create_user(username, email, PASSWORD, first_name=first_name, last_name=last_name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _bring_in_class_list(school: School, by: User) -> dict[str, ClassGroup]:
    """Through the same reading, preview and confirmation as on the page."""
    year = academic_year_of(timezone.localdate())
    prepared = roster_preparing.prepare_import(
        school=school, data=class_list(year), file_name="RegAlum.csv", academic_year=year, by=by
    )
    rosters.carry_out(roster_import=prepared, by=by)
    return {class_group.name: class_group for class_group in school.class_groups.all()}


def _connect(school: School, by: User) -> HubAccount:
    account = connect.choose_name(school=school, name=ORGANIZATION, kind=HubAccount.Kind.ORGANIZATION, by=by)
    connect.notice_account(account)
    expires_on = timezone.localdate() + timedelta(days=300)
    connect.keep_token(account=account, secret=TOKEN, seats=SEATS, expires_on=expires_on, by=by)
    catalogue.read_catalogue(account)
    return account


def _assign(school: School, classes: dict[str, ClassGroup], by: User) -> None:
    own = {image.repository.split("/")[1]: image for image in Image.objects.filter(school=school)}
    for name, repository, tag, title, options, note in ASSIGNMENTS:
        images.assign_image(
            class_group=classes[name],
            image=own[repository],
            tag=tag,
            title=title,
            run_options=options,
            note=note,
            by=by,
        )
    for image in own.values():
        catalogue.read_tags(image)


def _members_of_2daw(class_group: ClassGroup, by: User) -> None:
    """The school pays seats for this class; of two students the Docker ID is known, of the others not yet."""
    class_groups.set_members_choice(class_group=class_group, students_are_members=True, by=by)
    chosen = Student.objects.filter(enrolments__class_group=class_group).order_by("sort_name")
    for student, docker_id in zip(chosen, DOCKER_IDS, strict=False):
        students.set_docker_id(student=student, docker_id=docker_id, by=by)


def _open_account(class_group: ClassGroup, given_name: str, username: str, by: User) -> None:
    codes = access_codes.create_access_codes(class_group=class_group, by=by)
    code = next(fresh.code for fresh in codes if fresh.student.given_name == given_name)
    access_codes.open_account(code=code, username=username, password=PASSWORD)
