"""The token with which the students of a class pull its private images: kept sealed, shown to them, ended by a press."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.models import ClassGroup, PullAccess, User
from classrooms.sealing import NotOpened, seal, unseal


@transaction.atomic
def keep_pull_access(
    *, class_group: ClassGroup, account_name: str, token: str, until: date, by: User | None
) -> PullAccess:
    """Let the class's students use this token until that day. Another one takes its place."""
    refuse_archived(class_group)
    access, _is_new = PullAccess.objects.update_or_create(
        class_group=class_group,
        defaults={"account_name": account_name, "sealed": seal(token, _purpose(class_group)), "set_by": by},
    )
    _set_until(class_group, until)
    audit.record(school=class_group.school, actor=by, verb="class.pull_access_set", about=class_group)
    return access


@transaction.atomic
def end_pull_access(*, class_group: ClassGroup, by: User | None) -> None:
    """Show the token to nobody any more, and forget it. Who has copied it can use it until it is revoked outside."""
    gone, _rows = PullAccess.objects.filter(class_group=class_group).delete()
    _set_until(class_group, None)
    if gone:
        audit.record(school=class_group.school, actor=by, verb="class.pull_access_ended", about=class_group)


def open_pull_access(class_group: ClassGroup) -> tuple[str, str] | None:
    """(name, token) for `docker login`; None where there is none that holds today, or it cannot be opened."""
    access = PullAccess.objects.filter(class_group=class_group).first()
    if access is None or not class_group.has_pull_access:
        return None
    try:
        return access.account_name, unseal(access.sealed, _purpose(class_group))
    except NotOpened:
        return None


def _purpose(class_group: ClassGroup) -> str:
    return f"pull-access:{class_group.pk}"


def _set_until(class_group: ClassGroup, until: date | None) -> None:
    ClassGroup.objects.filter(pk=class_group.pk).update(pull_access_until=until)
    class_group.pull_access_until = until
