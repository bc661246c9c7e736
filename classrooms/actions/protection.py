"""What a school decides about personal data: consent, Docker Hub off for a class, how long things are kept."""

from django.db import transaction

from classrooms import signals
from classrooms.actions import audit
from classrooms.actions.archived import refuse_archived
from classrooms.models import ClassGroup, RetentionRules, School, Student, User


@transaction.atomic
def set_consent(*, student: Student, consent: str, by: User | None) -> None:
    """What the school knows of age and consent. Without consent the Docker ID is forgotten; again: no change."""
    if student.consent == consent:
        return
    student.consent = consent
    student.save(update_fields=["consent"])
    audit.record(
        school=student.school, actor=by, verb="student.consent", about=student, facts={"consent": consent}
    )
    _leave_docker_hub(student, by)


@transaction.atomic
def set_asks_consent(*, school: School, asks_consent: bool, by: User | None) -> None:
    """Whether a Docker ID needs a recorded age or consent. The IDs that are there stay; they are just not used."""
    if school.asks_consent == asks_consent:
        return
    school.asks_consent = asks_consent
    school.save(update_fields=["asks_consent"])
    facts = {"asks_consent": asks_consent}
    audit.record(school=school, actor=by, verb="school.asks_consent", about=school, facts=facts)
    signals.roster_changed.send(sender=School, school=school, class_group=None)


@transaction.atomic
def set_hub_off(*, class_group: ClassGroup, hub_is_off: bool, by: User | None) -> None:
    """Keep Docker Hub off for a class: no members, no team, no Docker ID asked. On again makes nobody a member."""
    if class_group.hub_is_off == hub_is_off:
        return
    refuse_archived(class_group)
    class_group.hub_is_off = hub_is_off
    class_group.students_are_members = class_group.students_are_members and not hub_is_off
    class_group.save(update_fields=["hub_is_off", "students_are_members"])
    facts = {"hub_is_off": hub_is_off}
    verb = "class.hub_off"
    audit.record(school=class_group.school, actor=by, verb=verb, about=class_group, facts=facts)
    announced = signals.Announced(verb, by.pk if by else None, class_group_ids=(class_group.pk,))
    signals.roster_changed.send(
        sender=ClassGroup,
        school=class_group.school,
        class_group=class_group,
        announced=announced if hub_is_off else None,
    )


@transaction.atomic
def set_retention(*, rules: RetentionRules, by: User | None) -> None:
    """Keep these rules. They hold from the next day's upkeep on, which warns again before anything goes."""
    rules.save()
    facts = {name: getattr(rules, name) for name in RULES}
    audit.record(school=rules.school, actor=by, verb="school.retention", about=rules.school, facts=facts)


RULES = ("years_kept", "months_after_leaving", "register_months", "seen_days")


def _leave_docker_hub(student: Student, by: User | None) -> None:
    if student.may_use_docker_id or not student.docker_id:
        return
    announced = signals.Announced("student.consent", by.pk if by else None, student_ids=(student.pk,))
    signals.roster_changed.send(sender=Student, school=student.school, class_group=None, announced=announced)
    if student.consent == Student.Consent.NONE:
        student.docker_id, student.docker_id_proof, student.docker_id_proven_at = "", "", None
        student.save(update_fields=["docker_id", "docker_id_proof", "docker_id_proven_at"])
