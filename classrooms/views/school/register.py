"""The register of activity: searched, read and taken along by the owners."""

import csv
from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.access import for_school_admins, user_of
from classrooms.actions import audit
from classrooms.actions.seeing import note_seen
from classrooms.forms.protection import RegisterSearchForm
from classrooms.models import AuditEntry, School
from classrooms.partials import render_page
from classrooms.queries.activity import activity_page, sentence
from classrooms.rosters.csv_safety import neutralize

ENTRIES_A_PAGE = 50


@for_school_admins
def school_activity(request: HttpRequest, school_id: int) -> HttpResponse:
    """Who did what, the newest first; by person, kind and days."""
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    # Before the page is counted, for the look itself is an entry.
    note_seen(by=user_of(request), about=school, what="register")
    form = RegisterSearchForm(request.GET or None)
    entries = activity_page(school, **form.found())
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"school": school, "page": page, "form": form, "asked": asked.urlencode()}
    return render_page(request, "classrooms/school/school_activity.html", context)


@for_school_admins
def school_activity_csv(request: HttpRequest, school_id: int) -> StreamingHttpResponse:
    """The same search as a file; a cell that a spreadsheet would take for a formula is made harmless."""
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    form = RegisterSearchForm(request.GET or None)
    audit.record(school=school, actor=user_of(request), verb="register.exported", about=school)
    rows = _lines(activity_page(school, **form.found()).iterator(chunk_size=500))
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="register.csv"'
    return answer


class _Echo:
    """What csv.writer writes to, giving the line back."""

    def write(self, line: str) -> str:
        return line


def _lines(entries: Iterable[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Without the mark a spreadsheet takes the accents for something else.
    yield "\ufeff" + writer.writerow([_("When"), _("Who"), _("What"), _("Code")])
    for entry in entries:
        who = str(entry.actor) if entry.actor else _("the portal")
        at = timezone.localtime(entry.at).isoformat(timespec="seconds")
        yield writer.writerow([at, neutralize(who), neutralize(sentence(entry)), entry.verb])
