"""Who may do what, from the role alone: no queries here. Which rows a person sees, the queries say."""

from classrooms.models import TeacherRole


def may_change_school(role: TeacherRole | None) -> bool:
    """Staff, Docker Hub and what costs money: the owners'."""
    return role is not None and role.role == TeacherRole.Role.OWNER


def may_work_in_school(role: TeacherRole | None) -> bool:
    """Class lists, classes and images: owners and teachers; assistants and who is read-only look on."""
    return role is not None and role.role in (TeacherRole.Role.OWNER, TeacherRole.Role.TEACHER)
