"""A teacher types the code of a class that a colleague shows, and works in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_signed_in, user_of
from classrooms.actions.join_codes import use_staff_code
from classrooms.actions.refusals import CodeNotValid
from classrooms.forms.access_codes import CodeForm


@for_signed_in
def staff_code(request: HttpRequest) -> HttpResponse:
    """For accounts of teachers: a student's code is none here, and one for staff opens nothing at the students' door."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            teaching = use_staff_code(code=form.cleaned_data["code"], user=user_of(request))
        except CodeNotValid as refusal:
            form.add_error("code", refusal.sentence)
        else:
            messages.success(request, _("You work in %(class)s now.") % {"class": teaching.class_group})
            return redirect(teaching.class_group)
    return render(request, "classrooms/school/staff_code.html", {"form": form})
