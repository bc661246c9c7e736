"""The role of a person in a school."""

from classrooms.models import School, TeacherRole, User


def role_in(school: School, user: User) -> TeacherRole | None:
    """The role that holds today; None where there is none."""
    return TeacherRole.objects.current().filter(school=school, user=user).first()
