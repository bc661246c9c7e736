"""Door bells of Celery: rows say whether anything is due."""

from celery import shared_task
from django.utils import timezone

from classrooms.actions.roster_background import bring_in_waiting
from classrooms.actions.upkeep import claim_and_keep_house


@shared_task(name="classrooms.tasks.keep_house")
def keep_house() -> None:
    """The trash, retention and the register, once a day. Safe to run twice, late, or never."""
    claim_and_keep_house(timezone.now())


@shared_task(name="classrooms.tasks.bring_in_lists")
def bring_in_lists() -> None:
    """Large class lists that somebody has confirmed. Safe to run twice, late, or never."""
    bring_in_waiting()
