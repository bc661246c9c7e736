"""Schools in the trash, for those who may bring them back."""

from django.db.models import QuerySet

from classrooms.models import Deletion, TeacherRole, User


def deleted_schools_of(user: User) -> QuerySet[Deletion]:
    """Deletions of schools that the person owned without an end: nobody has a role in a deleted school."""
    owned = TeacherRole.objects.owners().filter(user=user, ends_on__isnull=True).values("school")
    rows = Deletion.objects.in_trash().filter(kind=Deletion.Kind.SCHOOL, school__in=owned)
    return rows.select_related("school")
