"""A student's code on paper: it opens an account, or sets a new password where there is one."""

import time

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_everyone
from classrooms.actions.access_codes import find_student_by_code, open_account, set_new_password
from classrooms.actions.refusals import CodeNotValid, UsernameTaken
from classrooms.forms.access_codes import CodeForm, NewPasswordForm, OpenAccountForm
from classrooms.models import Student

# Counted in the browser's session and never per address: a whole classroom shares one. Guessing is made
# hopeless by the code itself (29^8 of them, a few hundred alive); this slows down who mistypes in a hurry.
WRONG_CODES, WITHIN_SECONDS = 10, 300


@for_everyone
def student_join(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a link or QR code may bring it along as ?code=."""
    if request.user.is_authenticated:
        return render(request, "classrooms/student/already_signed_in.html")
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid() and _may_try(request, form):
        if find_student_by_code(form.cleaned_data["code"]) is not None:
            request.session["joining_with"] = form.cleaned_data["code"]
            return redirect("student_join_account")
        _refuse(request, form)
    return render(request, "classrooms/student/student_join.html", {"form": form})


@for_everyone
def student_join_account(request: HttpRequest) -> HttpResponse:
    """Asks for a name and a password, or for a new password alone, and signs in."""
    code = request.session.get("joining_with", "")
    student = find_student_by_code(code) if code and not request.user.is_authenticated else None
    if student is None:
        return redirect("student_join")
    form = _form_for(student, request.POST or None)
    if request.method == "POST" and form.is_valid() and _let_in(request, form, code):
        return redirect("student_home")
    context = {"form": form, "student": student}
    return render(request, "classrooms/student/student_join_account.html", context)


def _form_for(student: Student, data: QueryDict | None) -> OpenAccountForm | NewPasswordForm:
    return NewPasswordForm(data, user=student.user) if student.user else OpenAccountForm(data)


def _let_in(request: HttpRequest, form: OpenAccountForm | NewPasswordForm, code: str) -> bool:
    try:
        if isinstance(form, NewPasswordForm):
            user = set_new_password(code=code, password=form.cleaned_data["password"])
        else:
            user = open_account(code=code, **form.cleaned_data)
    except UsernameTaken as refusal:
        form.add_error("username", refusal.sentence)
        return False
    except CodeNotValid as refusal:
        form.add_error(None, refusal.sentence)
        return False
    request.session.pop("joining_with")
    login(request, user)
    return True


def _may_try(request: HttpRequest, form: CodeForm) -> bool:
    since = time.time() - WITHIN_SECONDS
    recent = [at for at in request.session.get("wrong_codes", []) if at > since]
    request.session["wrong_codes"] = recent
    if len(recent) < WRONG_CODES:
        return True
    form.add_error(
        "code", _("Too many codes that are not valid. Wait five minutes, then type it again slowly.")
    )
    return False


def _refuse(request: HttpRequest, form: CodeForm) -> None:
    request.session["wrong_codes"] = [*request.session["wrong_codes"], time.time()]
    form.add_error(
        "code",
        _(
            "This code is not valid. Check each letter. A code works once and for 30 days: if you have an"
            " account, sign in; if not, ask your teacher for a new code."
        ),
    )
