"""Who a page is for. Each view is marked once; including addresses fails where a view has no mark.

Who is not signed in is asked to. To whom a page is not addressed it is not there: 404, as for another school's rows.
Which rows a person may see is not decided here: the query is the permission.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _

from classrooms.models import Student, TeacherRole, User
from classrooms.second_factor import needs_second_factor

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Audience(StrEnum):
    EVERYONE = "everyone"
    SIGNED_IN = "signed in"
    TEACHERS = "teachers"
    SCHOOL_ADMINS = "school admins"
    STUDENTS = "students"
    ADMINISTRATORS = "administrators"


def for_everyone(view: View[P]) -> View[P]:
    """A page that needs no account."""
    return _marked(view, Audience.EVERYONE)


def for_signed_in(view: View[P]) -> View[P]:
    """A page for any account, whatever its role."""
    return _marked(login_required(view), Audience.SIGNED_IN)


def for_teachers(view: View[P]) -> View[P]:
    """A page for those with a role in some school today."""
    return _checked(view, Audience.TEACHERS, _roles)


def for_school_admins(view: View[P]) -> View[P]:
    """A page for the owners of some school."""
    return _checked(
        view,
        Audience.SCHOOL_ADMINS,
        lambda request: [one for one in _roles(request) if one.role == TeacherRole.Role.OWNER],
    )


def for_students(view: View[P]) -> View[P]:
    """A page for the accounts of students."""
    return _checked(
        view, Audience.STUDENTS, lambda request: Student.objects.filter(user=user_of(request)).exists()
    )


def for_administrators(view: View[P]) -> View[P]:
    """A page for those who run this installation."""
    return _checked(view, Audience.ADMINISTRATORS, lambda request: user_of(request).is_staff)


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; for views that are not for everyone."""
    return cast(User, request.user)


def all_marked(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses. Raises ImproperlyConfigured naming the first view that does not say whom it is for."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and audience_of(pattern.callback) is None:
            raise ImproperlyConfigured(
                f"{pattern.lookup_str} does not say whom it is for (classrooms/access.py)."
            )
    return list(patterns)


def audience_of(view: Callable[..., object]) -> Audience | None:
    return getattr(view, "audience", None)


def _roles(request: HttpRequest) -> list[TeacherRole]:
    """The roles of today with their schools; remembered, so that a second factor is asked for without a query."""
    roles = list(TeacherRole.objects.current().filter(user=user_of(request)).select_related("school"))
    request.current_roles = roles  # type: ignore[attr-defined]
    return roles


def second_factor_first(request: HttpRequest) -> HttpResponseBase | None:
    """For a page for everyone that would show its staff something of a school: the way to what is missing, or None."""
    _roles(request)
    return _second_factor_first(request)


def _second_factor_first(request: HttpRequest) -> HttpResponseBase | None:
    """The way to setting up a second factor, where a school of the person asks for one that is missing."""
    asks = [one.school for one in getattr(request, "current_roles", []) if one.school.requires_second_factor]
    if not asks or not needs_second_factor(user_of(request)):
        return None
    told = _("%(school)s asks for a second factor. Set up an app or a passkey here, then go on.")
    messages.warning(request, told % {"school": asks[0]})
    return redirect("mfa_index")


def _checked(view: View[P], audience: Audience, is_addressed: Callable[[HttpRequest], object]) -> View[P]:
    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not is_addressed(request):
            raise Http404
        return _second_factor_first(request) or view(request, *args, **kwargs)

    return _marked(cast(View[P], login_required(checked)), audience)


def _marked(view: View[P], audience: Audience) -> View[P]:
    view.audience = audience  # type: ignore[attr-defined]
    return view
