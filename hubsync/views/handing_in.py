"""A student hands in an image by its name: it is looked at first, and what was seen is what is handed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_students, user_of
from classrooms.actions.handing_in import hand_in
from classrooms.actions.refusals import NotTaken
from classrooms.forms.hand_ins import HandInForm
from classrooms.models import ClassPractice, Practice, Student
from classrooms.queries.hand_ins import open_to, own_work
from classrooms.templatetags.hand_ins import remark_sentence
from hubsync.pages.hand_in import Prepared, opened, prepare, sealed
from hubsync.sync.hand_in_places import place_of


@for_students
def hand_in_work(request: HttpRequest, class_practice_id: int) -> HttpResponse:
    """Asks for the image, shows what Docker Hub says of it, and hands it in when the student says so."""
    student = get_object_or_404(Student, user=user_of(request))
    given = get_object_or_404(open_to(student), pk=class_practice_id)
    if given.practice.hand_in_way == Practice.Way.ARCHIVE:
        return redirect("hand_in_archive", given.pk)
    if request.method == "POST" and "seal" in request.POST:
        return _take(request, given, student)
    form = HandInForm(request.POST or None, practice=given.practice)
    if request.method == "POST" and form.is_valid():
        prepared = prepare(given, student, form)
        if not prepared.blocking:
            return _confirm(request, given, student, form, prepared)
        for remark in prepared.blocking:
            name = "compose" if remark.code == "compose_missing" else "reference"
            form.add_error(name, remark_sentence(remark.as_row()))
    context = {
        "given": given,
        "form": form,
        "work": own_work(given, student),
        "place": place_of(given, student),
        "alias": student.alias,
    }
    status = 422 if form.errors else 200
    return render(request, "classrooms/student/hand_in.html", context, status=status)


def _confirm(
    request: HttpRequest, given: ClassPractice, student: Student, form: HandInForm, prepared: Prepared
) -> HttpResponse:
    context = {
        "given": given,
        "form": form,
        "prepared": prepared,
        "findings": prepared.handed_in.findings,
        "signs": prepared.handed_in.secret_signs,
        "work": own_work(given, student),
        "seal": sealed(prepared, given, student),
    }
    return render(request, "classrooms/student/hand_in_confirm.html", context)


def _take(request: HttpRequest, given: ClassPractice, student: Student) -> HttpResponse:
    found = opened(request.POST["seal"], given, student)
    if found is None:
        messages.warning(request, _("What was looked at is too old by now. Look at your image once more."))
        return redirect("hand_in_work", given.pk)
    handed_in, receipt = found
    try:
        row = hand_in(class_practice=given, student=student, handed_in=handed_in, receipt=receipt)
    except NotTaken as refusal:
        messages.error(request, refusal.sentence)
        return redirect("hand_in_work", given.pk)
    return redirect("hand_in_receipt", row.pk)
