"""The first page: what the portal is for visitors, schools and classes for teachers."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from classrooms.access import for_everyone, second_factor_first, user_of
from classrooms.forms.schools import SchoolForm
from classrooms.queries.home import home_for
from classrooms.queries.trash import deleted_schools_of


@for_everyone
def home(request: HttpRequest) -> HttpResponseBase:
    """Who teaches sees schools and classes; who only learns goes to what there is to pull."""
    if not request.user.is_authenticated:
        return render(request, "classrooms/home/landing.html")
    if missing := second_factor_first(request):
        return missing
    mine = home_for(user_of(request))
    if mine.is_student and not mine.schools:
        return redirect("student_home")
    form = None if mine.schools else SchoolForm()
    context = {"home": mine, "form": form, "deleted": deleted_schools_of(user_of(request))}
    return render(request, "classrooms/home/home.html", context)
