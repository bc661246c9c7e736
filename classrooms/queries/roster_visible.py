"""Whose class lists a person may look at."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from classrooms.models import RosterImport, School, TeacherRole, User


def imports_of(user: User) -> QuerySet[RosterImport]:
    """The own lists, those of whom the person substitutes today and, for owners, all of the school.

    Nobody else's: a list may hold classes that a colleague does not teach.
    """
    mine = Q(uploaded_by=user) | Exists(_substituting(user))
    own = mine & Q(school__in=School.objects.worked_in_by(user))
    return RosterImport.objects.filter(own | Q(school__in=School.objects.owned_by(user)))


def waiting_lists(user: User, school: School) -> list[RosterImport]:
    """Class lists of the school that are not in yet, the newest first, with who brought them: on most of them the person
    can still decide, a large one may be on its way in."""
    open_states = (RosterImport.State.WAITING, RosterImport.State.ASKED)
    waiting = imports_of(user).filter(school=school, state__in=open_states)
    # The rows of a large list are some hundred kilobytes that nobody reads here.
    return list(waiting.select_related("uploaded_by").defer("rows", "errors", "refused", "confirmed")[:20])


def _substituting(user: User) -> QuerySet[TeacherRole]:
    """The roles of today in which the person substitutes whoever brought the list of the outer query."""
    roles = TeacherRole.objects.current().teaching().filter(user=user, school=OuterRef("school"))
    return roles.filter(substitutes__school=OuterRef("school"), substitutes__user=OuterRef("uploaded_by"))
