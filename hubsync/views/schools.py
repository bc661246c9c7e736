"""The school of an address, for those who may see it: what is not theirs is not there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from classrooms.models import School, TeacherRole
from hubsync.models import HubAccount


def own_school(request: HttpRequest, school_id: int) -> School:
    """A school that the person owns, else 404."""
    return get_object_or_404(School.objects.owned_by(request.user), pk=school_id)


def visible_school(request: HttpRequest, school_id: int) -> School:
    """A school in which the person has any role today, else 404."""
    return get_object_or_404(School.objects.of(request.user), pk=school_id)


def may_let_it_happen(request: HttpRequest, school: School) -> bool:
    """Owners and teachers of the school; who may only read looks on."""
    roles = TeacherRole.objects.current().filter(user_id=request.user.pk, school=school)
    return roles.exclude(role=TeacherRole.Role.READ_ONLY).exists()


def is_owner(request: HttpRequest, school: School) -> bool:
    return TeacherRole.objects.current().owners().filter(user_id=request.user.pk, school=school).exists()


def account_of(school: School) -> HubAccount | None:
    return HubAccount.objects.select_related("school").filter(school=school).first()
