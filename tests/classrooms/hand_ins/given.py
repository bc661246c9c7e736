"""A practice that is given to a class, and work that was handed in for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from classrooms.actions.handing_in import HandedIn, hand_in
from classrooms.actions.practices import Dates, PracticeText, give_practice, publish_practice, write_practice
from classrooms.models import ClassGroup, ClassPractice, HandIn, Practice, Student

DIGEST = "sha256:" + "ab" * 32
WEB = HandedIn(reference="bruno1/web:v1", digest=DIGEST, platforms=("linux/amd64",), ports=(80,))


def give(class_group: ClassGroup, *, due_at: datetime | None = None, **facts: Any) -> ClassPractice:
    """Published, due in an hour; `facts` are of the practice."""
    written = PracticeText("Práctica 6", **{"hand_in_way": Practice.Way.NAMESPACE} | facts)
    practice = write_practice(school=class_group.school, written=written, by=None)
    publish_practice(practice=practice, by=None)
    dates = Dates(due_at=due_at or timezone.now() + timedelta(hours=1))
    return give_practice(practice=practice, class_groups=[class_group], dates=dates, by=None)[0]


def hand(
    given: ClassPractice, student: Student, handed_in: HandedIn = WEB, at: datetime | None = None
) -> HandIn:
    return hand_in(class_practice=given, student=student, handed_in=handed_in, at=at)
