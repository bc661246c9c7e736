"""What the demonstration's students have handed in, asked and done: looked at on the local Docker Hub as on the pages."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from classrooms import archive_store
from classrooms.actions.access_codes import open_account_of
from classrooms.actions.assessing import assess, publish_marks
from classrooms.actions.handing_in import HandedIn, grant_extension, hand_in, note_later_version
from classrooms.actions.questions import answer_question, ask_question
from classrooms.actions.steps import note_step
from classrooms.actions.students import set_docker_id
from classrooms.archives.reading import read_archive
from classrooms.forms.hand_ins import HandInForm
from classrooms.image_checks.configuration import ports_of
from classrooms.models import ClassGroup, ClassPractice, HandIn, Question, Student, StudentStep, User
from hubsync.pages.hand_in import prepare
from portal.demo.archive import saved_image
from portal.demo.practice_texts import STUDENT_COMPOSE
from portal.demo.practices import Given

Step, Source = StudentStep.Step, StudentStep.Source
# How many of the 30 have opened their account, signed in to Docker and pulled what there is.
WITH_ACCOUNT, WITH_LOGIN, WITH_PULL = 26, 17, 21


@dataclass(frozen=True)
class Sent:
    """`days`: before the practice was due; negative is late. `mark` None is not marked yet."""

    surname: str
    docker_id: str
    reference: str
    days: float
    note: str = ""
    mark: str | None = None
    comment: str = ""


FIRST_IMAGE = (
    Sent("Alba", "nereaalba", "nereaalba/mi-web:v1", 2.2, "Funciona en el equipo del aula y en el de casa.", "9",
         "Muy bien: imagen pequeña y página propia."),
    Sent("Haddad", "omarhaddad", "omarhaddad/mi-web:v1", 1.4, "Hecha en mi Mac."),
    Sent("Haddad", "omarhaddad", "omarhaddad/mi-web:v2", 0.4, "Ahora también para PC."),
    Sent("Moreno", "lince27", "lince27/servidor:1.0", 2.6, "", "7.5",
         "Arranca bien. La próxima vez usa la etiqueta que pide el enunciado."),
    Sent("Peña", "olmo314", "olmo314/web:v1", 0.6, "He puesto las claves para probar una cosa."),
    Sent("Castillo", "cometa8", "cometa8/mi-web:v1", -0.3, "Se me fue la hora.", "5", "Completa, pero fuera de plazo."),
    Sent("Núñez", "brezo55", "brezo55/apache-ubuntu:latest", 0.9, "Parte de Ubuntu."),
    Sent("Delgado", "marea12", "marea12/web:v1", 0.2, "", "4", "En el aula no arranca: es solo para Mac."),
    Sent("Muñoz", "tejo90", "tejo90/mi-web:v1", 0.8, "La subimos a medias."),
)  # fmt: skip
SHOP = (
    Sent("Acosta", "", "nuriaacosta/tienda:v1", 7.5, "La base de datos tarda un poco en arrancar."),
    Sent("Aguilar", "", "leoaguilar/tienda-php:1.1", 6.8, ""),
)
QUESTIONS = (
    ("Cano", "docker: Error response from daemon: driver failed programming external connectivity on endpoint web: "
     "Bind for 0.0.0.0:8080 failed: port is already allocated.", "Me pasa solo en el aula.", ""),
    ("Benali", "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "",
     "Abre Docker Desktop y espera a que la ballena deje de moverse. Luego repite la orden."),
    ("Gallardo", "nginx: [emerg] unknown directive \"listn\" in /etc/nginx/conf.d/default.conf:3", "", ""),
)  # fmt: skip


def fill_works(given: Given, classes: dict[str, ClassGroup], lucia: User, javier: User) -> None:
    """Hand-ins on time, late, with warnings, as a file; some marked and let out, some not; questions and first steps."""
    smr, daw = classes["1SMR"], classes["2DAW"]
    _first_steps(smr)
    for sent in FIRST_IMAGE:
        _hand_in(given.first_image, sent, javier)
    _hand_in_a_file(given.first_image, "Soler")
    _mark(given.first_image, FIRST_IMAGE, javier)
    omar = _student(smr, "Haddad")
    _note_what_was_pushed_since(given.first_image, omar, "omarhaddad/mi-web:v3")
    _give_more_time(given.first_image, "Ramos", javier)
    for sent in SHOP:
        _hand_in_as(given.shop, _student(daw, sent.surname), sent)
    _questions(smr, given.server, javier)


def _first_steps(class_group: ClassGroup) -> None:
    """Some are far, some have just begun: what the projector shows."""
    students = [one.student for one in class_group.enrolments.current().order_by("student__pk")]
    for place, student in enumerate(students):
        if place < WITH_ACCOUNT:
            _open_account(student)
        for step, last in ((Step.LOGIN, WITH_LOGIN), (Step.PULL, WITH_PULL)):
            if place < last:
                note_step(student=student, step=step, source=Source.SCRIPT)


def _hand_in(given: ClassPractice, sent: Sent, by: User) -> HandIn:
    student = _student(given.class_group, sent.surname)
    set_docker_id(student=student, docker_id=sent.docker_id, by=by)
    return _hand_in_as(given, student, sent)


def _hand_in_as(given: ClassPractice, student: Student, sent: Sent) -> HandIn:
    """Looked at as on the page, at the moment that is told."""
    compose = STUDENT_COMPOSE % sent.reference if given.practice.takes_compose else ""
    values = {"reference": sent.reference, "note": sent.note, "compose": compose}
    form = HandInForm(values, practice=given.practice)
    form.full_clean()
    assert given.due_at is not None
    at = given.due_at - timedelta(days=sent.days)
    handed_in = prepare(given, student, form).handed_in
    _open_account(student)
    return hand_in(class_practice=given, student=student, handed_in=handed_in, at=at)


def _hand_in_a_file(given: ClassPractice, surname: str) -> None:
    """Of a student without an account on Docker Hub."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "image.tar"
        path.write_bytes(saved_image())
        with path.open("rb") as file:
            facts = read_archive(file, most_bytes=path.stat().st_size * 4)
        kept = archive_store.folder() / path.name
        kept.write_bytes(path.read_bytes())
    handed_in = HandedIn(
        digest=facts.digest, compressed_bytes=facts.size, platforms=(facts.platform,), ports=ports_of(facts.config),
        note="No tengo cuenta en Docker Hub.", archive=archive_store.keep(kept),
    )  # fmt: skip
    assert given.due_at is not None
    at, student = given.due_at - timedelta(days=1), _student(given.class_group, surname)
    _open_account(student)
    hand_in(class_practice=given, student=student, handed_in=handed_in, at=at)


