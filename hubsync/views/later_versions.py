"""A teacher asks Docker Hub whether the students of a class went on pushing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.queries.hand_ins import class_work, works_in
from hubsync.account.later_versions import look_for_later


@for_teachers
@require_POST
def look_for_later_versions(
    request: HttpRequest, class_group_id: int, class_practice_id: int
) -> HttpResponse:
    given = get_object_or_404(works_in(class_group_id, user_of(request)), pk=class_practice_id)
    counted = [row.counted for row in class_work(given).rows if row.counted]
    looked, found = look_for_later(given.class_group.school, counted)
    if not looked and counted:
        messages.warning(request, _("Docker Hub gave no answer. Try again in a minute."))
    else:
        told = ngettext(
            "Looked. %(count)s image means another version by now.",
            "Looked. %(count)s images mean another version by now.",
            found,
        )
        messages.success(request, told % {"count": found})
    return redirect("class_work", class_group_id, class_practice_id)
