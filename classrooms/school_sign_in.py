"""Signing in with an account that the school gives its people: only of its domains, and only who is known here.

Nobody is made by it. It links the student whose personal code was just typed, or a teacher of the school with the same
confirmed address. Anybody may make a school and decide what its server says: so it links nobody because of being signed
in, which a link from anywhere would do, and lets in nobody who could open more than this one school.
"""

import ipaddress
import socket
from typing import Any, NoReturn
from urllib.parse import urlsplit

import requests
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.actions.access_codes import find_student_by_code, open_linked_account
from classrooms.actions.resealing import purpose_of
from classrooms.models import JoinRequest, SchoolSignIn, Student, TeacherRole, User
from classrooms.sealing import NotOpened, unseal

PROVIDER = "openid_connect"


class RefusedServer(requests.RequestException):
    """A server that the portal does not ask: without TLS, or inside its own network."""


class CarefulSession(requests.Session):
    """Asks servers that a school named: with TLS, outside of this network, without following them elsewhere."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        if not settings.SIGN_IN_SERVERS_MAY_BE_INSIDE:
            refuse_inner_server(str(url))
        return super().request(method, url, *args, **{**kwargs, "timeout": 10, "allow_redirects": False})


def refuse_inner_server(url: str) -> None:
    """Raise RefusedServer for an address without TLS or one that leads into this network."""
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise RefusedServer("The sign-in server must have an https:// address.")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        raise RefusedServer("The sign-in server has no address.") from None
    if not all(ipaddress.ip_address(row[4][0]).is_global for row in found):
        raise RefusedServer("The sign-in server is inside this network.")


class SchoolSignInAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Schools in place of settings; each sign-in is looked at before anybody is let in."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        active = SchoolSignIn.objects.filter(is_active=True).select_related("school")
        apps = [
            app for one in active if (app := _app(one)) and (client_id is None or app.client_id == client_id)
        ]
        return [app for app in apps if provider in (None, app.provider, app.provider_id)]

    def get_requests_session(self) -> requests.Session:
        return CarefulSession()

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stops who is of another domain, not known or not of this school alone; links who is."""
        school_id = sociallogin.account.provider.removeprefix("school-")
        sign_in = SchoolSignIn.objects.select_related("school").get(school_id=int(school_id), is_active=True)
        facts = _facts(sociallogin.account)
        email = confirmed_address(sign_in, facts)
        if not email:
            _stop(request, _("This account is not one of %(school)s.") % {"school": sign_in.school})
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            _stop(request, _("The account of your school is linked when you sign in with it."))
        user = sociallogin.user if sociallogin.is_existing else _known(request, sign_in, email)
        if user is None:
            told = _(
                "%(school)s knows you, but this portal does not yet. Come with your code or your invitation first."
            )
            _stop(request, told % {"school": sign_in.school})
        if _opens_more_than(sign_in, user):
            told = _("You do not work in %(school)s alone. Sign in with your password or a passkey.")
            _stop(request, told % {"school": sign_in.school})
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any
    ) -> NoReturn:
        _stop(request, _("The sign-in of your school did not work. Try again, or use your password."))


def confirmed_address(sign_in: SchoolSignIn, facts: dict[str, Any]) -> str:
    """The address in lower case where the server vouches for it and its domain is the school's; else "".

    Google says in `hd` whose account it is. Microsoft confirms no address, but the server is of the school's own tenant
    and `preferred_username` is what it manages. Others must say `email_verified`.
    """
    email = str(facts.get("email") or "").lower()
    if sign_in.kind == SchoolSignIn.Kind.GOOGLE and str(facts.get("hd") or "").lower() not in sign_in.domains:
        return ""
    if sign_in.kind == SchoolSignIn.Kind.MICROSOFT:
        email = str(facts.get("preferred_username") or "").lower()
    elif facts.get("email_verified") is not True:
        return ""
    return email if email.rpartition("@")[2] in sign_in.domains else ""


def _app(sign_in: SchoolSignIn) -> SocialApp | None:
    try:
        secret = unseal(sign_in.sealed_secret, purpose_of(sign_in))
    except NotOpened:
        return None
    return SocialApp(
        provider=PROVIDER,
        provider_id=sign_in.provider_id,
        name=str(sign_in),
        client_id=sign_in.client_id,
        secret=secret,
        # What the token says was received straight from the server; a second question adds nothing.
        settings={"server_url": sign_in.server_url, "fetch_userinfo": False, "oauth_pkce_enabled": True},
    )


def _facts(account: SocialAccount) -> dict[str, Any]:
    data: dict[str, Any] = account.extra_data
    facts: dict[str, Any] = data.get("id_token", data)
    # Kept are only the facts that say who it is: no picture, no telephone.
    account.extra_data = {}
    return facts


def _known(request: HttpRequest, sign_in: SchoolSignIn, email: str) -> User | None:
    return _student_of_code(request, sign_in) or _teacher_with(sign_in, email)


def _opens_more_than(sign_in: SchoolSignIn, user: User) -> bool:
    """Whether the person has something to say in another school too, today or later, or runs this installation."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    elsewhere = TeacherRole.objects.filter(lasting, user=user).exclude(school=sign_in.school_id)
    is_elsewhere = (
        elsewhere.exists() or Student.objects.filter(user=user).exclude(school=sign_in.school_id).exists()
    )
    return user.is_staff or user.is_superuser or is_elsewhere


def _student_of_code(request: HttpRequest, sign_in: SchoolSignIn) -> User | None:
    """The student of this school whose code this browser has shown, or whom the teacher let in; with an account now."""
    code = request.session.get("joining_with", "")
    student = find_student_by_code(code) if code else None
    if student is None:
        waiting = JoinRequest.objects.let_in().filter(pk=request.session.get("join_request", 0))
        student = Student.objects.filter(join_requests__in=waiting).first()
    if student is None or student.school_id != sign_in.school_id:
        return None
    return student.user or open_linked_account(student)


def _teacher_with(sign_in: SchoolSignIn, email: str) -> User | None:
    """A teacher of the school today who confirmed that address here."""
    confirmed = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    roles = TeacherRole.objects.current().filter(school=sign_in.school, user__in=confirmed)
    role = roles.select_related("user").first()
    return role.user if role else None


def _stop(request: HttpRequest, sentence: str) -> NoReturn:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect("account_login"))
