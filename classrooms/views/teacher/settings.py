"""A class's settings: each question has its own button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from classrooms.access import for_teachers, user_of
from classrooms.actions import class_groups
from classrooms.actions.machines import set_machines
from classrooms.actions.protection import set_hub_off
from classrooms.actions.staff import set_teachings
from classrooms.forms.class_groups import ClassNameForm, MachinesForm, TeachersForm
from classrooms.models import ClassGroup, School, User
from classrooms.partials import render_page
from classrooms.seat_price import SEAT_DOLLARS_PER_MONTH


@for_teachers
def class_group_settings(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """What costs seats is decided by the school's owners; the rest by whoever teaches the class.

    An archived class has one question left: out of the archive?
    """
    user = user_of(request)
    found = get_object_or_404(ClassGroup.objects.taught_by(user).select_related("school"), pk=class_group_id)
    is_about_archive = request.method == "POST" and request.POST.get("question") == "archive"
    if found.is_archived and not is_about_archive:
        return redirect(found)
    if request.method == "POST":
        answer = _ANSWERS.get(request.POST.get("question", ""))
        return answer(request, found, user) if answer else HttpResponseBadRequest()
    return _settings_page(request, found, user)


def _settings_page(request: HttpRequest, class_group: ClassGroup, user: User, **forms: Any) -> HttpResponse:
    students = class_group.enrolments.current().count()
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "name_form": ClassNameForm(instance=class_group),
        "teachers_form": TeachersForm(class_group=class_group),
        "machines_form": MachinesForm(
            initial={"machines": class_group.machines, "run_machine": class_group.run_machine}
        ),
        "students": students,
        "seat_dollars": SEAT_DOLLARS_PER_MONTH,
        "dollars": students * SEAT_DOLLARS_PER_MONTH,
        "may_spend": School.objects.owned_by(user).filter(pk=class_group.school_id).exists(),
        "page_address": request.build_absolute_uri(reverse("class_page", args=[class_group.code])),
    }
    return render_page(request, "classrooms/teacher/class_group_settings.html", {**context, **forms})


def _answer_name(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    form = ClassNameForm(request.POST, instance=ClassGroup.objects.get(pk=class_group.pk))
    if not form.is_valid():
        return _settings_page(request, class_group, user, name_form=form)
    class_groups.rename_class_group(class_group=class_group, by=user, **form.cleaned_data)
    return _saved(request, class_group)


def _answer_teachers(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    form = TeachersForm(request.POST, class_group=class_group)
    if not form.is_valid():
        return _settings_page(request, class_group, user, teachers_form=form)
    set_teachings(class_group=class_group, roles=form.roles, by=user)
    still_theirs = ClassGroup.objects.visible_to(user).filter(pk=class_group.pk).exists()
    return _saved(request, class_group) if still_theirs else redirect(class_group.school)


def _answer_machines(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    form = MachinesForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, class_group, user, machines_form=form)
    set_machines(class_group=class_group, by=user, **form.cleaned_data)
    return _saved(request, class_group)


def _answer_members(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    get_object_or_404(School.objects.owned_by(user), pk=class_group.school_id)
    may_be = not class_group.school.namespace_is_personal
    are_members = may_be and request.POST.get("students_are_members") == "yes"
    class_groups.set_members_choice(class_group=class_group, students_are_members=are_members, by=user)
    return _saved(request, class_group)


def _answer_hub(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    set_hub_off(class_group=class_group, hub_is_off=request.POST.get("hub_is_off") == "yes", by=user)
    return _saved(request, class_group)


def _answer_public(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    is_open = request.POST.get("has_public_page") == "yes"
    class_groups.set_public_page(class_group=class_group, has_public_page=is_open, by=user)
    return _saved(request, class_group)


def _answer_archive(request: HttpRequest, class_group: ClassGroup, user: User) -> HttpResponse:
    is_archived = request.POST.get("archive") == "yes"
    class_groups.archive_class_group(class_group=class_group, is_archived=is_archived, by=user)
    messages.success(request, _("Saved."))
    return redirect(class_group)


def _saved(request: HttpRequest, class_group: ClassGroup) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("class_group_settings", class_group.pk)


_ANSWERS: dict[str, Callable[[HttpRequest, ClassGroup, User], HttpResponse]] = {
    "name": _answer_name,
    "teachers": _answer_teachers,
    "machines": _answer_machines,
    "members": _answer_members,
    "public": _answer_public,
    "hub": _answer_hub,
    "archive": _answer_archive,
}
