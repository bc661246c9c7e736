"""The start page of a teacher: schools and classes."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from classrooms.academic_years import academic_year_of
from classrooms.models import ClassGroup, School, TeacherRole, User
from classrooms.queries.hand_ins import waiting


@dataclass(frozen=True)
class SchoolOfMine:
    """A school and its classes of this year or later that the person may see.

    Each class has `student_count`, `image_count`, and `waiting_count`: how many hand-ins nobody has marked, None for none.
    """

    school: School
    role: TeacherRole
    class_groups: tuple[ClassGroup, ...]

    @property
    def may_work(self) -> bool:
        """Whether the person brings in class lists here."""
        return self.role.role in (TeacherRole.Role.OWNER, TeacherRole.Role.TEACHER)

    @property
    def next_step(self) -> str:
        """ "roster", "assign", "connect": what this person can do next; "" where nothing is missing."""
        if not self.may_work:
            return ""
        if not any(one.student_count for one in self.class_groups):  # type: ignore[attr-defined]
            return "roster"
        if not any(one.image_count for one in self.class_groups):  # type: ignore[attr-defined]
            return "assign"
        return "connect" if self.role.role == TeacherRole.Role.OWNER and not self.school.namespace else ""


@dataclass(frozen=True)
class Home:
    """`is_student`: the account of a student, whose start page is another one."""

    schools: tuple[SchoolOfMine, ...]
    is_student: bool


def home_for(user: User) -> Home:
    """Schools by name, in three queries."""
    roles = TeacherRole.objects.current().filter(user=user).select_related("school").order_by("school__name")
    is_current = Q(enrolments__left_on__isnull=True)
    is_assigned = Q(assigned_images__isnull=False, assigned_images__withdrawn_at__isnull=True)
    here = waiting().filter(
        class_practice__class_group=OuterRef("pk"), class_practice__withdrawn_at__isnull=True
    )
    waiting_here = here.values("class_practice__class_group")
    class_groups = list(
        ClassGroup.objects.filter(
            pk__in=ClassGroup.objects.visible_to(user).active().values("pk"),
            academic_year__gte=academic_year_of(timezone.localdate()),
        )
        .annotate(
            student_count=Count("enrolments", filter=is_current, distinct=True),
            image_count=Count("assigned_images", filter=is_assigned, distinct=True),
            waiting_count=Subquery(waiting_here.annotate(number=Count("pk")).values("number")),
        )
        # A query that groups takes no order from its model.
        .order_by("-academic_year", "name", "course")
    )
    return Home(
        schools=tuple(
            SchoolOfMine(
                role.school, role, tuple(one for one in class_groups if one.school_id == role.school_id)
            )
            for role in roles
        ),
        is_student=hasattr(user, "student"),
    )
