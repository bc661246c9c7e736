"""Giving classes a practice, changing its dates there, taking it back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.practices import (
    Dates,
    change_dates,
    give_practice,
    publish_practice,
    withdraw_practice,
)
from classrooms.actions.refusals import Refused
from classrooms.forms.practices import DATES, ClassPracticeDatesForm, DatesForm, GivePracticeForm
from classrooms.models import ClassGroup, ClassPractice, Practice, User
from classrooms.partials import render_page


@for_teachers
def practice_give(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Which classes, when; a draft is published with it unless the teacher says otherwise."""
    user = user_of(request)
    rows = Practice.objects.written_by(user).select_related("school")
    practice = get_object_or_404(rows, pk=practice_id)
    wanted = [one for one in request.GET.getlist("class") if one.isdecimal()]
    form = GivePracticeForm(
        request.POST or None,
        practice=practice,
        school=practice.school,
        user=user,
        initial={"class_groups": wanted, **_dates_there(practice, wanted)},
    )
    if form.is_valid() and _give(request, practice, form):
        classes = list(form.cleaned_data["class_groups"])
        return redirect(classes[0] if len(classes) == 1 else practice.get_absolute_url())
    context = {
        "school": practice.school,
        "practice": practice,
        "form": form,
        **_who_sees_exam(practice, user),
    }
    return render_page(request, "classrooms/teacher/practice_give.html", context)


@for_teachers
def class_practice_dates(request: HttpRequest, class_group_id: int, class_practice_id: int) -> HttpResponse:
    """Other dates in this class; the other classes keep theirs."""
    found = _find(request, class_group_id, class_practice_id)
    form = ClassPracticeDatesForm(request.POST or None, class_practice=found)
    if form.is_valid() and _change(request, found, form):
        return redirect(found.class_group)
    context = {
        "class_group": found.class_group,
        "school": found.class_group.school,
        "given": found,
        "form": form,
    }
    return render_page(request, "classrooms/teacher/class_practice_dates.html", context)


@for_teachers
@require_POST
def class_practice_withdraw(
    request: HttpRequest, class_group_id: int, class_practice_id: int
) -> HttpResponse:
    found = _find(request, class_group_id, class_practice_id)
    withdraw_practice(class_practice=found, by=user_of(request))
    told = _("%(practice)s is withdrawn. What was handed in stays.")
    messages.success(request, told % {"practice": found.practice})
    return redirect(found.class_group)


def _who_sees_exam(practice: Practice, user: User) -> dict[str, object]:
    """What the teacher has to know of an exam's images: when members get in, and which classes hold a token."""
    if not practice.is_exam:
        return {}
    taught = list(ClassGroup.objects.taught_by(user).active().filter(school=practice.school))
    return {
        "members_see_exam": any(one.students_are_members for one in taught),
        "with_token": [one for one in taught if one.has_pull_access],
    }


def _dates_there(practice: Practice, wanted: list[str]) -> dict[str, object]:
    """The dates of a class that has the practice already: giving it again does not take them away unseen."""
    given = ClassPractice.objects.current().filter(practice=practice).order_by("-given_at")
    one = next((one for one in given if str(one.class_group_id) in wanted), None)
    return {name: getattr(one, name) for name in DATES} if one else {}


def _give(request: HttpRequest, practice: Practice, form: GivePracticeForm) -> bool:
    """All the classes that were ticked, or none with the reason in the form; of the class of a part that part alone."""
    part, user = form.cleaned_data.get("sub_group"), user_of(request)
    try:
        with transaction.atomic():
            for class_group in form.cleaned_data["class_groups"]:
                is_of_part = part is not None and part.class_group_id == class_group.pk
                give_practice(
                    practice=practice, class_groups=[class_group], dates=_dates(form), by=user,
                    sub_group=part if is_of_part else None,
                )  # fmt: skip
            if form.cleaned_data.get("publish"):
                publish_practice(practice=practice, by=user)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    number = len(form.cleaned_data["class_groups"])
    told = ngettext("Given to %(number)s class.", "Given to %(number)s classes.", number)
    messages.success(request, told % {"number": number})
    return True


def _change(request: HttpRequest, found: ClassPractice, form: DatesForm) -> bool:
    try:
        change_dates(class_practice=found, dates=_dates(form), by=user_of(request))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    messages.success(request, _("Saved."))
    return True


def _dates(form: DatesForm) -> Dates:
    return Dates(**{name: form.cleaned_data.get(name) for name in DATES})


def _find(request: HttpRequest, class_group_id: int, class_practice_id: int) -> ClassPractice:
    taught = ClassGroup.objects.taught_by(user_of(request)).active().filter(pk=class_group_id)
    rows = ClassPractice.objects.current().select_related("practice", "class_group__school")
    return get_object_or_404(rows, pk=class_practice_id, class_group__in=taught.values("pk"))
