"""The cast: Ana owns IES Triana and teaches 1º SMR, Bruno is her student, Carla owns another school.

A `reader` is anybody, not signed in, who reads English.
"""

import pytest
from django.test import Client

from classrooms.models import ClassGroup, School, Student, User
from tests.factories import make_class_group, make_school, make_student, make_teacher


@pytest.fixture
def school(db: None) -> School:
    return make_school()


@pytest.fixture
def ana(school: School) -> User:
    return make_teacher(school, "Ana", role="owner")


@pytest.fixture
def class_group(school: School, ana: User) -> ClassGroup:
    return make_class_group(school, teacher=ana)


@pytest.fixture
def bruno(class_group: ClassGroup) -> Student:
    return make_student(class_group, "Bruno", has_account=True)


@pytest.fixture
def other_school(db: None) -> School:
    return make_school("IES Alixar", namespace="iesalixar")


@pytest.fixture
def carla(other_school: School) -> User:
    return make_teacher(other_school, "Carla", role="owner")


@pytest.fixture
def reader(db: None) -> Client:
    return Client(headers={"accept-language": "en"})
