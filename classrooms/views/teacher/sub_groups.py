"""Parts of a class (desdobles)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.sub_groups import delete_sub_group, save_sub_group
from classrooms.forms.years import SubGroupForm
from classrooms.models import ClassGroup, SubGroup
from classrooms.partials import render_page


@for_teachers
def sub_groups(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The parts of the class, and a form for one more."""
    return _form_page(request, _find(request, class_group_id), None)


@for_teachers
def sub_group_edit(request: HttpRequest, class_group_id: int, sub_group_id: int) -> HttpResponse:
    class_group = _find(request, class_group_id)
    return _form_page(request, class_group, get_object_or_404(class_group.sub_groups, pk=sub_group_id))


@for_teachers
@require_POST
def sub_group_delete(request: HttpRequest, class_group_id: int, sub_group_id: int) -> HttpResponse:
    """Takes the part apart; students stay in the class."""
    class_group = _find(request, class_group_id)
    found = get_object_or_404(class_group.sub_groups, pk=sub_group_id)
    delete_sub_group(sub_group=found, by=user_of(request))
    messages.success(request, _("The part is gone; its students stay in the class."))
    return redirect("sub_groups", class_group.pk)


def _form_page(request: HttpRequest, class_group: ClassGroup, sub_group: SubGroup | None) -> HttpResponse:
    form = SubGroupForm(request.POST or None, class_group=class_group, sub_group=sub_group)
    if form.is_valid():
        save_sub_group(class_group=class_group, sub_group=sub_group, by=user_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("sub_groups", class_group.pk)
    parts = class_group.sub_groups.prefetch_related("enrolments__student", "teacher_roles__user")
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "parts": parts,
        "sub_group": sub_group,
        "form": form,
    }
    return render_page(request, "classrooms/teacher/sub_groups.html", context)


def _find(request: HttpRequest, class_group_id: int) -> ClassGroup:
    taught = ClassGroup.objects.taught_by(user_of(request)).active().select_related("school")
    return get_object_or_404(taught, pk=class_group_id)
