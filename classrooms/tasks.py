"""Door bell of Celery's beat: the row in `Upkeep` says whether anything is due."""

from celery import shared_task
from django.utils import timezone

from classrooms.actions.upkeep import claim_and_keep_house


@shared_task(name="classrooms.tasks.keep_house")
def keep_house() -> None:
    """The trash, retention and the register, once a day. Safe to run twice, late, or never."""
    claim_and_keep_house(timezone.now())
