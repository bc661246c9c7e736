"""Hears what changed in the classrooms and makes the school's organization due, in the same transaction.

Where a person has announced that others lose something, the guard hears of it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from classrooms.image_checks.hand_in import SeenImages
from classrooms.image_references.reference import ImageReference
from classrooms.models import ImageCheck, School, Student
from classrooms.signals import (
    Announced,
    compose_images_asked,
    images_changed,
    person_erased,
    roster_changed,
    staff_changed,
    work_waits,
)
from hubsync.account.compose_images import seen_images
from hubsync.account.shown_images import ShownImages
from hubsync.models import HubAccount
from hubsync.sync.announced import announce, announce_erasure
from hubsync.sync.rings import ring_for_checks, ring_for_lists
from hubsync.sync.schedule import request_reconcile
from hubsync.sync.withdrawn import withdraw_by_rows

_SIGNALS = (roster_changed, images_changed, staff_changed)


def connect() -> None:
    """Connect the receivers; called once, when the models are there."""
    for signal in _SIGNALS:
        signal.connect(wish_it, dispatch_uid="hubsync.hooks")
    compose_images_asked.connect(look_at_compose_images, dispatch_uid="hubsync.hooks")
    person_erased.connect(let_go_of, dispatch_uid="hubsync.hooks")
    work_waits.connect(wake_a_worker, dispatch_uid="hubsync.hooks")


def wish_it(sender: Any, *, school: School, announced: Announced | None = None, **kwargs: Any) -> None:
    """Something that Docker Hub should know of changed in this school.

    Where nobody has let the portal write yet there is nothing to wish for: activating wishes for all of it.
    """
    account = _at_work(school)
    if account is not None:
        if announced is not None:
            announce(account, announced, timezone.now())
        withdraw_by_rows(account)
        request_reconcile(account)


def look_at_compose_images(
    sender: Any, *, school: School, student: Student, references: Sequence[ImageReference], **kwargs: Any
) -> SeenImages:
    """A student who waits at a page hands in a file with a compose file: its other images are on Docker Hub."""
    return seen_images(school, references, ShownImages(student))


def wake_a_worker(sender: Any, **kwargs: Any) -> None:
    """The workers are looked after here, so what waits in the classrooms is rung for here too, once it is saved."""
    transaction.on_commit(ring_for_checks if sender is ImageCheck else ring_for_lists)


def let_go_of(sender: Any, *, student: Student, **kwargs: Any) -> None:
    """A student is about to be erased, who then is nobody's on Docker Hub either."""
    account = _at_work(student.school)
    if account is not None:
        announce_erasure(account, student, timezone.now())
        request_reconcile(account)


def _at_work(school: School) -> HubAccount | None:
    return HubAccount.objects.select_related("school").filter(school=school, is_active=True).first()
