"""Invitations to the staff of a school: by e-mail or a link handed over, for one role, once, until they expire."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.mails import mail_to_address
from classrooms.actions.refusals import InviteNotValid, TooManyInvites
from classrooms.actions.staff import give_classes_of_the_absent, holds
from classrooms.identity import token_hash
from classrooms.models import (
    AuditEntry,
    ClassGroup,
    School,
    StaffInvite,
    Student,
    TeacherRole,
    Teaching,
    User,
)

INVITE_LASTS = timedelta(days=14)
# Anybody may sign up and name a school: the portal's mail must not carry somebody's words to all the world.
MOST_INVITES_A_DAY = 100


@transaction.atomic
def invite_teacher(
    *,
    school: School,
    role: str,
    by: User,
    email: str = "",
    name: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    substitutes: TeacherRole | None = None,
    class_groups: Iterable[ClassGroup] = (),
) -> tuple[StaffInvite, str]:
    """The invitation and its link, which is shown once; with an address the link goes out by e-mail too.

    Inviting an address again replaces its open invitation: the old link stops. Raises TooManyInvites.
    """
    if email:
        school.staff_invites.filter(email__iexact=email, used_at__isnull=True).delete()
    invite = StaffInvite(
        school=school,
        email=email,
        name=name,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        substitutes=substitutes,
    )
    link = _issue(invite, by)
    invite.class_groups.set(class_groups)
    return invite, link


@transaction.atomic
def resend_invite(*, invite: StaffInvite, by: User) -> str:
    """A new link in place of the old one, with its whole time again, sent as the first was. Raises TooManyInvites."""
    return _issue(invite, by)


def _issue(invite: StaffInvite, by: User) -> str:
    _refuse_too_many(by)
    token = secrets.token_urlsafe(24)
    invite.token_hash, invite.invited_by = token_hash(token), by
    invite.expires_at = timezone.now() + INVITE_LASTS
    invite.save()
    link = f"{settings.BASE_URL}{reverse('staff_invite_accept', args=[token])}"
    facts = {"role": invite.role}
    audit.record(school=invite.school, actor=by, verb="staff.invited", about=invite.whom, facts=facts)
    if invite.email:
        transaction.on_commit(lambda: _send_invite(invite, link))
    return link


def _refuse_too_many(by: User) -> None:
    """Counted in the register, which keeps those that were taken back or replaced too."""
    since = timezone.now() - timedelta(days=1)
    if AuditEntry.objects.filter(actor=by, verb="staff.invited", at__gt=since).count() >= MOST_INVITES_A_DAY:
        told = _("You have sent %(count)s invitations within a day. Go on tomorrow.")
        raise TooManyInvites(told % {"count": MOST_INVITES_A_DAY})


def find_invite(token: str) -> StaffInvite | None:
    """The open invitation behind a link; None when it was used, has expired, never existed or its maker is no owner."""
    return (
        StaffInvite.objects.open()
        .filter(token_hash=token_hash(token))
        .select_related("school", "invited_by")
        .first()
    )


@transaction.atomic
def cancel_invite(*, invite: StaffInvite, by: User) -> None:
    """The link stops. A link that was used stays as history."""
    if StaffInvite.objects.filter(pk=invite.pk, used_at__isnull=True).delete()[0]:
        audit.record(school=invite.school, actor=by, verb="staff.invite_cancelled", about=invite.whom)


@transaction.atomic
def accept_invite(*, token: str, user: User) -> TeacherRole:
    """The role that the link gives; a link works once. An owner who opens one stays an owner.

    Raises InviteNotValid, also for the account of a student.
    """
    invite = find_invite(token)
    used = StaffInvite.objects.filter(pk=invite.pk, used_at__isnull=True) if invite else None
    if invite is None or used is None or not used.update(used_at=timezone.now()):
        raise InviteNotValid(_("This link is no longer valid. Ask the person who invited you for a new one."))
    if Student.objects.filter(user=user).exists():
        raise InviteNotValid(
            _("You are signed in as a student. Sign in with your teacher’s account and open the link.")
        )
    role = _give_role(invite, user)
    give_classes_of_the_absent(role, by=user)
    audit.record(school=invite.school, actor=user, verb="staff.joined", about=user, facts={"role": role.role})
    signals.staff_changed.send(sender=TeacherRole, school=invite.school, class_group=None)
    return role


def _give_role(invite: StaffInvite, user: User) -> TeacherRole:
    role, _is_new = TeacherRole.objects.get_or_create(
        school=invite.school, user=user, defaults={"role": invite.role}
    )
    if role.role != TeacherRole.Role.OWNER or not holds(role):
        role.role, role.starts_on, role.ends_on = invite.role, invite.starts_on, invite.ends_on
        role.substitutes = invite.substitutes if invite.substitutes_id != role.pk else None
        role.save(update_fields=["role", "starts_on", "ends_on", "substitutes"])
    for class_group in invite.class_groups.all():
        Teaching.objects.get_or_create(
            class_group=class_group, teacher_role=role, defaults={"role": class_role_of(invite.role)}
        )
    return role


def class_role_of(role: str) -> str:
    """What somebody with that role in the school is in a class that is given along with it."""
    return Teaching.Role.TEACHER if role == TeacherRole.Role.OWNER else role


def _send_invite(invite: StaffInvite, link: str) -> None:
    """A mail that cannot be sent does not undo the invitation: the link is on the page."""
    context = {"invite": invite, "school": invite.school, "link": link}
    mail_to_address(invite.email, "staff_invite", context)
