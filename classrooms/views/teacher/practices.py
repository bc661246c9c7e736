"""A school's practices: listed, read, written, copied, published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.practice_archive import archive_practice, unarchive_practice
from classrooms.actions.practice_versions import follow_tags, freeze_images
from classrooms.actions.practices import (
    PracticeText,
    change_practice,
    copy_practice,
    publish_practice,
    write_practice,
)
from classrooms.actions.refusals import NotDeletable
from classrooms.forms.practice_images import image_forms, named_in_compose, with_one_more
from classrooms.forms.practices import PracticeForm
from classrooms.models import ClassGroup, Practice, School, User
from classrooms.partials import render_page
from classrooms.policies import may_change_school, may_work_in_school
from classrooms.queries import role_in
from classrooms.queries.images import suggestions
from classrooms.queries.practices import SHOWN, classes_with, practices_of


@for_teachers
def practices(request: HttpRequest, school_id: int) -> HttpResponse:
    """All of the school, for all of its staff: what a colleague wrote is there to be copied."""
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    search, show = request.GET.get("q", "")[:80], request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    role = role_in(school, user)
    context = {
        "school": school,
        "practices": practices_of(school, user, search=search, show=show),
        "search": search,
        "show": show,
        "may_work": may_work_in_school(role),
        "may_change": may_change_school(role),
    }
    part = "classrooms/teacher/_practices.html"
    return render_page(request, "classrooms/teacher/practices.html", context, part=part)


@for_teachers
def practice_new(request: HttpRequest, school_id: int) -> HttpResponse:
    """A draft; begun on a class's page it is offered to that class next."""
    school = get_object_or_404(School.objects.worked_in_by(user_of(request)), pk=school_id)
    return _form_page(request, school, None)


@for_teachers
def practice_edit(request: HttpRequest, practice_id: int) -> HttpResponse:
    found = _find_own(request, practice_id)
    return _form_page(request, found.school, found)


@for_teachers
def practice(request: HttpRequest, practice_id: int) -> HttpResponse:
    """What it says, its images, and which classes have it until when."""
    user = user_of(request)
    rows = Practice.objects.visible_to(user).select_related("school", "author", "copied_from")
    found = get_object_or_404(rows, pk=practice_id)
    images = list(found.images.select_related("image"))
    context = {
        "school": found.school,
        "practice": found,
        "images": images,
        "follows_tags": any(not one.digest for one in images),
        "is_frozen": any(one.digest for one in images),
        "classes": classes_with(found, user),
        "may_work": Practice.objects.written_by(user).filter(pk=found.pk).exists(),
    }
    return render_page(request, "classrooms/teacher/practice.html", context)


@for_teachers
@require_POST
def practice_publish(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Out of the drafts, or with "hide" back into them."""
    found = _find_own(request, practice_id)
    is_draft = "hide" in request.POST
    publish_practice(practice=found, by=user_of(request), is_draft=is_draft)
    told = _("It is a draft again: no student sees it.") if is_draft else _("Published.")
    messages.success(request, told)
    return redirect("practice", found.pk)


@for_teachers
@require_POST
def practice_copy(request: HttpRequest, practice_id: int) -> HttpResponse:
    copied = copy_practice(practice=_find_own(request, practice_id), by=user_of(request))
    messages.success(request, _("This is the copy, a draft. Change what is different, then give it."))
    return redirect("practice_edit", copied.pk)


@for_teachers
@require_POST
def practice_archive(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Into the archive, or with "back" out of it."""
    found, user = _find_own(request, practice_id), user_of(request)
    try:
        if "back" in request.POST:
            unarchive_practice(practice=found, by=user)
            messages.success(request, _("It is in the list again."))
        else:
            archive_practice(practice=found, by=user)
            messages.success(request, _("It is in the archive. What was handed in stays."))
    except NotDeletable as refusal:
        messages.error(request, refusal.sentence)
    return redirect("practice", found.pk)


@for_teachers
@require_POST
def practice_freeze(request: HttpRequest, practice_id: int) -> HttpResponse:
    """Every image at what its tag means today, or with "follow" by its tag again."""
    found, user = _find_own(request, practice_id), user_of(request)
    if "follow" in request.POST:
        follow_tags(practice=found, by=user)
        messages.success(request, _("Its images follow their tags again, in every class."))
    elif frozen := freeze_images(practice=found, by=user):
        told = ngettext("%(number)s image is frozen.", "%(number)s images are frozen.", frozen)
        messages.success(request, told % {"number": frozen})
    elif found.images.filter(digest="").exists():
        messages.warning(
            request, _("Nothing was frozen: check the images first, so that it is known what is there.")
        )
    else:
        messages.info(request, _("There is nothing left to freeze: each of its images is frozen."))
    return redirect("practice", found.pk)


def _form_page(request: HttpRequest, school: School, found: Practice | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in PracticeText("").columns} if found else None
    wants_more = "more" in request.POST
    form = PracticeForm(request.POST or None, initial=initial)
    images = image_forms(with_one_more(request.POST) if wants_more else request.POST or None, found)
    if request.method == "POST" and not wants_more and form.is_valid() and images.is_valid():
        needed = {(one.image.pk, one.tag): one for one in images.needed(school)}
        for one in named_in_compose(form.cleaned_data["compose"], school):
            needed.setdefault((one.image.pk, one.tag), one)
        written = PracticeText(**form.cleaned_data, images=tuple(needed.values()))
        return redirect(_save(request, school, found, written))
    context: dict[str, Any] = {
        "school": school,
        "practice": found,
        "form": form,
        "images": images,
        "suggestions": suggestions(school),
        "wants_more": wants_more,
        "classes": classes_with(found, user_of(request)) if found else [],
    }
    return render_page(request, "classrooms/teacher/practice_edit.html", context)


def _save(request: HttpRequest, school: School, found: Practice | None, written: PracticeText) -> str:
    """Keep it; the address of what comes next."""
    user = user_of(request)
    if found is not None:
        change_practice(practice=found, written=written, by=user)
        messages.success(request, _("Saved."))
        return reverse("practice", args=[found.pk])
    new = write_practice(school=school, written=written, by=user)
    if class_group := _begun_for(request, school, user):
        return reverse("practice_give", args=[new.pk]) + f"?class={class_group.pk}"
    messages.success(request, _("Saved as a draft. Give it to a class when it is finished."))
    return reverse("practice", args=[new.pk])


def _begun_for(request: HttpRequest, school: School, user: User) -> ClassGroup | None:
    wanted = request.GET.get("class", "")
    taught = ClassGroup.objects.taught_by(user).active().filter(school=school)
    return taught.filter(pk=wanted).first() if wanted.isdecimal() else None


def _find_own(request: HttpRequest, practice_id: int) -> Practice:
    rows = Practice.objects.written_by(user_of(request)).select_related("school")
    return get_object_or_404(rows, pk=practice_id)
