"""Practices out of the list: into the archive where work belongs to them, into the trash where nothing does."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from classrooms.actions import audit
from classrooms.actions.practice_images import follow_practices
from classrooms.actions.refusals import NotDeletable
from classrooms.models import ClassGroup, ClassPractice, Deletion, Practice, User
from classrooms.queries.practice_use import use_of


@transaction.atomic
def archive_practice(*, practice: Practice, by: User | None) -> None:
    """Out of the list with all its work; no class can be given it until it is back. Twice is the same as once.

    Raises NotDeletable while a class has it.
    """
    use = use_of(practice)
    if use.classes:
        raise NotDeletable(use.sentence)
    _set_archived(practice, by, verb="practice.archived", archived_at=timezone.now())


@transaction.atomic
def unarchive_practice(*, practice: Practice, by: User | None) -> None:
    """Back in the list. Twice is the same as once."""
    _set_archived(practice, by, verb="practice.unarchived", archived_at=None)


def hide_practice(practice: Practice) -> dict[str, Any]:
    """What the trash has to know to bring it back. Raises NotDeletable for what somebody needs.

    Classes of the archive, and those that have a draft, lose it: a class out of the archive must not meet it again.
    """
    use = use_of(practice)
    if not use.may_go:
        raise NotDeletable(use.sentence)
    given = list(practice.class_practices.filter(withdrawn_at__isnull=True).values_list("pk", flat=True))
    ClassPractice.objects.filter(pk__in=given).update(withdrawn_at=timezone.now())
    _follow(given)
    return {"given": given}


def show_practice(deletion: Deletion) -> None:
    """Back in the list, and in the classes that had it."""
    given = deletion.undo.get("given", [])
    ClassPractice.objects.filter(pk__in=given).update(withdrawn_at=None)
    _follow(given)


def _follow(given: list[int]) -> None:
    for class_group in ClassGroup.objects.active().filter(class_practices__in=given).distinct():
        follow_practices(class_group=class_group, by=None)


def _set_archived(practice: Practice, by: User | None, *, verb: str, archived_at: Any) -> None:
    rows = Practice.objects.filter(pk=practice.pk, archived_at__isnull=archived_at is not None)
    if rows.update(archived_at=archived_at):
        practice.archived_at = archived_at
        audit.record(school=practice.school, actor=by, verb=verb, about=practice)
