"""Handed-in work as one project for the teacher's own computer: bounded, and ending by itself."""

from __future__ import annotations

import io
import zipfile

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from classrooms.access import for_teachers
from classrooms.forms.assessing import RunForm
from classrooms.image_checks.machines import Machine
from classrooms.models import ClassPractice
from classrooms.partials import render_page
from classrooms.queries.hand_ins import class_work, runner_of
from classrooms.queries.run_works import Runnable, runnable
from classrooms.run_projects.page import PageWords, Shown, page_html
from classrooms.run_projects.project import compose_project, doors_of
from classrooms.run_projects.scripts import RunWords, scripts_powershell, scripts_sh
from classrooms.run_projects.values import Limits, Work
from classrooms.views.teacher.work import facts_of
from classrooms.views.teacher.work_rows import find_given

EXECUTABLE = 0o755 << 16


@for_teachers
@never_cache
def work_run(request: HttpRequest, class_group_id: int, class_practice_id: int) -> HttpResponse:
    """What can be run, and the download. ?student= is one of them alone."""
    given = find_given(request, class_group_id, class_practice_id)
    usual = runner_of(given.class_group)
    form = RunForm(request.GET if "minutes" in request.GET else None, initial={"machine": usual.value})
    is_asked = form.is_valid() and form.cleaned_data["machine"]
    machine = Machine(form.cleaned_data["machine"]) if is_asked else usual
    rows = _chosen(given, request.GET.get("student", ""), machine)
    if form.is_valid() and any(one.work for one in rows):
        values = form.cleaned_data
        limits = Limits(
            memory_megabytes=values["memory"], minutes=values["minutes"], reaches_out=values["reaches_out"]
        )
        return _download(given, rows, limits)
    context = {
        "rows": rows,
        "form": form,
        "count": sum(one.work is not None for one in rows),
        "student": request.GET.get("student", ""),
    }
    return render_page(request, "classrooms/teacher/work_run.html", context | facts_of(given))


def _chosen(given: ClassPractice, student: str, machine: Machine) -> list[Runnable]:
    counted = [row.counted for row in class_work(given).rows if row.counted]
    if student.isdecimal():
        counted = [one for one in counted if str(one.student_id) == student]
    return runnable(counted, machine)


def _download(given: ClassPractice, rows: list[Runnable], limits: Limits) -> HttpResponse:
    name = f"aulahub-{given.pk}" + (f"-{rows[0].hand_in.pk}" if len(rows) == 1 else "")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file_name, text in _files(name, given, rows, limits).items():
            member = zipfile.ZipInfo(f"{name}/{file_name}")
            member.external_attr = EXECUTABLE if file_name.endswith(".sh") else 0o644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def _files(name: str, given: ClassPractice, rows: list[Runnable], limits: Limits) -> dict[str, str]:
    works = [one.work for one in rows if one.work]
    doors = doors_of(works)
    shown = [Shown(one.work, str(one.hand_in.student), _mark_url(given, one)) for one in rows if one.work]
    words = _words(given, works, limits)
    start_sh, stop_sh = scripts_sh(name, works, limits, words, doors)
    start_ps1, stop_ps1 = scripts_powershell(name, works, limits, words, doors)
    return {
        "compose.yaml": compose_project(name, works, doors, limits),
        "page.html": page_html(shown, doors, _page_words(given)),
        "states.js": 'window.states = "";\n',
        "answers.js": 'window.answers = "";\n',
        "start.sh": start_sh,
        "stop.sh": stop_sh,
        # Windows PowerShell reads no accents without the mark.
        "start.ps1": "\ufeff" + start_ps1,
        "stop.ps1": "\ufeff" + stop_ps1,
    }


def _mark_url(given: ClassPractice, one: Runnable) -> str:
    path = reverse("work_mark", args=[given.class_group_id, given.pk, one.hand_in.student_id])
    return f"{settings.BASE_URL}{path}"


def _words(given: ClassPractice, works: list[Work], limits: Limits) -> RunWords:
    return RunWords(
        heading=f"{given.practice} · {given.class_group.name}",
        no_docker=_("docker is not here. Start Docker and try again."),
        not_started=_("This did not start:"),
        no_file=_("Put the file of the student beside this script, as the page gives it:"),
        other_file=_(
            "Not loaded, since it is not the file as the page gives it; it could replace images here:"
        ),
        open_page=_("Open page.html in this folder: it has the links and what runs."),
        stops_in=_("It stops by itself after %(minutes)s minutes, or now with Ctrl+C.")
        % {"minutes": limits.minutes},
        stopped=_("Everything is stopped and taken away."),
    )


def _page_words(given: ClassPractice) -> PageWords:
    return PageWords(
        heading=f"{given.practice} · {given.class_group.name}",
        previous=_("Previous"),
        next=_("Next"),
        mark=_("Mark it"),
        no_door=_("It says no port: there is nothing to open."),
        not_running=_("not running"),
        language=get_language() or "es",
        no_answer=_("no answer"),
    )
