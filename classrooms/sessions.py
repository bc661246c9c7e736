"""How long a session lives: at a shared computer not longer than somebody sits there."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from classrooms.actions.sessions import OWN_DEVICE, OWN_DEVICE_SECONDS
from classrooms.models import Student, User
from classrooms.queries.password_news import PasswordEvent, password_news

NEWS = "password_news"
_A_MINUTE = 60


def set_length(sender: Any, *, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Receives `user_logged_in`: a student's session ends when nothing is done, unless the device is the own one."""
    _note_password_news(request, user)
    if request.session.pop(OWN_DEVICE, False):
        request.session.set_expiry(OWN_DEVICE_SECONDS)
        return
    minutes = Student.objects.filter(user=user).values_list("school__student_session_minutes", flat=True)
    if found := minutes.first():
        request.session["idle_minutes"], request.session["seen_at"] = found, int(time.time())


def end_idle_sessions(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware after that of the accounts. Who has no session is asked for nothing."""

    def answered(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or "idle_minutes" not in request.session:
            return get_response(request)
        idle = int(time.time()) - request.session.get("seen_at", 0)
        if idle > request.session["idle_minutes"] * 60:
            return _ended(request)
        # A page that asks by itself is nobody at the keyboard.
        if idle >= _A_MINUTE and not request.headers.get("HX-Request"):
            request.session["seen_at"] = int(time.time())
        return get_response(request)

    return answered


def _note_password_news(request: HttpRequest, user: User) -> None:
    """What the student is told on the own page in this session. Django notes the time of this sign-in after us."""
    student = Student.objects.filter(user=user).first()
    if student is not None:
        news = password_news(student, user.last_login)
        request.session[NEWS] = [[one.is_code, one.at.isoformat()] for one in news]


def password_news_of(request: HttpRequest) -> list[PasswordEvent]:
    """What was found out when this session began."""
    noted = request.session.get(NEWS, [])
    return [PasswordEvent(is_code, datetime.fromisoformat(at)) for is_code, at in noted]


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("You were signed out because nobody did anything here for a while."))
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
