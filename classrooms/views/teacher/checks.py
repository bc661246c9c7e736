"""Checks of images: of one class, of one practice, of everything in September; the page follows while a worker looks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext

from classrooms.access import for_teachers, user_of
from classrooms.actions.image_checks import ask_all_checks, ask_check, ask_practice_check
from classrooms.models import ClassGroup, ImageCheck, Practice, School
from classrooms.partials import render_page
from classrooms.policies import may_change_school, may_work_in_school
from classrooms.queries import role_in
from classrooms.queries.check_results import CheckPage, checkable, last_check, last_checks

PART = "classrooms/teacher/_image_check.html"


@for_teachers
def image_check(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """Whether a class's images will work; the press has a worker look at them."""
    user = user_of(request)
    visible = ClassGroup.objects.visible_to(user).select_related("school")
    class_group = get_object_or_404(visible, pk=class_group_id)
    taught = ClassGroup.objects.taught_by(user).active().filter(pk=class_group_id)
    if request.method == "POST":
        ask_check(class_group=get_object_or_404(taught), by=user)
        return redirect("image_check", class_group_id)
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "page": last_check(class_group),
        "may_change": taught.exists(),
        "has_images": class_group.assigned_images.filter(withdrawn_at__isnull=True).exists(),
    }
    return render_page(request, "classrooms/teacher/image_check.html", context, part=PART)


@for_teachers
def practice_check(request: HttpRequest, practice_id: int) -> HttpResponse:
    """The same for a practice, with the computers of all classes that have it."""
    user = user_of(request)
    visible = Practice.objects.visible_to(user).select_related("school")
    practice = get_object_or_404(visible, pk=practice_id)
    written = Practice.objects.written_by(user).filter(pk=practice_id)
    if request.method == "POST":
        ask_practice_check(practice=get_object_or_404(written), by=user)
        return redirect("practice_check", practice_id)
    newest = ImageCheck.objects.filter(practice=practice, class_group__isnull=True).first()
    context = {
        "practice": practice,
        "school": practice.school,
        "page": CheckPage(newest) if newest else None,
        "may_change": written.exists(),
        "has_images": practice.images.exists(),
    }
    return render_page(request, "classrooms/teacher/image_check.html", context, part=PART)


@for_teachers
def images_check_all(request: HttpRequest, school_id: int) -> HttpResponse:
    """Everything at once: the classes that the person sees, and the school's practices."""
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    visible = ClassGroup.objects.visible_to(user).active().filter(school=school)
    classes, practices = checkable(school, visible)
    role = role_in(school, user)
    if request.method == "POST":
        get_object_or_404(School.objects.worked_in_by(user), pk=school_id)
        taught = ClassGroup.objects.taught_by(user).filter(pk__in=[one.pk for one in classes])
        asked = ask_all_checks(school=school, class_groups=taught, practices=practices, by=user)
        told = ngettext("%(number)s check is under way.", "%(number)s checks are under way.", len(asked))
        messages.success(request, told % {"number": len(asked)})
        return redirect("images_check_all", school_id)
    pages = last_checks(classes, practices)
    context = {
        "school": school,
        "pages": sorted(pages, key=_worst_first),
        "is_waiting": any(not page.check.is_done and not page.check.is_given_up for page in pages),
        "has_something": bool(classes or practices),
        "count": len(classes) + len(practices),
        "may_work": may_work_in_school(role),
        "may_change": may_change_school(role),
    }
    part = "classrooms/teacher/_images_check_all.html"
    return render_page(request, "classrooms/teacher/images_check_all.html", context, part=part)


def _worst_first(page: CheckPage) -> tuple[int, str]:
    order = ["will_not_work", "at_risk", "", "ready"]
    return order.index(page.check.verdict), str(page.check.class_group or page.check.practice)
