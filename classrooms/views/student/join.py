"""A student's code: it opens an account or sets a new password; the code of a class leads to its door."""

import time

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from classrooms.access import for_everyone
from classrooms.actions import code_tries
from classrooms.actions.access_codes import find_student_by_code, open_account_of, set_new_password
from classrooms.actions.join_codes import find_student_code
from classrooms.actions.refusals import CodeNotValid, UsernameTaken
from classrooms.actions.sessions import OWN_DEVICE
from classrooms.forms.access_codes import CodeForm, NewPasswordForm, OpenAccountForm
from classrooms.models import JoinRequest, SchoolSignIn, Student, User
from classrooms.sessions import NEWS

# Counted in the browser's session and never per address: a whole classroom shares one. This slows down who mistypes in
# a hurry; guessing is slowed per code (actions/code_tries.py) and made hopeless by 29^8 possible ones.
WRONG_CODES, WITHIN_SECONDS = 10, 300


@for_everyone
def student_join(request: HttpRequest) -> HttpResponse:
    """Asks for the code; a link may bring it along as ?code=."""
    if request.user.is_authenticated:
        return render(request, "classrooms/student/already_signed_in.html")
    form = CodeForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid() and (leads_to := _follow(request, form)):
        return redirect(leads_to)
    return render(request, "classrooms/student/student_join.html", {"form": form})


@for_everyone
def student_join_link(request: HttpRequest, code: str) -> HttpResponse:
    """What a slip's picture of squares leads to: the code is filled in, and where it is good nothing is to press.

    Opening it uses nothing up, so that a phone that looks at a link before its owner does no harm.
    """
    if request.user.is_authenticated:
        return render(request, "classrooms/student/already_signed_in.html")
    form = CodeForm({"code": code})
    if form.is_valid() and (leads_to := _follow(request, form)):
        return redirect(leads_to)
    return render(request, "classrooms/student/student_join.html", {"form": form})


@for_everyone
def student_join_account(request: HttpRequest) -> HttpResponse:
    """Asks for a name and a password or passkey, or for a new password alone, and signs in."""
    student = None if request.user.is_authenticated else student_at_the_door(request)
    if student is None:
        return redirect("student_join")
    form = _form_for(student, request.POST or None)
    if request.method == "POST" and form.is_valid() and _let_in(request, form, student):
        return redirect("mfa_add_webauthn" if _wants_passkey(form) else "student_home")
    sign_in = SchoolSignIn.objects.filter(school=student.school, is_active=True).first()
    context = {"form": form, "student": student, "sign_in": sign_in}
    return render(request, "classrooms/student/student_join_account.html", context)


def student_at_the_door(request: HttpRequest) -> Student | None:
    """Whom this browser has shown to be: by a personal code, or let in by the teacher. None where neither holds."""
    code = request.session.get("joining_with", "")
    if code and (student := find_student_by_code(code)):
        return student
    waiting = JoinRequest.objects.let_in().filter(pk=request.session.get("join_request", 0))
    found = waiting.select_related("student__school", "student__user").first()
    return found.student if found else None


def _follow(request: HttpRequest, form: CodeForm) -> str:
    """The name of the page to which the code leads, kept in the session; "" with the reason in the form."""
    code = str(form.cleaned_data["code"])
    if not _may_try(request, form):
        return ""
    # Asked before codes may rest: everybody in the room reads this one, and wrong ones that begin like it must not close
    # the door.
    if find_student_code(code) is not None:
        request.session["class_code"] = code
        return "student_join_name"
    if _rests(form, code):
        return ""
    if find_student_by_code(code) is not None:
        request.session["joining_with"] = code
        return "student_join_account"
    code_tries.count_wrong(code)
    _refuse(request, form)
    return ""


def _form_for(student: Student, data: QueryDict | None) -> OpenAccountForm | NewPasswordForm:
    return NewPasswordForm(data, user=student.user) if student.user else OpenAccountForm(data)


def _wants_passkey(form: OpenAccountForm | NewPasswordForm) -> bool:
    return isinstance(form, OpenAccountForm) and form.wants_passkey


def _let_in(request: HttpRequest, form: OpenAccountForm | NewPasswordForm, student: Student) -> bool:
    try:
        if isinstance(form, NewPasswordForm):
            code = request.session.get("joining_with", "")
            user = set_new_password(code=code, password=form.cleaned_data["password"])
        else:
            username = form.cleaned_data["username"]
            user = open_account_of(student, username=username, password=form.chosen_password)
    except UsernameTaken as refusal:
        form.add_error("username", refusal.sentence)
        return False
    except CodeNotValid as refusal:
        form.add_error(None, refusal.sentence)
        return False
    request.session[OWN_DEVICE] = form.cleaned_data["is_own_device"]
    sign_in_student(request, user)
    return True


def sign_in_student(request: HttpRequest, user: User) -> None:
    """Sign in who has just proved to be the student; a passkey can be added at once."""
    for key in ("joining_with", "join_request", "class_code"):
        request.session.pop(key, None)
    login(request, user)
    # Who has just typed the new password need not be told of it.
    request.session.pop(NEWS, None)
    record_authentication(request, user, method="code")


def _may_try(request: HttpRequest, form: CodeForm) -> bool:
    since = time.time() - WITHIN_SECONDS
    recent = [at for at in request.session.get("wrong_codes", []) if at > since]
    request.session["wrong_codes"] = recent
    if len(recent) >= WRONG_CODES:
        form.add_error(
            "code", _("Too many codes that are not valid. Wait five minutes, then type it again slowly.")
        )
    return not form.errors


def _rests(form: CodeForm, code: str) -> bool:
    if code_tries.rests(code):
        told = _(
            "Codes like this one were tried too often. Wait 15 minutes, or ask your teacher for a new one."
        )
        form.add_error("code", told)
    return bool(form.errors)


def _refuse(request: HttpRequest, form: CodeForm) -> None:
    request.session["wrong_codes"] = [*request.session["wrong_codes"], time.time()]
    form.add_error(
        "code",
        _(
            "This code is not valid. Check each letter. A code works once and for 30 days: if you have an"
            " account, sign in; if not, ask your teacher for a new code."
        ),
    )
