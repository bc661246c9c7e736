"""Making a school and what is said about it as a whole."""

from django.db import transaction

from classrooms.actions import audit
from classrooms.models import School, TeacherRole, User


@transaction.atomic
def create_school(*, name: str, code: str = "", owner: User) -> School:
    """A new school with its first owner. Calling it twice makes two schools: two may have the same name."""
    school = School.objects.create(name=name, code=code)
    TeacherRole.objects.create(school=school, user=owner, role=TeacherRole.Role.OWNER)
    audit.record(school=school, actor=owner, verb="school.created", about=school)
    return school


@transaction.atomic
def rename_school(*, school: School, name: str, code: str, by: User | None) -> None:
    """Another name or code. The same again changes nothing."""
    was = (school.name, school.code)
    if was == (name, code):
        return
    school.name, school.code = name, code
    school.save(update_fields=["name", "code"])
    audit.record(school=school, actor=by, verb="school.renamed", about=school, facts={"was": was[0]})


def set_namespace(*, school: School, namespace: str, is_personal: bool | None = None) -> None:
    """Keep under which name the school's own images live ("iestriana"). The same again changes nothing.

    `is_personal` says that the account is one person's, without teams; None leaves what is known of it.
    Images of another namespace are no longer the school's own; they stay in its list as anybody's.
    """
    namespace = namespace.lower()
    if is_personal is not None and school.namespace_is_personal != is_personal:
        school.namespace_is_personal = is_personal
        school.save(update_fields=["namespace_is_personal"])
    if school.namespace == namespace:
        return
    school.namespace = namespace
    school.save(update_fields=["namespace"])
    school.images.filter(is_own=True).exclude(repository__startswith=f"{namespace}/").update(is_own=False)


def explain_enrolment_words(*, school: School, words: dict[str, str]) -> None:
    """Remember what words of the column Estado Matrícula mean here: {"word": "active" or "left"}."""
    if words.items() <= school.enrolment_words.items():
        return
    school.enrolment_words = {**school.enrolment_words, **words}
    school.save(update_fields=["enrolment_words"])
