"""In the installation that is measured: a practice and students who are signed in, and afterwards what was kept."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from classrooms.actions.class_groups import create_class_group, enrol_student  # noqa: E402
from classrooms.actions.practices import (  # noqa: E402
    Dates,
    PracticeText,
    give_practice,
    publish_practice,
    write_practice,
)
from classrooms.models import HandIn, School, Student, User  # noqa: E402


def make(students: int) -> dict[str, Any]:
    school = School.objects.create(name="IES Grande", namespace="iesgrande")
    class_group = create_class_group(school=school, name="1º SMR", academic_year=None, by=None)
    written = PracticeText("Práctica 6", hand_in_way="own_namespace")
    practice = write_practice(school=school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    dates = Dates(due_at=timezone.now() + timedelta(minutes=30))
    given = give_practice(practice=practice, class_groups=[class_group], dates=dates, by=None)[0]
    sessions = []
    for number in range(students):
        user = User.objects.create(username=f"student{number}")
        student = Student.objects.create(
            school=school,
            user=user,
            given_name=f"N{number}",
            first_surname="García",
            sort_name=f"garcia {number}",
        )
        enrol_student(student=student, class_group=class_group, by=None)
        sessions.append(_session(user))
    return {"class_practice": given.pk, "sessions": sessions}


def count() -> dict[str, Any]:
    rows = HandIn.objects.filter(attempt=1, is_late=False)
    receipts = [reverse("hand_in_receipt", args=[pk]) for pk in rows.values_list("pk", flat=True)]
    return {"receipts": receipts, "without_version": rows.filter(digest="").count()}


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    found = make(int(sys.argv[2])) if sys.argv[1] == "make" else count()
    sys.stdout.write(json.dumps(found) + "\n")
