"""How the people of a school sign in: with what accounts, with a second factor, for how long."""

from django.db import transaction
from django.utils import timezone

from classrooms.actions import audit
from classrooms.actions.resealing import purpose_of
from classrooms.models import School, SchoolSignIn, User
from classrooms.sealing import seal


@transaction.atomic
def set_sign_in_rules(
    *, school: School, requires_second_factor: bool, student_session_minutes: int, language: str, by: User
) -> None:
    """What holds for everybody of the school. The same again changes nothing."""
    rules = {
        "requires_second_factor": requires_second_factor,
        "student_session_minutes": student_session_minutes,
        "language": language,
    }
    if all(getattr(school, name) == value for name, value in rules.items()):
        return
    School.objects.filter(pk=school.pk).update(**rules)
    audit.record(school=school, actor=by, verb="school.sign_in_rules", about=school, facts=rules)


@transaction.atomic
def keep_school_sign_in(
    *,
    school: School,
    kind: str,
    server_url: str,
    client_id: str,
    secret: str,
    domains: list[str],
    is_active: bool,
    by: User,
) -> SchoolSignIn:
    """Keep where the school's accounts are; without `secret` the one before stays. It is sealed and never shown."""
    sign_in = SchoolSignIn.objects.filter(school=school).first() or SchoolSignIn(school=school)
    sign_in.kind, sign_in.server_url, sign_in.client_id = kind, server_url, client_id
    sign_in.domains, sign_in.is_active = domains, is_active
    if secret:
        sign_in.sealed_secret = seal(secret, purpose_of(sign_in))
    sign_in.changed_at = timezone.now()
    sign_in.save()
    facts = {"kind": kind, "domains": domains, "is_active": is_active}
    audit.record(school=school, actor=by, verb="school.sign_in", about=school, facts=facts)
    return sign_in