def _mark(given: ClassPractice, all_sent: tuple[Sent, ...], by: User) -> None:
    """The first two are let out, the others wait for their teacher's press."""
    marked = [one for one in all_sent if one.mark]
    for number, sent in enumerate(marked):
        student = _student(given.class_group, sent.surname)
        work = given.hand_ins.filter(student=student).latest("attempt")
        assess(
            class_practice=given, student=student, hand_in=work, mark=Decimal(sent.mark or 0), comment=sent.comment,
            version=0, by=by,
        )  # fmt: skip
        if number == 1:
            publish_marks(class_practice=given, by=by)


def _note_what_was_pushed_since(given: ClassPractice, student: Student, reference: str) -> None:
    """As if he had pushed to the tag that he handed in: what counts stays."""
    form = HandInForm({"reference": reference, "note": ""}, practice=given.practice)
    form.full_clean()
    newer = replace(prepare(given, student, form).handed_in).digest
    work = given.hand_ins.filter(student=student).latest("attempt")
    note_later_version(hand_in=work, digest=newer, at=timezone.now() - timedelta(days=1))


def _give_more_time(given: ClassPractice, surname: str, by: User) -> None:
    assert given.due_at is not None
    student, due_at = _student(given.class_group, surname), given.due_at + timedelta(days=5)
    grant_extension(class_practice=given, student=student, due_at=due_at, by=by)


def _questions(class_group: ClassGroup, given: ClassPractice, by: User) -> None:
    for surname, error, words, answer in QUESTIONS:
        student = _student(class_group, surname)
        asked: Question = ask_question(
            student=student,
            class_group=class_group,
            error=error,
            words=words,
            system="windows",
            class_practice=given,
        )
        if answer:
            answer_question(question=asked, answer=answer, by=by)


def _open_account(student: Student) -> None:
    """Whoever hands in has one."""
    if student.user is None:
        student.user = open_account_of(student, username=student.alias, password=None)


def _student(class_group: ClassGroup, surname: str) -> Student:
    """Of two who are called alike the first in the list."""
    rows = Student.objects.filter(enrolments__class_group=class_group, first_surname=surname)
    found = rows.order_by("pk").first()
    assert found is not None, surname
    return found
