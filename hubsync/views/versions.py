"""What changed between the version that a class has and what its tag means now; the teacher decides for each class."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from classrooms.access import for_teachers, user_of
from classrooms.actions.versions import give_version
from classrooms.image_checks import machines
from classrooms.models import AssignedImage, ClassGroup, User
from classrooms.partials import render_page
from classrooms.queries.class_group import ImageRow, image_row
from hubsync.account.versions import NotComparable, compare_versions
from hubsync.pages.version_form import NewVersionForm


@for_teachers
def image_changes(request: HttpRequest, class_group_id: int, assigned_id: int) -> HttpResponse:
    """Only where the class has a frozen version and the tag has moved on; else there is nothing to decide."""
    user = user_of(request)
    row = _row(user, class_group_id, assigned_id)
    frozen = _frozen_elsewhere(user, row)
    form = NewVersionForm(request.POST or None, frozen=frozen, initial={"classes": [assigned_id]})
    if form.is_valid():
        for assigned in form.cleaned_data["classes"]:
            give_version(assigned=assigned, digest=row.newer_digest, note=form.cleaned_data["note"], by=user)
        messages.success(request, _("Saved. The students read it beside the image."))
        return redirect(row.assigned.class_group)
    context = {
        "class_group": row.assigned.class_group,
        "school": row.assigned.class_group.school,
        "row": row,
        "form": form,
        **_compared(row),
    }
    return render_page(request, "hubsync/image_changes.html", context)


def _row(user: User, class_group_id: int, assigned_id: int) -> ImageRow:
    taught = ClassGroup.objects.taught_by(user).active().filter(pk=class_group_id)
    images = AssignedImage.objects.current().select_related("class_group__school", "image__school")
    row = image_row(get_object_or_404(images, pk=assigned_id, class_group__in=taught.values("pk")))
    if not row.newer_digest:
        raise Http404
    return row


def _frozen_elsewhere(user: User, row: ImageRow) -> list[AssignedImage]:
    """The classes of this person that have the image frozen at something else than its newest version."""
    taught = ClassGroup.objects.taught_by(user).active().values("pk")
    same = AssignedImage.objects.current().filter(
        image=row.assigned.image, tag=row.assigned.tag, class_group__in=taught
    )
    return list(same.exclude(digest="").exclude(digest=row.newer_digest))


def _compared(row: ImageRow) -> dict[str, object]:
    assigned = row.assigned
    platform = machines.platforms_of(machines.known(assigned.class_group.machines))[0]
    try:
        found = compare_versions(assigned.image, assigned.digest, row.newer_digest, platform=platform)
    except NotComparable as problem:
        return {"problem": problem}
    return {"comparison": found}
