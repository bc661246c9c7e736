"""Carries out the checks of images that wait, one after the other, and begins those of the evening."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from classrooms.actions.evening_checks import ask_evening_checks, tell_teachers
from classrooms.actions.image_checks import claim_check, finish_check
from classrooms.image_checks.budget import PullBudget
from classrooms.image_checks.rows import Row, as_row
from classrooms.image_checks.verdicts import Room, SeenImage, check_image
from classrooms.models import ImageCheck
from classrooms.queries.image_checks import CheckItem, items_of, room_of
from hubsync.account.image_look import look_at_images
from hubsync.account.pull_limits import read_limit

logger = logging.getLogger(__name__)
# Seconds; whether an evening has come is asked of the database only now and then.
EVENING_ASKED_EVERY = 300


def check_waiting(is_over: Callable[[], bool] = lambda: False) -> int:
    """Do all checks that wait, those of an evening that has come too; how many. Safe to run twice, late, or never."""
    done = 0
    if cache.add("hubsync.account.image_checking.evening", 1, timeout=EVENING_ASKED_EVERY):
        ask_evening_checks(timezone.now())
    while not is_over() and (check := claim_check()) is not None:
        done += _try(check)
    return done


def _try(check: ImageCheck) -> bool:
    """One check that fails may not keep the worker from the others; after three attempts it is given up."""
    try:
        carry_out(check)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("The check %s failed; it is tried again when its lease has ended.", check.pk)
        return False
    return True


def carry_out(check: ImageCheck) -> None:
    """Look at the images of one check and keep what was found; teachers hear of an evening that found something."""
    now = timezone.now()
    items, room = items_of(check), room_of(check)
    seen = look_at_images(items, now, room.platforms)
    budget = _budget(items, room, now)
    rows = [_row(item, seen[item], room, now) for item in items]
    finish_check(check=check, rows=rows, budget=budget, at=timezone.now())
    tell_teachers(check)


def _row(item: CheckItem, seen: SeenImage, room: Room, now: datetime) -> Row:
    checked = check_image(item.reference, seen, room, frozen=item.frozen, on=timezone.localdate(now))
    return as_row(checked, seen, item.frozen) | {"image": item.image.pk}


def _budget(items: tuple[CheckItem, ...], room: Room, now: datetime) -> PullBudget:
    """Only what is on Docker Hub counts there."""
    counted = [item for item in items if item.reference.is_on_docker_hub]
    return PullBudget(len(counted), room.students, len(room.platforms), read_limit(now) if counted else None)
