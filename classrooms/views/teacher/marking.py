"""Marking one student's work: claimed while somebody is at it, kept only where nobody was faster."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.assessing import assess, claim_work, release_work
from classrooms.actions.refusals import ChangedMeanwhile
from classrooms.forms.assessing import AssessForm
from classrooms.grading_sheets.sheet import decimal_comma
from classrooms.models import ClassPractice
from classrooms.partials import render_page
from classrooms.views.teacher.work import facts_of
from classrooms.views.teacher.work_rows import OneOfClass, find_given, work_of_student

USUAL_MOST = 10


@for_teachers
def work_mark(
    request: HttpRequest, class_group_id: int, class_practice_id: int, student_id: int
) -> HttpResponse:
    """What was handed in beside mark and comment; on saving, the next student."""
    is_sent = request.method == "POST"
    given = find_given(request, class_group_id, class_practice_id, may_change=is_sent)
    one = work_of_student(given, student_id)
    form = AssessForm(request.POST if is_sent else None, initial=AssessForm.initial_of(one.row.assessment))
    if is_sent and form.is_valid():
        if _keep(request, given, one, form):
            return _onward(request, given, one)
        one = work_of_student(given, student_id)
    context = {
        "one": one,
        "row": one.row,
        "form": form,
        "claimed_by": one.row.claimed_by_other(user_of(request)),
        "is_mine": _is_mine(request, one),
        "may_change": not given.class_group.is_archived,
    }
    return render_page(
        request,
        "classrooms/teacher/work_mark.html",
        context | facts_of(given),
        status=409 if form.errors else 200,
    )


@for_teachers
@require_POST
def work_claim(
    request: HttpRequest, class_group_id: int, class_practice_id: int, student_id: int
) -> HttpResponse:
    """ "I am marking it", "take it over", or "let go of it"; by htmx as soon as somebody begins to write."""
    given = find_given(request, class_group_id, class_practice_id, may_change=True)
    one, user = work_of_student(given, student_id), user_of(request)
    try:
        if "release" in request.POST:
            release_work(class_practice=given, student=one.row.student, by=user)
        else:
            take_over = "take_over" in request.POST
            claim_work(class_practice=given, student=one.row.student, by=user, take_over=take_over)
    except ChangedMeanwhile as refusal:
        messages.warning(request, refusal.sentence)
    if request.headers.get("HX-Request") == "true":
        one = work_of_student(given, student_id)
        context: dict[str, Any] = {
            "row": one.row,
            "claimed_by": one.row.claimed_by_other(user),
            "is_mine": _is_mine(request, one),
        }
        return render_page(request, "classrooms/teacher/_claim.html", context | facts_of(given))
    return redirect("work_mark", class_group_id, class_practice_id, student_id)


def _keep(request: HttpRequest, given: ClassPractice, one: OneOfClass, form: AssessForm) -> bool:
    try:
        assess(
            class_practice=given,
            student=one.row.student,
            hand_in=one.row.counted,
            by=user_of(request),
            **form.cleaned_data,
        )
    except ChangedMeanwhile as refusal:
        form.add_error(None, refusal.sentence)
        # What was typed stays; saving again is then a decision about what is there now.
        data = request.POST.copy()
        data["version"] = str(work_of_student(given, one.row.student.pk).row.version)
        form.data = data
        return False
    return True


def _onward(request: HttpRequest, given: ClassPractice, one: OneOfClass) -> HttpResponse:
    messages.success(request, _("Saved: %(student)s.") % {"student": one.row.student})
    _ask_about_comma(request, given, one)
    if "next" in request.POST and one.next_one:
        return redirect("work_mark", given.class_group_id, given.pk, one.next_one.student.pk)
    return redirect("class_work", given.class_group_id, given.pk)


def _ask_about_comma(request: HttpRequest, given: ClassPractice, one: OneOfClass) -> None:
    """Marks go to 10 in Spain, so that 85 is 8,5 most likely; who marks to 100 is asked once for each practice."""
    above = given.assessments.filter(mark__gt=USUAL_MOST)
    mark = above.filter(student=one.row.student).values_list("mark", flat=True).first()
    if mark is not None and not above.exclude(student=one.row.student).exists():
        told = _("%(student)s has %(mark)s now, more than 10. Is a comma missing?")
        messages.warning(request, told % {"student": one.row.student, "mark": decimal_comma(mark)})


def _is_mine(request: HttpRequest, one: OneOfClass) -> bool:
    claim = one.row.assessment
    return bool(claim and claim.claimed_by_id == user_of(request).pk)
