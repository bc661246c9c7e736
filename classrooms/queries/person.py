"""Everything the portal keeps of one student, for whoever asks for it (right of access and portability)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Field, Min, Model, Q
from django.db.models.fields.related import ForeignKey
from django.utils import timezone

from classrooms.models import Assessment, AuditEntry, Enrolment, Extension, Student, User
from classrooms.queries.activity import sentence

# Ways in, not facts about the person: they are of no use to anybody who may have them.
_SECRETS = {"password", "code_hash", "token_hash", "external_id_hash", "session_epoch"}
_OF_USER = ("username", "email", "first_name", "last_name", "language", "date_joined", "last_login")
# These are read in words further down.
_TOLD_APART = {AuditEntry, Enrolment}
_Hidden = Mapping[type[Model], Q]


def person_data(student: Student, *, for_the_student: bool = False) -> dict[str, Any]:
    """Ready for JSON, English keys: the student, the account, the classes, and every row that points to them.

    Relations are walked, not listed, so that what is built later is in it. `for_the_student` leaves out what students
    are told later: a mark until it is published, more time for an exam until its minute.
    """
    hidden = _not_told_yet() if for_the_student else {}
    return {
        "student": _fields(student) | {"alias": student.alias, "school": str(student.school)},
        "account": _account(student.user),
        "classes": [_enrolment(one) for one in _enrolments(student)],
        **dict(_related(student, hidden)),
        "register": [_entry(one) for one in _entries(student, hidden)],
    }


def _not_told_yet() -> _Hidden:
    later = Q(class_practice__visible_from__gt=timezone.now()) | Q(class_practice__practice__is_draft=True)
    return {Assessment: Q(published_at__isnull=True), Extension: later}


def _account(user: User | None) -> dict[str, Any] | None:
    return {name: _plain(getattr(user, name)) for name in _OF_USER} if user else None


def _enrolments(student: Student) -> Iterable[Enrolment]:
    rows = student.enrolments.select_related("class_group").order_by("enrolled_on", "pk")
    return rows.prefetch_related("past_stays", "sub_groups")


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    stays = [(one.enrolled_on, one.left_on) for one in enrolment.past_stays.all()]
    stays.append((enrolment.enrolled_on, enrolment.left_on))  # type: ignore[arg-type]
    return {
        "class": str(enrolment.class_group),
        "course": enrolment.class_group.course,
        "stays": [{"from": _plain(begun), "until": _plain(left)} for begun, left in stays],
        "sub_groups": [one.name for one in enrolment.sub_groups.all()],
        **dict(_related(enrolment, {}, leave_out={"paststay"})),
    }


def _related(
    row: Model, hidden: _Hidden, leave_out: Iterable[str] = ()
) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    for relation in row._meta.related_objects:
        model = relation.related_model
        name = model._meta.model_name or ""
        if model in _TOLD_APART or name in leave_out or relation.many_to_many:
            continue
        found = model._base_manager.filter(**{relation.field.name: row})
        if model in hidden:
            found = found.exclude(hidden[model])
        if found.exists():
            yield name, [_fields(one) for one in found.order_by("pk")]


def _fields(row: Model) -> dict[str, Any]:
    kept = [field for field in row._meta.concrete_fields if field.name not in _SECRETS]
    return {field.name: _value(row, field) for field in kept}


def _value(row: Model, field: Field[Any, Any]) -> Any:
    """A foreign row by what it is called; another person's name is not this person's data."""
    if isinstance(field, ForeignKey):
        if field.related_model in (User, Student):
            return None
        found = getattr(row, field.name)
        return None if found is None else str(found)
    return _plain(getattr(row, field.name))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool | list | dict) else str(value)


def _entries(student: Student, hidden: _Hidden) -> Iterable[AuditEntry]:
    own = AuditEntry.objects.filter(student=student)
    own |= AuditEntry.objects.filter(actor__isnull=False, actor_id=student.user_id)
    if Extension not in hidden:
        return own
    # "More time for a practice" names none, but who knows of no such practice would know that an exam is coming.
    since = student.extensions.filter(hidden[Extension]).aggregate(first=Min("granted_at"))["first"]
    return own.exclude(verb="practice.extended", at__gte=since) if since else own


def _entry(entry: AuditEntry) -> dict[str, Any]:
    """Without who did it: that is the other person's."""
    return {"at": entry.at.isoformat(), "what": sentence(entry)}
