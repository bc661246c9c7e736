"""The staff of a school: roles and dates, who substitutes whom, who teaches what. Nothing they did is deleted."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.actions.refusals import LastOwner, NotYours
from classrooms.models import ClassGroup, School, TeacherRole, Teaching, User


@transaction.atomic
def change_role(
    *,
    teacher_role: TeacherRole,
    role: str,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
    substitutes: TeacherRole | None = None,
    docker_id: str = "",
    invite_email: str = "",
) -> TeacherRole:
    """Set role, dates, whom the person substitutes and the name on Docker Hub. The same again changes nothing.

    Raises LastOwner when no owner without an end would be left.
    """
    teacher_role.role, teacher_role.starts_on, teacher_role.ends_on = role, starts_on, ends_on
    teacher_role.docker_id, teacher_role.invite_email = docker_id.lower(), invite_email.lower()
    teacher_role.substitutes = substitutes
    teacher_role.save()
    _keep_an_owner(teacher_role.school)
    give_classes_of_the_absent(teacher_role, by=by)
    facts = {"role": role, "ends_on": ends_on.isoformat() if ends_on else None}
    audit.record(
        school=teacher_role.school, actor=by, verb="staff.changed", about=teacher_role.user, facts=facts
    )
    _announce("staff.changed", by, teacher_role)
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
    _announce("staff.removed", by, teacher_role)


@transaction.atomic
def hand_over_school(*, teacher_role: TeacherRole, by: User) -> None:
    """Make that person an owner without an end, and the one who hands over a teacher.

    Raises NotYours where `by` owns nothing to hand over, or the person is the same or has no role today.
    """
    school = teacher_role.school
    own = TeacherRole.objects.current().owners().filter(school=school, user=by).first()
    if own is None or own.pk == teacher_role.pk or not holds(teacher_role):
        raise NotYours(_("Hand the school over to somebody else who works here today."))
    teacher_role.role, teacher_role.ends_on, teacher_role.substitutes = TeacherRole.Role.OWNER, None, None
    teacher_role.save(update_fields=["role", "ends_on", "substitutes"])
    own.role = TeacherRole.Role.TEACHER
    own.save(update_fields=["role"])
    audit.record(school=school, actor=by, verb="school.handed_over", about=teacher_role.user)
    signals.staff_changed.send(sender=TeacherRole, school=school, class_group=None)


def give_classes_of_the_absent(teacher_role: TeacherRole, *, by: User | None) -> int:
    """Let a substitute work in the classes of whom they substitute, in the same roles; how many were added.

    The rows end with the substitute's last day and take nothing from the absent teacher.
    """
    absent = teacher_role.substitutes
    if absent is None or absent.school_id != teacher_role.school_id:
        return 0
    have = set(teacher_role.teachings.values_list("class_group_id", flat=True))
    given = [one for one in absent.teachings.all() if one.class_group_id not in have]
    Teaching.objects.bulk_create(
        Teaching(class_group_id=one.class_group_id, teacher_role=teacher_role, role=one.role) for one in given
    )
    if given:
        facts = {"substitute": str(teacher_role.user), "classes": len(given)}
        audit.record(
            school=teacher_role.school, actor=by, verb="staff.substitutes", about=absent.user, facts=facts
        )
    return len(given)


@transaction.atomic
def set_teachers(*, class_group: ClassGroup, teacher_roles: Iterable[TeacherRole], by: User) -> None:
    """Exactly these people of the school teach the class. The same again changes nothing."""
    set_teachings(class_group=class_group, roles=dict.fromkeys(teacher_roles, Teaching.Role.TEACHER), by=by)


@transaction.atomic
def set_teachings(*, class_group: ClassGroup, roles: Mapping[TeacherRole, str], by: User) -> None:
    """Exactly these people have the class, each as what `roles` says. The same again changes nothing.

    Who substitutes somebody new in the class today has it as well.
    """
    wanted = {role.pk: kind for role, kind in roles.items() if role.school_id == class_group.school_id}
    have = dict(class_group.teachings.values_list("teacher_role_id", "role"))
    if have == wanted:
        return
    refuse_archived(class_group)
    for substitute in TeacherRole.objects.current().filter(substitutes__in=set(wanted) - set(have)):
        wanted.setdefault(substitute.pk, wanted[substitute.substitutes_id or 0])
    class_group.teachings.exclude(teacher_role_id__in=wanted).delete()
    for pk, kind in wanted.items():
        if have.get(pk) != kind:
            Teaching.objects.update_or_create(
                class_group=class_group, teacher_role_id=pk, defaults={"role": kind}
            )
    names = sorted(str(one.user) for one in TeacherRole.objects.filter(pk__in=wanted).select_related("user"))
    audit.record(
        school=class_group.school, actor=by, verb="class.teachers", about=class_group, facts={"who": names}
    )
    announced = signals.Announced(
        "class.teachers",
        by.pk,
        class_group_ids=(class_group.pk,),
        teacher_role_ids=tuple(sorted(set(have) - set(wanted))),
    )
    signals.staff_changed.send(
        sender=Teaching,
        school=class_group.school,
        class_group=class_group,
        announced=announced if announced.teacher_role_ids else None,
    )


def _announce(reason: str, by: User, teacher_role: TeacherRole) -> None:
    """Tell what the person may lose by it: what their role no longer gives, in all their classes."""
    announced = signals.Announced(reason, by.pk, teacher_role_ids=(teacher_role.pk,))
    signals.staff_changed.send(
        sender=TeacherRole, school=teacher_role.school, class_group=None, announced=announced
    )


def holds(role: TeacherRole) -> bool:
    """Whether the role is one of today."""
    return TeacherRole.objects.current().filter(pk=role.pk).exists()


def _keep_an_owner(school: School) -> None:
    lasting = TeacherRole.objects.owners().filter(school=school, ends_on__isnull=True)
    if not lasting.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=timezone.localdate())).exists():
        raise LastOwner(_("A school needs an owner. Make another teacher an owner first, then try again."))
