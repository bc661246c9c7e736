"""What students of a class ask when something does not work."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.questions import answer_question
from classrooms.forms.questions import AnswerForm
from classrooms.models import ClassGroup, Question
from classrooms.troubleshooting.causes import CAUSES

NEWEST_ANSWERED = 20


@for_teachers
def class_questions(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """Those that wait, the oldest first, each with what is needed to help; below what was answered."""
    helped = ClassGroup.objects.helped_by(user_of(request)).active().select_related("school")
    class_group = get_object_or_404(helped, pk=class_group_id)
    rows = class_group.questions.select_related("student", "class_practice__practice", "answered_by")
    causes = {cause.code: cause for cause in CAUSES}
    context: dict[str, Any] = {
        "class_group": class_group,
        "school": class_group.school,
        "waiting": [
            (question, AnswerForm(auto_id=f"id_{question.pk}_%s"), _what(causes, question))
            for question in rows.filter(answered_at__isnull=True).order_by("asked_at")
        ],
        "answered": rows.filter(answered_at__isnull=False).order_by("-answered_at")[:NEWEST_ANSWERED],
    }
    return render(request, "classrooms/teacher/class_questions.html", context)


@for_teachers
@require_POST
def question_answer(request: HttpRequest, class_group_id: int, question_id: int) -> HttpResponse:
    user = user_of(request)
    rows = Question.objects.helped_by(user).select_related("student", "class_group__school")
    question = get_object_or_404(rows, pk=question_id, class_group=class_group_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer_question(question=question, answer=form.cleaned_data["answer"].strip(), by=user)
        messages.success(request, _("Answered."))
    else:
        messages.error(request, _("The answer is longer than 2,000 characters: nothing was kept."))
    return redirect("class_questions", class_group_id)


def _what(causes: dict[str, Any], question: Question) -> str:
    """What the student was told before asking; "" where nobody knew the error."""
    cause = causes.get(question.cause)
    return _(cause.what) if cause else ""
