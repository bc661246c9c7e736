"""Academic years of a school: the list, the step into the next one, and back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from classrooms.access import for_school_admins, for_teachers, user_of
from classrooms.actions.refusals import YearNotBegun
from classrooms.actions.years import UNDO_DAYS, YearUndone, begin_year, undo_year
from classrooms.forms.years import NewYearForm, choices_from
from classrooms.models import School, YearChange
from classrooms.partials import render_page
from classrooms.policies import may_change_school
from classrooms.queries import role_in
from classrooms.queries.years import default_choices, open_changes, school_years, year_plan, year_to_end


@for_teachers
def school_years_page(request: HttpRequest, school_id: int) -> HttpResponse:
    """All years with their classes for everybody of the school; the owners begin the next one here."""
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    context = {
        "school": school,
        "years": school_years(school),
        "changes": open_changes(school),
        "undo_days": UNDO_DAYS,
        "ends": year_to_end(school),
        "may_change": may_change_school(role_in(school, user)),
    }
    return render_page(request, "classrooms/school/school_years.html", context)


@for_school_admins
def year_new(request: HttpRequest, school_id: int) -> HttpResponse:
    """Everything on one page: what to take along, who leaves Docker Hub, and the button.

    What was shown is what is done: where the choice or the people changed meanwhile, the page is shown again.
    """
    user = user_of(request)
    school = get_object_or_404(School.objects.owned_by(user), pk=school_id)
    from_year = year_to_end(school)
    if from_year is None:
        messages.info(request, _("There is no class of this year or an earlier one to take into a new year."))
        return redirect("school_years", school.pk)
    plan = year_plan(school, from_year, default_choices(school, from_year))
    if request.method == "POST":
        plan = year_plan(school, from_year, choices_from(request.POST, plan))
    form = NewYearForm(request.POST if request.method == "POST" else None, initial=vars(plan.choices))
    is_confirmed = request.POST.get("step") == "begin"
    if is_confirmed and request.POST.get("shown") == plan.digest:
        try:
            change = begin_year(school=school, from_year=from_year, choices=plan.choices, by=user)
            messages.success(request, _("The year %(year)s has begun.") % {"year": change.new_year_label})
            return redirect("school_years", school.pk)
        except YearNotBegun as refusal:
            messages.error(request, refusal.sentence)
    context = {
        "school": school,
        "plan": plan,
        "form": form,
        "has_changed": is_confirmed,
        "undo_days": UNDO_DAYS,
    }
    return render_page(request, "classrooms/school/year_new.html", context)


@for_school_admins
@require_POST
def year_undo(request: HttpRequest, school_id: int, change_id: int) -> HttpResponse:
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    change = get_object_or_404(YearChange, school=school, pk=change_id)
    try:
        _say(request, undo_year(change=change, by=user_of(request)))
    except YearNotBegun as refusal:
        messages.error(request, refusal.sentence)
    return redirect("school_years", school.pk)


def _say(request: HttpRequest, done: YearUndone) -> None:
    messages.success(
        request,
        ngettext(
            "Taken back: %(count)s class is active again.",
            "Taken back: %(count)s classes are active again.",
            done.reopened,
        )
        % {"count": done.reopened},
    )
    if done.copies_removed:
        told = ngettext(
            "%(count)s copy that nobody used is in the trash for thirty days.",
            "%(count)s copies that nobody used are in the trash for thirty days.",
            done.copies_removed,
        )
        messages.info(request, told % {"count": done.copies_removed})
    if done.copies_kept:
        told = _("These classes of the new year have students already and stay: %(names)s")
        messages.warning(request, told % {"names": ", ".join(done.copies_kept)})
    if done.to_invite_again:
        told = ngettext(
            "What cannot be taken back: %(count)s student who left Docker Hub has to accept a new invitation.",
            "What cannot be taken back: %(count)s students who left Docker Hub have to accept a new invitation.",
            done.to_invite_again,
        )
        messages.warning(request, told % {"count": done.to_invite_again})
