"""The teachers of a school: invited, with a role and dates, gone. Nothing they did is deleted."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.refusals import InviteNotValid, LastOwner, TooManyInvites
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
    *, school: School, email: str, role: str, by: User, ends_on: date | None = None
) -> tuple[StaffInvite, str]:
    """The invitation and its link, which is shown once; the same link goes out by e-mail after the commit.

    Inviting an address again replaces its open invitation: the old link stops. Raises TooManyInvites.
    """
    _refuse_too_many(by)
    token = secrets.token_urlsafe(24)
    school.staff_invites.filter(email__iexact=email, used_at__isnull=True).delete()
    invite = StaffInvite.objects.create(
        school=school,
        email=email,
        role=role,
        ends_on=ends_on,
        token_hash=token_hash(token),
        invited_by=by,
        expires_at=timezone.now() + INVITE_LASTS,
    )
    link = settings.BASE_URL + reverse("staff_invite_accept", args=[token])
    audit.record(school=school, actor=by, verb="staff.invited", about=email, facts={"role": role})
    transaction.on_commit(lambda: _send_invite(invite, link))
    return invite, link


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
        audit.record(school=invite.school, actor=by, verb="staff.invite_cancelled", about=invite.email)


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
    role, _is_new = TeacherRole.objects.get_or_create(
        school=invite.school, user=user, defaults={"role": invite.role}
    )
    if role.role != TeacherRole.Role.OWNER or not _holds(role):
        role.role, role.starts_on, role.ends_on = invite.role, None, invite.ends_on
        role.save(update_fields=["role", "starts_on", "ends_on"])
    audit.record(school=invite.school, actor=user, verb="staff.joined", about=user, facts={"role": role.role})
    signals.staff_changed.send(sender=TeacherRole, school=invite.school, class_group=None)
    return role


@transaction.atomic
def change_role(
    *,
    teacher_role: TeacherRole,
    role: str,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
    docker_id: str = "",
    invite_email: str = "",
) -> TeacherRole:
    """Set role, dates and what the teacher is called on Docker Hub. The same again changes nothing.

    Raises LastOwner when no owner without an end would be left.
    """
    teacher_role.role, teacher_role.starts_on, teacher_role.ends_on = role, starts_on, ends_on
    teacher_role.docker_id, teacher_role.invite_email = docker_id.lower(), invite_email.lower()
    teacher_role.save()
    _keep_an_owner(teacher_role.school)
    facts = {"role": role, "ends_on": ends_on.isoformat() if ends_on else None}
    audit.record(
        school=teacher_role.school, actor=by, verb="staff.changed", about=teacher_role.user, facts=facts
    )
    signals.staff_changed.send(sender=TeacherRole, school=teacher_role.school, class_group=None)
    return teacher_role


@transaction.atomic
def remove_teacher(*, teacher_role: TeacherRole, by: User) -> None:
    """End a role at once. The row stays with its end, and so does the work. Raises LastOwner."""
    yesterday = timezone.localdate() - timedelta(days=1)
    teacher_role.ends_on = yesterday
    teacher_role.starts_on = min(teacher_role.starts_on, yesterday) if teacher_role.starts_on else None
    teacher_role.save(update_fields=["starts_on", "ends_on"])
    _keep_an_owner(teacher_role.school)
    audit.record(school=teacher_role.school, actor=by, verb="staff.removed", about=teacher_role.user)
    signals.staff_changed.send(sender=TeacherRole, school=teacher_role.school, class_group=None)


@transaction.atomic
def set_teachers(*, class_group: ClassGroup, teacher_roles: Iterable[TeacherRole], by: User) -> None:
    """Exactly these people of the school teach the class. The same again changes nothing."""
    wanted = {role.pk: role for role in teacher_roles if role.school_id == class_group.school_id}
    have = set(class_group.teachings.values_list("teacher_role_id", flat=True))
    if have == set(wanted):
        return
    class_group.teachings.exclude(teacher_role_id__in=wanted).delete()
    Teaching.objects.bulk_create(
        Teaching(class_group=class_group, teacher_role=role) for pk, role in wanted.items() if pk not in have
    )
    names = sorted(str(role.user) for role in wanted.values())
    audit.record(
        school=class_group.school, actor=by, verb="class.teachers", about=class_group, facts={"who": names}
    )
    signals.staff_changed.send(sender=Teaching, school=class_group.school, class_group=class_group)


def _holds(role: TeacherRole) -> bool:
    return TeacherRole.objects.current().filter(pk=role.pk).exists()


def _keep_an_owner(school: School) -> None:
    lasting = TeacherRole.objects.owners().filter(school=school, ends_on__isnull=True)
    if not lasting.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=timezone.localdate())).exists():
        raise LastOwner(_("A school needs an owner. Make another teacher an owner first, then try again."))


def _send_invite(invite: StaffInvite, link: str) -> None:
    """A mail that cannot be sent does not undo the invitation: the link is on the page."""
    context = {"invite": invite, "school": invite.school, "link": link}
    # One line, whatever was pasted as the name of the school: no mail goes out with two.
    subject = " ".join(render_to_string("email/staff_invite_subject.txt", context).split())
    message = render_to_string("email/staff_invite_message.txt", context)
    send_mail(subject, message, None, [invite.email], fail_silently=True)
