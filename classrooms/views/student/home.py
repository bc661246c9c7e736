"""What a student has to pull today."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_students, user_of
from classrooms.models import Student, StudentStep, User
from classrooms.queries.own_works import own_works, undone_first
from classrooms.queries.student import student_home_for
from classrooms.queries.student_practices import not_in_practices, practices_for
from classrooms.sessions import password_news_of
from classrooms.views.class_door import shown_practice
from classrooms.views.student.systems import remember_system, system_choices, system_for


@for_students
def student_home(request: HttpRequest) -> HttpResponse:
    student = get_object_or_404(Student, user=user_of(request))
    home, system = student_home_for(student), system_for(request)
    to_do = practices_for(student, home.class_groups, home.images)
    works = own_works(student, to_do)
    practices = [(one, works.get(one.given.pk)) for one in undone_first(to_do, works)]
    context = {
        "home": home,
        "images": not_in_practices(home.images, to_do),
        "practices": [shown_practice(request, one, system, student, work) for one, work in practices],
        "system": system,
        "system_choices": system_choices(),
        "address_is_said": home.may_need_docker_id
        and student.steps.filter(step=StudentStep.Step.ADDRESS).exists(),
        "password_news": password_news_of(request),
        "no_way_back": not _can_sign_in_again(user_of(request)),
    }
    return remember_system(request, render(request, "classrooms/student/student_home.html", context))


def _can_sign_in_again(user: User) -> bool:
    """Asked of the database only where there is no password: who opened an account for a passkey may have stopped there."""
    if user.has_usable_password():
        return True
    ways = (Authenticator.objects.filter(user=user), SocialAccount.objects.filter(user=user))
    return any(way.exists() for way in ways)
