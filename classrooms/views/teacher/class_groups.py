"""A class: its page, made by hand, its codes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from classrooms.access import for_teachers, user_of
from classrooms.actions.class_groups import create_class_group
from classrooms.forms.class_groups import ClassGroupForm
from classrooms.models import ClassGroup, School
from classrooms.partials import render_page
from classrooms.queries.class_group import SHOWN, class_page


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
    search = request.GET.get("q", "")[:80]
    show = request.GET.get("show", "all") if request.GET.get("show") in SHOWN else "all"
    is_taught = ClassGroup.objects.taught_by(user).filter(pk=found.pk).exists()
    context = {
        "class_group": found,
        "school": found.school,
        "page": class_page(found, search=search, show=show),
        "search": search,
        "show": show,
        "may_change": is_taught and not found.is_archived,
        "may_help": not found.is_archived and ClassGroup.objects.helped_by(user).filter(pk=found.pk).exists(),
        "may_unarchive": is_taught and found.is_archived,
    }
    part = "classrooms/teacher/_students.html"
    return render_page(request, "classrooms/teacher/class_group.html", context, part=part)
