"""Hears what changed in the classrooms and makes the school's organization due, in the same transaction."""

from __future__ import annotations

from typing import Any

from classrooms.models import School
from classrooms.signals import images_changed, roster_changed, staff_changed
from hubsync.models import HubAccount
from hubsync.sync.schedule import request_reconcile

_SIGNALS = (roster_changed, images_changed, staff_changed)


def connect() -> None:
    """Connect the receivers; called once, when the models are there."""
    for signal in _SIGNALS:
        signal.connect(wish_it, dispatch_uid="hubsync.hooks")


def wish_it(sender: Any, *, school: School, **kwargs: Any) -> None:
    """Something that Docker Hub should know of changed in this school.

    Where nobody has let the portal write yet there is nothing to wish for: activating wishes for all of it.
    """
    account = HubAccount.objects.filter(school=school, is_active=True).first()
    if account is not None:
        request_reconcile(account)
