"""What goes with a class, a student, an image, a practice or a school that is deleted: counted before anybody says yes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CASCADE, Model
from django.db.models.fields.reverse_related import ForeignObjectRel

from classrooms.models import (
    Assessment,
    AuditEntry,
    ClassGroup,
    Deletion,
    HandIn,
    Image,
    ImageCheck,
    Practice,
    School,
    Student,
)
from classrooms.queries.leavers import who_leaves

Deletable = ClassGroup | Student | Image | Practice | School
# The portal's own book-keeping: a person who deletes something does not think of these.
BOOKKEEPING = {Deletion, AuditEntry, ImageCheck}
# One relation further away, and what everybody would miss most.
_WORK = {ClassGroup: "class_practice__class_group", School: "class_practice__class_group__school"}


@dataclass(frozen=True)
class Goes:
    """`count` rows of what `label` names in the reader's language: "enrolments"."""

    label: str
    count: int


@dataclass(frozen=True)
class DeletionPreview:
    name: str
    goes: tuple[Goes, ...]
    leavers: tuple[Student, ...]


def deletion_preview(row: Deletable) -> DeletionPreview:
    """All that hangs on the row, whatever is built later: relations are walked, not listed."""
    return DeletionPreview(str(row), tuple(_hanging(row)), tuple(_leavers(row)))


def find_deletable(school: School, kind: str, object_id: int) -> Deletable | None:
    """What an address names, where it belongs to the school and is not deleted yet."""
    if kind == Deletion.Kind.SCHOOL:
        return school if object_id == school.pk else None
    rows = (
        {
            Deletion.Kind.CLASS_GROUP: school.class_groups,
            Deletion.Kind.STUDENT: school.students,
            Deletion.Kind.IMAGE: school.images,
            Deletion.Kind.PRACTICE: school.practices,
        }.get(Deletion.Kind(kind))
        if kind in Deletion.Kind
        else None
    )
    found = rows.filter(pk=object_id).first() if rows is not None else None
    return found if isinstance(found, ClassGroup | Student | Image | Practice) else None


def _hanging(row: Deletable) -> Iterable[Goes]:
    for relation in row._meta.related_objects:
        if relation.on_delete is CASCADE or relation.related_model.__name__ == "AssignedImage":
            model = relation.related_model
            count = 0 if model in BOOKKEEPING else _count(model, relation, row)
            if count:
                yield Goes(str(model._meta.verbose_name_plural), count)
    yield from _work_in(row)


def _work_in(row: Deletable) -> Iterable[Goes]:
    for model in (HandIn, Assessment) if type(row) in _WORK else ():
        count = model._base_manager.filter(**{_WORK[type(row)]: row}).count()
        if count:
            yield Goes(str(model._meta.verbose_name_plural), count)


def _count(model: type[Model], relation: ForeignObjectRel, row: Deletable) -> int:
    return model._base_manager.filter(**{relation.field.name: row}).count()


def _leavers(row: Deletable) -> list[Student]:
    if isinstance(row, ClassGroup):
        return who_leaves(row.school, [row.pk])
    if isinstance(row, School):
        return who_leaves(row, list(row.class_groups.values_list("pk", flat=True)))
    if isinstance(row, Student):
        classes = row.enrolments.current().values_list("class_group_id", flat=True)
        return [one for one in who_leaves(row.school, list(classes)) if one.pk == row.pk]
    return []
