"""The school of an address, for those who may see it: what is not theirs is not there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.models import School, TeacherRole
from hubsync.models import HubAccount


def own_school(request: HttpRequest, school_id: int) -> School:
    """A school that the person owns, else 404."""
    return get_object_or_404(School.objects.owned_by(request.user), pk=school_id)


def visible_school(request: HttpRequest, school_id: int) -> School:
    """A school in which the person has any role today, else 404."""
    return get_object_or_404(School.objects.of(request.user), pk=school_id)


def may_let_it_happen(request: HttpRequest, school: School) -> bool:
    """Owners and teachers of the school; assistants and who may only read look on."""
    roles = TeacherRole.objects.current().filter(user=request.user, school=school)  # type: ignore[misc]
    return roles.teaching().exists()


def is_owner(request: HttpRequest, school: School) -> bool:
    return TeacherRole.objects.current().owners().filter(user=request.user, school=school).exists()  # type: ignore[misc]


def not_connected(request: HttpRequest, school: School) -> HttpResponse:
    """What a page about Docker Hub says where there is nothing to show yet."""
    context = {"school": school, "is_owner": is_owner(request, school)}
    return render(request, "hubsync/not_connected.html", context)


def sent_text(request: HttpRequest, name: str) -> str:
    """What a field of a page without a form of its own says; a zero byte in it is an error in PostgreSQL."""
    return request.POST.get(name, "").replace("\0", "")


def account_of(school: School) -> HubAccount | None:
    return HubAccount.objects.select_related("school").filter(school=school).first()
