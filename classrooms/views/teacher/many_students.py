"""Several students of a class at once: who it is about and what it means, then yes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.access_codes import CODE_LASTS, create_access_codes
from classrooms.actions.many_students import (
    CONCERNS,
    FOR_HELPERS,
    Chosen,
    bring_students_back,
    chosen_students,
    remove_students,
    sign_students_out,
)
from classrooms.models import ClassGroup, User
from classrooms.partials import render_page
from classrooms.queries.class_students import ListChoice
from classrooms.views.teacher.list_choice import list_address

_DO: dict[str, Callable[[Chosen, User], None]] = {
    "remove": lambda chosen, by: remove_students(enrolments=chosen.concerned, by=by),
    "bring_back": lambda chosen, by: bring_students_back(enrolments=chosen.concerned, by=by),
    "sign_out": lambda chosen, by: sign_students_out(enrolments=chosen.concerned, by=by),
}
_DONE: dict[str, Callable[[int], str]] = {
    "remove": lambda n: ngettext(
        "%(number)s student is no longer in the class. The work stays.",
        "%(number)s students are no longer in the class. The work stays.",
        n,
    ),
    "bring_back": lambda n: ngettext(
        "%(number)s student is in the class again.", "%(number)s students are in the class again.", n
    ),
    "sign_out": lambda n: ngettext(
        "%(number)s student is signed out on every computer.",
        "%(number)s students are signed out on every computer.",
        n,
    ),
}


@for_teachers
@require_POST
@never_cache
def students_bulk(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """The same address asks and, with `confirmed`, does it."""
    action = request.POST.get("action", "")
    class_group = _find(user_of(request), class_group_id, action)
    chosen = chosen_students(class_group=class_group, action=action, enrolment_ids=_ids(request.POST))
    if not chosen.concerned:
        messages.warning(request, _nobody(chosen))
        return redirect(list_address(request, class_group))
    if "confirmed" not in request.POST:
        return _ask(request, class_group, chosen)
    if action == "codes":
        return _codes(request, class_group, chosen)
    _DO[action](chosen, user_of(request))
    number = len(chosen.concerned)
    messages.success(request, _DONE[action](number) % {"number": number})
    return redirect(list_address(request, class_group))


def _ask(request: HttpRequest, class_group: ClassGroup, chosen: Chosen) -> HttpResponse:
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "chosen": chosen,
        "number": len(chosen.concerned),
        "back": list_address(request, class_group),
        "query": ListChoice.of(request.GET).query,
        "days": CODE_LASTS.days,
    }
    return render_page(request, "classrooms/teacher/students_bulk.html", context)


def _codes(request: HttpRequest, class_group: ClassGroup, chosen: Chosen) -> HttpResponse:
    """The codes on the page that answers the button, once: only their hashes are kept."""
    only = [one.student_id for one in chosen.concerned]
    context = {
        "class_group": class_group,
        "school": class_group.school,
        "codes": create_access_codes(class_group=class_group, by=user_of(request), only=only),
        "days": CODE_LASTS.days,
    }
    return render_page(request, "classrooms/teacher/access_codes.html", context)


def _find(user: User, class_group_id: int, action: str) -> ClassGroup:
    if action not in CONCERNS:
        raise Http404
    mine = ClassGroup.objects.helped_by(user) if action in FOR_HELPERS else ClassGroup.objects.taught_by(user)
    return get_object_or_404(mine.active().select_related("school"), pk=class_group_id)


def _ids(sent: QueryDict) -> list[int]:
    # What is no number of a row, or longer than any database keeps, was sent by no page of ours.
    return [
        int(one) for one in sent.getlist("enrolment") if one.isascii() and one.isdigit() and len(one) < 18
    ]


def _nobody(chosen: Chosen) -> str:
    if chosen.others:
        return _("Nobody of those whom you ticked is concerned by this.")
    return _("Tick at least one student first.")
