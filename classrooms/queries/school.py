"""A school's page: its classes with counts, and the next step."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.identity import plain_letters
from classrooms.models import AssignedImage, ClassGroup, Enrolment, School, User


@dataclass(frozen=True)
class ClassCard:
    """A class with its counts; `without_docker_id` counts only where students are members."""

    class_group: ClassGroup
    students: int
    with_account: int
    images: int
    teachers: int
    without_docker_id: int

    @property
    def needs_attention(self) -> bool:
        return not self.students or not self.teachers or bool(self.without_docker_id)


@dataclass(frozen=True)
class SchoolPage:
    """`next_step`: "connect", "roster", "assign", or "" once every class has what it needs."""

    school: School
    cards: tuple[ClassCard, ...]
    is_connected: bool
    has_students: bool
    has_images: bool
    archived: tuple[ClassGroup, ...]

    @property
    def next_step(self) -> str:
        if not self.is_connected:
            return "connect"
        if not self.has_students:
            return "roster"
        return "" if self.has_images else "assign"


def school_page(school: School, user: User) -> SchoolPage:
    """Classes of this year and later that the person may see, in six queries however many there are."""
    visible = ClassGroup.objects.visible_to(user).filter(school=school)
    classes = list(visible.active().filter(academic_year__gte=academic_year_of(timezone.localdate())))
    people = _people(classes)
    images = dict(
        AssignedImage.objects.current()
        .filter(class_group__in=classes)
        .values_list("class_group")
        .annotate(Count("pk"))
    )
    teachers = dict(
        ClassGroup.objects.filter(pk__in=[one.pk for one in classes])
        .values_list("pk")
        .annotate(Count("teachings"))
    )
    cards = tuple(_card(one, people.get(one.pk, (0, 0, 0)), images, teachers) for one in classes)
    return SchoolPage(
        school=school,
        cards=cards,
        is_connected=bool(school.namespace),
        has_students=any(card.students for card in cards),
        has_images=any(card.images for card in cards),
        archived=tuple(visible.filter(archived_at__isnull=False)),
    )


def found_cards(page: SchoolPage, search: str) -> tuple[ClassCard, ...]:
    """Those whose name or course has every word of the search, without accents; those who need attention first."""
    words = plain_letters(search).split()
    named = [(plain_letters(f"{one.class_group.name} {one.class_group.course}"), one) for one in page.cards]
    found = [card for name, card in named if all(word in name for word in words)]
    return tuple(sorted(found, key=lambda card: not card.needs_attention))


def _people(classes: list[ClassGroup]) -> dict[int, tuple[int, int, int]]:
    """For each class: students, those with an account, those without a Docker ID."""
    counted = (
        Enrolment.objects.current()
        .filter(class_group__in=classes)
        .values_list("class_group")
        .annotate(
            students=Count("pk"),
            accounts=Count("student__user"),
            without_id=Count("pk", filter=Q(student__docker_id="")),
        )
    )
    return {row[0]: (row[1], row[2], row[3]) for row in counted}


def _card(
    class_group: ClassGroup, people: tuple[int, int, int], images: dict[int, int], teachers: dict[int, int]
) -> ClassCard:
    students, with_account, without_docker_id = people
    return ClassCard(
        class_group=class_group,
        students=students,
        with_account=with_account,
        images=images.get(class_group.pk, 0),
        teachers=teachers.get(class_group.pk, 0),
        without_docker_id=without_docker_id if class_group.students_are_members else 0,
    )
