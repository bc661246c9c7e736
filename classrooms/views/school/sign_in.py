"""How the people of a school sign in; its owners decide."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from classrooms.access import for_school_admins, user_of
from classrooms.actions.sign_in import keep_school_sign_in, set_sign_in_rules
from classrooms.forms.sign_in import SchoolSignInForm, SignInRulesForm
from classrooms.models import School, SchoolSignIn
from classrooms.partials import render_page


@for_school_admins
def school_sign_in(request: HttpRequest, school_id: int) -> HttpResponse:
    """Two questions, each with its button: rules for everybody, and the accounts of the school."""
    user = user_of(request)
    school = get_object_or_404(School.objects.owned_by(user), pk=school_id)
    sign_in = SchoolSignIn.objects.filter(school=school).first()
    asked = request.POST.get("question")
    # A form of its own row: what it does not accept must not look as if it were kept.
    rules = SignInRulesForm(
        request.POST if asked == "rules" else None, instance=School.objects.get(pk=school.pk)
    )
    accounts = SchoolSignInForm(request.POST if asked == "accounts" else None, sign_in=sign_in)
    if asked == "rules" and rules.is_valid():
        set_sign_in_rules(school=school, by=user, **rules.cleaned_data)
        return _saved(request, school)
    if asked == "accounts" and accounts.is_valid():
        keep_school_sign_in(school=school, by=user, **accounts.cleaned_data)
        return _saved(request, school)
    callback = reverse("openid_connect_callback", args=[SchoolSignIn(school=school).provider_id])
    context = {
        "school": school,
        "rules": rules,
        "accounts": accounts,
        "callback": f"{settings.BASE_URL}{callback}",
    }
    return render_page(request, "classrooms/school/school_sign_in.html", context)


def _saved(request: HttpRequest, school: School) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("school_sign_in", school.pk)
