"""A school: made, its page, its name."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.academic_years import academic_year_of, label
from classrooms.access import for_signed_in, for_teachers, user_of
from classrooms.actions.schools import create_school, rename_school
from classrooms.forms.schools import SchoolForm
from classrooms.models import School, Student
from classrooms.partials import render_page
from classrooms.policies import may_change_school, may_work_in_school
from classrooms.queries import role_in
from classrooms.queries.school import found_cards, school_page

# As many classes as are seen at a glance; with more there is a search.
FEW_CLASSES = 8


@for_signed_in
def school_new(request: HttpRequest) -> HttpResponse:
    """Anybody with a teacher's account may make a school; whoever does owns it."""
    user = user_of(request)
    if Student.objects.filter(user=user).exists():
        raise Http404
    form = SchoolForm(request.POST or None)
    if form.is_valid():
        school = create_school(name=form.cleaned_data["name"], code=form.cleaned_data["code"], owner=user)
        return redirect(school)
    context = {"form": form, "year": label(academic_year_of(timezone.localdate()))}
    return render_page(request, "classrooms/school/school_new.html", context)


@for_teachers
def school_edit(request: HttpRequest, school_id: int) -> HttpResponse:
    """Name and code, for the owners: what was typed wrongly on the first day stands on every slip."""
    user = user_of(request)
    school = get_object_or_404(School.objects.owned_by(user), pk=school_id)
    form = SchoolForm(request.POST or None, initial={"name": school.name, "code": school.code})
    if form.is_valid():
        rename_school(school=school, by=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(school)
    return render_page(request, "classrooms/school/school_edit.html", {"school": school, "form": form})


@for_teachers
def school_home(request: HttpRequest, school_id: int) -> HttpResponse:
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    role = role_in(school, user)
    search = request.GET.get("q", "")[:80]
    page = school_page(school, user)
    context = {
        "school": school,
        "page": page,
        "cards": found_cards(page, search),
        "search": search,
        "has_many": len(page.cards) > FEW_CLASSES,
        "year": label(academic_year_of(timezone.localdate())),
        "may_change": may_change_school(role),
        "may_work": may_work_in_school(role),
        "warnings": school.retention_warnings.filter(done_at__isnull=True),
    }
    return render_page(request, "classrooms/school/school_home.html", context)
