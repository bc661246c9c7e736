"""What changed between the version that a class has and what its tag means now; the teacher decides for each class."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.practice_versions import give_practice_version
from classrooms.actions.versions import give_version
from classrooms.image_checks import machines
from classrooms.models import AssignedImage, ClassGroup, ClassPractice, Image, User
from classrooms.partials import render_page
from classrooms.queries.class_group import ImageRow, image_row
from classrooms.queries.practice_versions import ImageInClass, frozen_elsewhere, images_in_classes
from hubsync.account.versions import NotComparable, compare_versions
from hubsync.pages.version_form import NewVersionForm


@for_teachers
def image_changes(request: HttpRequest, class_group_id: int, assigned_id: int) -> HttpResponse:
    """Only where the class has a frozen version and the tag has moved on; else there is nothing to decide."""
    user = user_of(request)
    row = _row(user, class_group_id, assigned_id)
    form = NewVersionForm(
        request.POST or None, rows=_frozen_elsewhere(user, row), initial={"classes": [assigned_id]}
    )
    if form.is_valid():
        for assigned in form.cleaned_data["classes"]:
            give_version(assigned=assigned, digest=row.newer_digest, note=form.cleaned_data["note"], by=user)
        _tell_saved(request, form)
        return redirect(row.assigned.class_group)
    assigned = row.assigned
    digests = (assigned.digest, row.newer_digest)
    context = _context(assigned.class_group, assigned.image, assigned.tag, digests)
    return render_page(request, "hubsync/image_changes.html", {**context, "form": form})


@for_teachers
def practice_image_changes(
    request: HttpRequest, class_group_id: int, class_practice_id: int, needed_id: int
) -> HttpResponse:
    """The same for an image of a practice: the classes share the practice, each decides on its version."""
    user = user_of(request)
    found = _in_practice(user, class_group_id, class_practice_id, needed_id)
    same = frozen_elsewhere(found, user)
    rows = ClassPractice.objects.filter(pk__in=[one.given.pk for one in same])
    form = NewVersionForm(request.POST or None, rows=rows, initial={"classes": [class_practice_id]})
    if form.is_valid():
        for given in form.cleaned_data["classes"]:
            give_practice_version(
                class_practice=given, needed=found.needed, digest=found.newer_digest,
                note=form.cleaned_data["note"], by=user,
            )  # fmt: skip
        _tell_saved(request, form)
        messages.info(request, _("The page of the practice has the way back to its own version."))
        return redirect(found.given.class_group)
    digests = (found.frozen, found.newer_digest)
    context = _context(found.given.class_group, found.needed.image, found.needed.tag, digests)
    context |= {"form": form, "practice": found.given.practice}
    return render_page(request, "hubsync/image_changes.html", context)


@for_teachers
@require_POST
def practice_image_back(
    request: HttpRequest, class_group_id: int, class_practice_id: int, needed_id: int
) -> HttpResponse:
    """The class has an image of its practice in the version that the practice says again."""
    user = user_of(request)
    found = _needed_in(user, class_group_id, class_practice_id, needed_id)
    give_practice_version(
        class_practice=found.given, needed=found.needed, digest=found.needed.digest, note="", by=user
    )
    told = _("%(name)s has the practice’s version of %(image)s again.")
    messages.success(request, told % {"name": found.given.class_group, "image": found.needed})
    return redirect(found.given.practice)


def _tell_saved(request: HttpRequest, form: NewVersionForm) -> None:
    number = len(form.cleaned_data["classes"])
    told = ngettext(
        "%(number)s class has the newer version now.",
        "%(number)s classes have the newer version now.",
        number,
    )
    messages.success(request, told % {"number": number})


def _row(user: User, class_group_id: int, assigned_id: int) -> ImageRow:
    taught = ClassGroup.objects.taught_by(user).active().filter(pk=class_group_id)
    images = AssignedImage.objects.current().select_related("class_group__school", "image__school")
    row = image_row(get_object_or_404(images, pk=assigned_id, class_group__in=taught.values("pk")))
    if not row.newer_digest:
        raise Http404
    return row


def _in_practice(user: User, class_group_id: int, class_practice_id: int, needed_id: int) -> ImageInClass:
    found = _needed_in(user, class_group_id, class_practice_id, needed_id)
    if not found.newer_digest:
        raise Http404
    return found


def _needed_in(user: User, class_group_id: int, class_practice_id: int, needed_id: int) -> ImageInClass:
    taught = ClassGroup.objects.taught_by(user).active().filter(pk=class_group_id)
    rows = ClassPractice.objects.current().select_related("practice", "class_group__school")
    given = get_object_or_404(rows, pk=class_practice_id, class_group__in=taught.values("pk"))
    for one in images_in_classes([given]):
        if one.needed.pk == needed_id:
            return one
    raise Http404


def _frozen_elsewhere(user: User, row: ImageRow) -> QuerySet[AssignedImage]:
    """The classes of this person that have the image frozen at something else than its newest version."""
    taught = ClassGroup.objects.taught_by(user).active().values("pk")
    same = AssignedImage.objects.current().filter(
        image=row.assigned.image, tag=row.assigned.tag, class_group__in=taught
    )
    return same.exclude(digest="").exclude(digest=row.newer_digest)


def _context(class_group: ClassGroup, image: Image, tag: str, digests: tuple[str, str]) -> dict[str, object]:
    """`digests`: what the class has, and what the tag means by now."""
    platform = machines.platforms_of(machines.known(class_group.machines))[0]
    context: dict[str, object] = {
        "class_group": class_group, "school": class_group.school, "image": image, "tag": tag,
        "old": digests[0], "new": digests[1],
    }  # fmt: skip
    try:
        return context | {"comparison": compare_versions(image, *digests, platform=platform)}
    except NotComparable as problem:
        return context | {"problem": problem}
