"""Personal codes of a class: on the page, or as slips to cut."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.access_codes import CODE_LASTS, FreshCode, create_access_codes
from classrooms.actions.seeing import note_seen
from classrooms.identity import plain_code
from classrooms.models import ClassGroup
from classrooms.partials import render_page
from classrooms.slips.pdf import make_slips
from classrooms.slips.slip import Slip, SlipWords


@for_teachers
@never_cache
def access_codes(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """Codes are shown on the page that answers the button, once: only their hashes are kept."""
    found = _find(request, class_group_id)
    codes = create_access_codes(class_group=found, by=user_of(request)) if request.method == "POST" else None
    enrolled = found.enrolments.current()
    context = {
        "class_group": found,
        "school": found.school,
        "codes": codes,
        "students": enrolled.count(),
        "waiting": enrolled.filter(student__user__isnull=True).count(),
        "days": CODE_LASTS.days,
    }
    return render_page(request, "classrooms/teacher/access_codes.html", context)


@for_teachers
@require_POST
@never_cache
def access_code_slips(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """New codes for those who have no account, as slips to cut, in the school's language. Earlier codes stop."""
    found = _find(request, class_group_id)
    codes = create_access_codes(class_group=found, by=user_of(request))
    note_seen(by=user_of(request), about=found, what="slips")
    names = Counter(one.student.list_name for one in codes)
    language = found.school.language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        title = _("Access codes of %(class)s") % {"class": found}
        pdf = make_slips(
            [_slip(one, is_alone=names[one.student.list_name] == 1) for one in codes],
            _words(found, request.get_host()),
            title=title,
            language=language,
        )
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="codes-{found.code}.pdf"'
    return answer


def _slip(one: FreshCode, *, is_alone: bool) -> Slip:
    """Two of one name are told apart by what the portal calls them, as its own lists do."""
    address = settings.BASE_URL + reverse("student_join_link", args=[plain_code(one.code)])
    name = one.student.list_name if is_alone else f"{one.student.list_name} ({one.student.alias})"
    return Slip(name=name, code=one.code, address=address)


def _words(class_group: ClassGroup, host: str) -> SlipWords:
    until = date_format(timezone.localdate() + CODE_LASTS, "SHORT_DATE_FORMAT")
    return SlipWords(
        school=str(class_group.school),
        class_group=str(class_group),
        go_to=_("Or type the code at %(address)s") % {"address": host + reverse("student_join")},
        works_until=_("It works once, until %(day)s. Give it to nobody.") % {"day": until},
    )


def _find(request: HttpRequest, class_group_id: int) -> ClassGroup:
    helped = ClassGroup.objects.helped_by(user_of(request)).active().select_related("school")
    return get_object_or_404(helped, pk=class_group_id)
