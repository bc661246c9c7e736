"""“It does not work”: an error is explained, and who is not helped by that asks the teacher."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_everyone, for_students, user_of
from classrooms.actions.questions import ask_question
from classrooms.actions.refusals import NotTaken
from classrooms.forms.questions import ErrorForm, QuestionForm
from classrooms.models import Student
from classrooms.queries.student import StudentHome, student_home_for
from classrooms.queries.student_practices import PracticeToDo, practices_for
from classrooms.troubleshooting.causes import Cause
from classrooms.troubleshooting.explaining import explain
from classrooms.views.class_door import class_with_code
from classrooms.views.student.systems import system_for

NEWEST = 10


@for_students
def student_help(request: HttpRequest) -> HttpResponse:
    """Explains first; asks only who presses the button for it. The answers stand below."""
    student = get_object_or_404(Student.objects.select_related("user"), user=user_of(request))
    home = student_home_for(student)
    practice = _practice(request, student, home)
    form = QuestionForm(request.POST or None, class_groups=_classes(home, practice))
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "ask" in request.POST and home.class_groups and _ask(request, student, form, practice):
        return redirect("student_help")
    context: dict[str, Any] = {
        "form": form,
        "practice": practice,
        "may_ask": bool(home.class_groups),
        "questions": student.questions.select_related("class_practice__practice", "answered_by")[:NEWEST],
        **_explained(form if is_valid else None),
    }
    return render(request, "classrooms/student/student_help.html", context)


@for_everyone
def class_help(request: HttpRequest, code: str) -> HttpResponse:
    """The same for who has no account: nobody could be answered, so nothing is kept."""
    class_group = class_with_code(code)
    if not class_group.has_public_page:
        raise Http404
    form = ErrorForm(request.POST or None)
    is_valid = request.method == "POST" and form.is_valid()
    context = {"form": form, "class_group": class_group, **_explained(form if is_valid else None)}
    return render(request, "classrooms/class_page/class_help.html", context)


def _explained(form: ErrorForm | None) -> dict[str, Any]:
    if form is None:
        return {"is_explained": False}
    cause: Cause | None = explain(form.cleaned_data["error"])
    words = {"what": _(cause.what), "mend": _(cause.mend)} if cause else {}
    return {"is_explained": True, "cause": cause, **words}


def _practice(request: HttpRequest, student: Student, home: StudentHome) -> PracticeToDo | None:
    """The practice from whose page the student came; one that is not seen is none."""
    wanted = request.POST.get("practice") or request.GET.get("practice", "")
    if not wanted:
        return None
    found = practices_for(student, home.class_groups)
    return next((one for one in found if str(one.given.pk) == wanted), None)


def _classes(home: StudentHome, practice: PracticeToDo | None) -> Any:
    return (practice.given.class_group,) if practice else home.class_groups


def _ask(request: HttpRequest, student: Student, form: QuestionForm, practice: PracticeToDo | None) -> bool:
    try:
        ask_question(
            student=student,
            class_group=form.chosen_class,
            error=form.cleaned_data["error"],
            words=form.cleaned_data["words"],
            system=system_for(request),
            class_practice=practice.given if practice else None,
        )
    except NotTaken as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("Your teacher has your question. The answer appears here."))
    return True
