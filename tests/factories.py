"""Small worlds for tests: a school, who teaches and learns there, its classes and images."""

from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password

from classrooms.actions.class_groups import create_class_group, enrol_student
from classrooms.actions.images import assign_image
from classrooms.actions.students import sort_name_of
from classrooms.models import AssignedImage, ClassGroup, Image, School, Student, TeacherRole, Teaching, User

_numbers = count(1)
PASSWORD = "correct horse battery"


def make_user(name: str = "", **facts: Any) -> User:
    """An account that can sign in with its e-mail and PASSWORD."""
    name = name or f"person{next(_numbers)}"
    user = User(username=name.lower(), first_name=name, email=f"{name.lower()}@example.org", **facts)
    user.password = _hashed(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def make_school(name: str = "IES Triana", *, namespace: str = "iestriana", **facts: Any) -> School:
    return School.objects.create(name=name, namespace=namespace, **facts)


def make_teacher(school: School, name: str = "", *, role: str = "teacher", **facts: Any) -> User:
    """An account with a role in the school; `facts` are of the role: dates, docker_id, invite_email."""
    user = make_user(name)
    TeacherRole.objects.create(school=school, user=user, role=role, **facts)
    return user


def make_class_group(
    school: School,
    name: str = "1º SMR",
    *,
    teacher: User | None = None,
    year: int | None = None,
    **facts: Any,
) -> ClassGroup:
    """A class of this academic year, or of the one given; its teacher needs a role in the school."""
    class_group = create_class_group(school=school, name=name, academic_year=year, by=None)
    if teacher is not None:
        role = TeacherRole.objects.get(school=school, user=teacher)
        Teaching.objects.create(class_group=class_group, teacher_role=role)
    for field, value in facts.items():
        setattr(class_group, field, value)
    class_group.save()
    return class_group


def make_student(
    class_group: ClassGroup, name: str = "", *, has_account: bool = False, **facts: Any
) -> Student:
    """A student enrolled in the class."""
    number = next(_numbers)
    student = Student(school=class_group.school, given_name=name or f"Alumna{number}", first_surname="García")
    for field, value in facts.items():
        setattr(student, field, value)
    student.sort_name = sort_name_of(student)
    student.user = make_user(name or f"student{number}") if has_account else None
    student.save()
    enrol_student(student=student, class_group=class_group, by=None)
    return student


def make_image(
    school: School, repository: str = "iestriana/lamp", *, is_private: bool | None = False
) -> Image:
    """An image of the school: its own where it is in the school's namespace."""
    is_own = bool(school.namespace) and repository.startswith(f"{school.namespace}/")
    return Image.objects.create(school=school, repository=repository, is_private=is_private, is_own=is_own)


def make_assigned_image(class_group: ClassGroup, image: Image | None = None, **facts: Any) -> AssignedImage:
    return assign_image(
        class_group=class_group, image=image or make_image(class_group.school), by=None, **facts
    )


@cache
def _hashed(password: str) -> str:
    """Hashing is slow on purpose; once is enough for a test run."""
    return make_password(password)
