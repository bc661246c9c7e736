"""At the door of a class: the name is typed, and the teacher lets in. The class's list is never shown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from classrooms.access import for_everyone
from classrooms.actions.join_codes import ask_to_join, find_student_code
from classrooms.actions.refusals import CodeNotValid
from classrooms.forms.access_codes import WaitingNameForm
from classrooms.models import JoinRequest
from classrooms.partials import render_page


@for_everyone
def student_join_name(request: HttpRequest) -> HttpResponse:
    """Asks what the person is called; once for each browser, so that going back puts nobody in the line twice."""
    join_code = find_student_code(request.session.get("class_code", ""))
    if request.user.is_authenticated or join_code is None:
        return redirect("student_join")
    if JoinRequest.objects.waiting().filter(pk=request.session.get("join_request", 0)).exists():
        return redirect("student_join_waiting")
    form = WaitingNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_to_join(code=request.session["class_code"], **form.cleaned_data)
        except CodeNotValid as refusal:
            form.add_error(None, refusal.sentence)
        else:
            request.session["join_request"] = asked.pk
            return redirect("student_join_waiting")
    context = {"form": form, "class_group": join_code.class_group}
    return render(request, "classrooms/student/student_join_name.html", context)


@for_everyone
def student_join_waiting(request: HttpRequest) -> HttpResponse:
    """Looks again by itself; once let in it goes on to the account."""
    waiting = JoinRequest.objects.filter(pk=request.session.get("join_request", 0))
    asked = waiting.select_related("class_group__school").first()
    if request.user.is_authenticated or asked is None:
        return redirect("student_join")
    is_htmx = bool(request.headers.get("HX-Request"))
    if JoinRequest.objects.let_in().filter(pk=asked.pk).exists():
        return _go_on(is_htmx=is_htmx)
    context = {"asked": asked, "is_waiting": JoinRequest.objects.waiting().filter(pk=asked.pk).exists()}
    part = "classrooms/student/_waiting.html"
    return render_page(request, "classrooms/student/student_join_waiting.html", context, part=part)


def _go_on(*, is_htmx: bool) -> HttpResponse:
    """To the account; htmx loads a whole page when a header says so."""
    if not is_htmx:
        return redirect("student_join_account")
    answer = HttpResponse()
    answer["HX-Redirect"] = redirect("student_join_account")["Location"]
    return answer
