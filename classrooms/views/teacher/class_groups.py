"""A class: its page, made by hand, its codes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from classrooms.access import for_teachers, user_of
from classrooms.actions.class_groups import create_class_group
from classrooms.forms.class_groups import ClassGroupForm
from classrooms.models import ClassGroup, School
from classrooms.partials import render_page
from classrooms.queries.class_group import class_page
from classrooms.queries.class_students import SORTS, ListChoice
from classrooms.views.teacher.list_choice import counters


@for_teachers
def class_group_new(request: HttpRequest, school_id: int) -> HttpResponse:
    school = get_object_or_404(School.objects.worked_in_by(user_of(request)), pk=school_id)
    form = ClassGroupForm(request.POST or None, school=school)
    if form.is_valid():
        return redirect(create_class_group(school=school, by=user_of(request), **form.cleaned_data))
    return render_page(request, "classrooms/teacher/class_group_new.html", {"school": school, "form": form})


@for_teachers
def class_group(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The class for all who may see it; buttons only for those who may change it. In the archive nobody may."""
    user = user_of(request)
    found = get_object_or_404(ClassGroup.objects.visible_to(user).select_related("school"), pk=class_group_id)
    choice = ListChoice.of(request.GET)
    is_taught = ClassGroup.objects.taught_by(user).filter(pk=found.pk).exists()
    is_helped = ClassGroup.objects.helped_by(user).filter(pk=found.pk).exists()
    page = class_page(found, choice)
    context = {
        "class_group": found,
        "school": found.school,
        "page": page,
        "choice": choice,
        "counters": counters(page.students, choice),
        "sorts": {sort: choice.but(sort=sort).query or "?" for sort in SORTS},
        "may_change": is_taught and not found.is_archived,
        "may_help": is_helped and not found.is_archived,
        "may_look_at_work": is_taught,
        "may_unarchive": is_taught and found.is_archived,
    }
    part = "classrooms/teacher/_students.html"
    return render_page(request, "classrooms/teacher/class_group.html", context, part=part)
