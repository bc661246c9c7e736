"""Parts of classes on their way to Docker Hub, and whose Docker ID may be used at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q, QuerySet

from classrooms.models import ClassGroup, Enrolment, Student, SubGroup


class SubGroups:
    """The parts of these classes, in a lasting order, with the names of their teams once they are known."""

    def __init__(self, groups: QuerySet[ClassGroup]) -> None:
        found = SubGroup.objects.filter(class_group__in=groups).select_related("class_group").order_by("pk")
        self.parts = list(found)
        self.names: dict[int, str] = {}

    @property
    def names_wanted(self) -> list[tuple[str, int]]:
        """As `distinct_team_names` takes them, after all the classes: a new part takes no class's name."""
        return [(f"{one.class_group.name} {one.name}", one.class_group.academic_year) for one in self.parts]

    def are_called(self, names: Sequence[str]) -> None:
        self.names = {one.pk: name for one, name in zip(self.parts, names, strict=True)}

    def with_ids(self, ids: Collection[int | None]) -> Iterable[SubGroup]:
        return (one for one in self.parts if one.pk in ids)


def with_docker_id(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Enrolments of students whose Docker ID is known and, as far as the school asks, covered by age or consent."""
    consent = Student.Consent
    allowed = Q(student__consent__in=(consent.OVER_14, consent.GIVEN))
    unasked = Q(student__consent=consent.UNKNOWN, student__school__asks_consent=False)
    return rows.exclude(student__docker_id="").filter(allowed | unasked)


def docker_ids(rows: QuerySet[Enrolment]) -> set[str]:
    return set(with_docker_id(rows).values_list("student__docker_id", flat=True))
