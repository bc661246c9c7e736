"""Makes the school of `tests/browser/world.py` as large as a real one, in bulk: for asking whether pages grow with it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from classrooms.identity import sort_name
from classrooms.models import (
    Assessment,
    AssignedImage,
    AuditEntry,
    ClassGroup,
    ClassPractice,
    Enrolment,
    HandIn,
    Image,
    ImageTag,
    Practice,
    PracticeImage,
    Question,
    RosterImport,
    School,
    Student,
    SubGroup,
    TeacherRole,
    Teaching,
    User,
)
from hubsync.models import HubAccount, HubPerson, ObservedPerson, ObservedTeam, RemoteObject, SyncRun

DIGEST = "sha256:" + "5e" * 32
IMAGES_OF_A_CLASS, PRACTICES = 10, 6


@dataclass(frozen=True)
class Size:
    teachers: int = 12
    classes: int = 20
    students: int = 35  # of each class
    images: int = 60


LARGE = Size()
TENTH = Size(teachers=1, classes=2, students=4, images=6)


def grow(world: dict[str, Any], size: Size) -> None:
    """Add to the school of the world until it has that size; its classes are filled up too."""
    school = School.objects.get(pk=world["school"])
    classes = _classes(school, size)
    _teachers(school, classes, size)
    _students(school, classes, size)
    _images(school, classes, size)
    _practices(school, classes, size)
    _docker_hub(school, classes)
    _past(school, size)


def _classes(school: School, size: Size) -> list[ClassGroup]:
    first = school.class_groups.get(name="1º SMR A")
    facts = {"school": school, "academic_year": first.academic_year}
    new = size.classes - school.class_groups.count()
    ClassGroup.objects.bulk_create(
        ClassGroup(name=f"{n % 2 + 1}º DAM {n}", code=f"BG{n:04d}", students_are_members=bool(n % 2), **facts)
        for n in range(new)
    )
    # In a school of any size there is a class of each kind: otherwise a question less would be asked in a small one.
    school.class_groups.filter(name="2º DAW").update(students_are_members=True)
    classes = list(school.class_groups.order_by("pk"))
    SubGroup.objects.bulk_create(
        SubGroup(class_group=one, name=f"Grupo {n}") for one in classes for n in (1, 2)
    )
    return classes


def _teachers(school: School, classes: list[ClassGroup], size: Size) -> None:
    names = [f"docente{n}" for n in range(size.teachers)]
    User.objects.bulk_create(
        User(username=name, first_name=name, email=f"{name}@example.org") for name in names
    )
    users = User.objects.filter(username__in=names)
    TeacherRole.objects.bulk_create(
        TeacherRole(school=school, user=user, role="teacher", docker_id=user.username) for user in users
    )
    roles = list(TeacherRole.objects.filter(school=school, user__in=users))
    Teaching.objects.bulk_create(
        Teaching(class_group=one, teacher_role=roles[(at + n) % len(roles)])
        for at, one in enumerate(classes)
        for n in range(min(4, len(roles)))
    )


def _students(school: School, classes: list[ClassGroup], size: Size) -> None:
    people, pairs = [], []
    for at, class_group in enumerate(classes):
        for n in range(size.students - class_group.enrolments.count()):
            people.append(_student(school, at * 100 + n))
            pairs.append((people[-1], class_group))
    User.objects.bulk_create(one.user for one in people if one.user)
    Student.objects.bulk_create(people)
    Enrolment.objects.bulk_create(Enrolment(student=one, class_group=group) for one, group in pairs)


def _student(school: School, n: int) -> Student:
    names = {"given_name": f"Nerea{n}", "first_surname": f"Peña{n % 37}", "second_surname": f"Núñez{n % 31}"}
    user = User(username=f"alumna{n}") if n % 3 else None
    docker_id = f"alumna{n}x" if n % 4 else ""
    return Student(school=school, user=user, docker_id=docker_id, sort_name=sort_name(**names), **names)


def _images(school: School, classes: list[ClassGroup], size: Size) -> None:
    names = [f"iestriana/practica-{n}" for n in range(size.images - school.images.count())]
    Image.objects.bulk_create(
        Image(school=school, repository=name, is_own=True, is_private=at % 2 == 0, is_wanted=at % 5 == 0)
        for at, name in enumerate(names)
    )
    images = list(Image.objects.filter(school=school, repository__in=names))
    seen = {"found": True, "digest": DIGEST, "platforms": ["linux/amd64"], "checked_at": timezone.now()}
    ImageTag.objects.bulk_create(
        ImageTag(image=one, name=name, **seen) for one in images for name in ("1", "2")
    )
    AssignedImage.objects.bulk_create(
        AssignedImage(class_group=group, image=images[(at + n) % len(images)], tag="1")
        for at, group in enumerate(classes)
        for n in range(min(IMAGES_OF_A_CLASS, len(images)))
    )


def _practices(school: School, classes: list[ClassGroup], size: Size) -> None:
    """Practices that every class has, with images; all of the first class have handed in, half is marked, many ask."""
    images = list(school.images.filter(repository__startswith="iestriana/practica-"))
    titles = [f"Práctica {n} · Redes" for n in range(min(PRACTICES, size.classes))]
    Practice.objects.bulk_create(Practice(school=school, title=one, is_draft=False) for one in titles)
    new = list(school.practices.filter(title__in=titles))
    PracticeImage.objects.bulk_create(
        PracticeImage(practice=one, image=images[n], tag="1")
        for one in new
        for n in range(min(4, len(images)))
    )
    ClassPractice.objects.bulk_create(
        ClassPractice(practice=one, class_group=group) for one in new for group in classes
    )
    for given in ClassPractice.objects.filter(class_group=school.class_groups.get(name="1º SMR A")):
        _work(given)


def _work(given: ClassPractice) -> None:
    students = list(Student.objects.filter(enrolments__class_group=given.class_group))
    handed = {"attempt": 9, "reference": "nerea/web:v1", "digest": DIGEST, "platforms": ["linux/amd64"]}
    HandIn.objects.bulk_create(
        HandIn(class_practice=given, student=one, receipt=f"{given.pk}-{one.pk}", **handed)
        for one in students
    )
    Assessment.objects.bulk_create(
        (Assessment(class_practice=given, student=one, mark=7) for one in students[::2]),
        ignore_conflicts=True,
    )
    Question.objects.bulk_create(
        Question(class_group=given.class_group, class_practice=given, student=one, error="manifest unknown")
        for one in students[:5]
    )


def _docker_hub(school: School, classes: list[ClassGroup]) -> None:
    account = HubAccount.objects.get(school=school)
    now = timezone.now()
    teams = [(f"team-{one.pk}", one) for one in classes]
    students = Student.objects.filter(school=school).exclude(docker_id="").values_list("docker_id", flat=True)
    keys = set(students)
    RemoteObject.objects.bulk_create(
        RemoteObject(account=account, kind="team", name=name, class_group=one) for name, one in teams
    )
    ObservedTeam.objects.bulk_create(
        ObservedTeam(account=account, name=name, members=sorted(keys)[:30], seen_at=now) for name, _ in teams
    )
    ObservedPerson.objects.bulk_create(ObservedPerson(account=account, key=key, seen_at=now) for key in keys)
    HubPerson.objects.bulk_create(HubPerson(account=account, key=key, state="sent") for key in keys)
    SyncRun.objects.bulk_create(
        SyncRun(account=account, generation=1, lease_token=f"big{n}", result=SyncRun.Result.PARTLY)
        for n in range(len(classes))
    )


def _past(school: School, size: Size) -> None:
    """What a year leaves behind: the register, and class lists that were brought in."""
    people = list(Student.objects.filter(school=school)[: 10 * size.classes])
    AuditEntry.objects.bulk_create(
        AuditEntry(school=school, verb="student.enrolled", about=str(one), student=one, facts={"class": "1º"})
        for one in people
    )
    done: dict[str, Any] = {
        "state": "done",
        "format_name": "Séneca",
        "encoding": "utf-8",
        "academic_year": 2026,
    }
    RosterImport.objects.bulk_create(
        RosterImport(school=school, finished_at=timezone.now() - timedelta(days=n), **done)
        for n in range(size.classes)
    )
