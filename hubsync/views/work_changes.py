"""What a student changed from one attempt to the next: for tasks that ask for v1, then v2."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from classrooms.access import for_teachers, user_of
from classrooms.image_checks import machines
from classrooms.models import ClassPractice, HandIn
from classrooms.partials import render_page
from classrooms.queries.hand_ins import works_in
from hubsync.account.versions import NotComparable
from hubsync.account.work_versions import compare_attempts


@for_teachers
def work_changes(
    request: HttpRequest, class_group_id: int, class_practice_id: int, student_id: int
) -> HttpResponse:
    """An attempt (the last one unless it is said) beside the one before it.

    A file is not compared: of it only the configuration is known.
    """
    given = get_object_or_404(works_in(class_group_id, user_of(request)), pk=class_practice_id)
    new, old = _attempts(given, student_id, request.GET.get("attempt", ""))
    if old is None:
        messages.info(request, _("There is no earlier image with which it could be compared."))
        return redirect("work_mark", class_group_id, class_practice_id, student_id)
    is_same = old.digest == new.digest
    context = {
        "class_group": given.class_group,
        "school": given.class_group.school,
        "given": given,
        "student": new.student,
        "old": old,
        "new": new,
        "attempts": [old, new],
        "is_same": is_same,
        **({} if is_same else _compared(old, new)),
    }
    return render_page(request, "hubsync/work_changes.html", context)


def _attempts(given: ClassPractice, student_id: int, asked: str) -> tuple[HandIn, HandIn | None]:
    """The attempt that is asked for, and the one before it where there is one. Raises Http404 where there is none."""
    by_name = given.hand_ins.filter(student=student_id).exclude(digest="").exclude(reference="")
    if asked:
        by_name = by_name.filter(attempt__lte=int(asked) if asked.isdecimal() and len(asked) < 10 else 0)
    pair = list(by_name.order_by("-attempt").select_related("student")[:2])
    if not pair:
        raise Http404
    return pair[0], pair[1] if len(pair) > 1 else None


def _compared(old: HandIn, new: HandIn) -> dict[str, object]:
    kinds = machines.known(new.class_practice.class_group.machines)
    try:
        return {"comparison": compare_attempts(old, new, platform=machines.platforms_of(kinds)[0])}
    except NotComparable as problem:
        return {"problem": problem}
