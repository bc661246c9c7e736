"""Inviting somebody once more whose invitation came to an end: a person decides it, because it is an e-mail and a seat."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from classrooms.actions.audit import record
from classrooms.models import ClassGroup, Enrolment, School, TeacherRole, User
from hubsync.account.refusals import NotConnectable
from hubsync.models import HubAccount, HubPerson
from hubsync.sync.people import forget_person
from hubsync.sync.schedule import request_reconcile

MAY_BE_ASKED_AGAIN = (*HubPerson.ENDED, HubPerson.State.INVALID)


@transaction.atomic
def invite_again(*, account: HubAccount, person: HubPerson, by: User | None) -> None:
    """Forget how their invitation ended, so that the next run invites them as anybody new.

    Raises NotConnectable for whom nothing came to an end: they wait, or are members, and another e-mail would be for
    nothing.
    """
    row = HubPerson.objects.select_for_update().filter(account=account, pk=person.pk).first()
    if row is None or row.state not in MAY_BE_ASKED_AGAIN:
        raise NotConnectable(
            _("Nothing to do: the invitation of %(key)s has not ended.") % {"key": person.key}
        )
    facts = {"state": str(row.state)}
    record(school=account.school, actor=by, verb="hub.invited_again", about=row.key, facts=facts)
    forget_person(account, row.key)
    if account.is_active:
        request_reconcile(account, urgent=True)


def may_invite_again(user: User, school: School, key: str) -> bool:
    """Owners of the school for everybody; a teacher for the students of the classes that they teach."""
    if School.objects.owned_by(user).filter(pk=school.pk).exists():
        return True
    if (
        TeacherRole.objects.current()
        .filter(user=user, school=school, role=TeacherRole.Role.READ_ONLY)
        .exists()
    ):
        return False
    mine = ClassGroup.objects.taught_by(user).filter(school=school)
    return Enrolment.objects.current().filter(class_group__in=mine, student__docker_id__iexact=key).exists()
