"""What a terminal gets behind a class's code: scripts that pull, a compose file, the images as JSON, and a word back.

The same that the pages show, at the same moment: nothing of an exam is in them before its minute.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from classrooms.access import for_everyone
from classrooms.actions.steps import note_step
from classrooms.models import ClassGroup, Student, StudentStep
from classrooms.pull_scripts.compose import compose_text
from classrooms.pull_scripts.powershell import pull_script_powershell, refusal_powershell
from classrooms.pull_scripts.sh import pull_script_sh, refusal_sh
from classrooms.pull_tokens import TokenTooOld, student_of_token
from classrooms.queries.class_files import ClassImages, class_images
from classrooms.script_words import script_words
from classrooms.views.class_door import class_with_code, language_of, who_asks

_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


@for_everyone
@require_GET
@never_cache
def pull_sh(request: HttpRequest, code: str) -> HttpResponse:
    """For Linux and macOS."""
    class_group = class_with_code(code)
    with translation.override(_language(request, class_group)):
        try:
            found = _found(request, class_group)
        except TokenTooOld:
            return _text(refusal_sh(_too_old()))
        words = script_words(str(class_group))
        return _text(pull_script_sh(found.for_scripts, words, report=_report(request, class_group)))


@for_everyone
@require_GET
@never_cache
def pull_ps1(request: HttpRequest, code: str) -> HttpResponse:
    """For Windows, with the mark without which PowerShell 5.1 reads no accents."""
    class_group = class_with_code(code)
    with translation.override(_language(request, class_group)):
        try:
            found = _found(request, class_group)
        except TokenTooOld:
            return _text(_BYTE_ORDER_MARK + refusal_powershell(_too_old()))
        words = script_words(str(class_group))
        script = pull_script_powershell(found.for_scripts, words, report=_report(request, class_group))
        return _text(_BYTE_ORDER_MARK + script)


@for_everyone
@require_GET
@never_cache
def compose_yaml(request: HttpRequest, code: str) -> HttpResponse:
    """Of one practice, by default of the next that has several images or a file of its own."""
    class_group = class_with_code(code)
    found = _asked(request, class_group)
    practice = next((one for one in found.practices if one.can_be_composed), None)
    if practice is None:
        raise Http404
    made = compose_text(practice.practice.title, [image.for_compose for image in practice.images])
    return _text(practice.compose or made, "application/yaml")


@for_everyone
@require_GET
@never_cache
def images_json(request: HttpRequest, code: str) -> HttpResponse:
    class_group = class_with_code(code)
    found = _asked(request, class_group)
    values = {"class": class_group.name, "year": class_group.year_label, "images": found.as_values}
    return JsonResponse(values, json_dumps_params={"ensure_ascii": False, "indent": 2})


@for_everyone
@csrf_exempt  # a script has no cookie; its address carries a signed mark
@require_POST
@never_cache
def pull_done(request: HttpRequest, code: str) -> HttpResponse:
    """A script says that all is there. 403 for whoever has no mark that the portal signed."""
    student = _marked_student(request, code)
    note_step(student=student, step=StudentStep.Step.PULL, source=StudentStep.Source.SCRIPT)
    if request.POST.get("login") == "1":
        note_step(student=student, step=StudentStep.Step.LOGIN, source=StudentStep.Source.SCRIPT)
    return HttpResponse(status=204)


def _marked_student(request: HttpRequest, code: str) -> Student:
    try:
        student = student_of_token(request.GET.get("me", ""), class_with_code(code))
    except (TokenTooOld, Http404):
        student = None
    if student is None:
        raise PermissionDenied
    return student


def _asked(request: HttpRequest, class_group: ClassGroup) -> ClassImages:
    """As `_found`; an old mark is no mark where nobody reads a sentence."""
    try:
        return _found(request, class_group)
    except TokenTooOld as problem:
        raise Http404 from problem


def _found(request: HttpRequest, class_group: ClassGroup) -> ClassImages:
    wanted = request.GET.get("practice", "")
    practice = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None
    return class_images(class_group, who_asks(request, class_group), practice)


def _report(request: HttpRequest, class_group: ClassGroup) -> str:
    """Where the script says that it is done; "" for whoever is nobody."""
    token = request.GET.get("me", "")
    if not token or student_of_token(token, class_group) is None:
        return ""
    return request.build_absolute_uri(request.path.rpartition("/")[0] + f"/done?me={token}")


def _language(request: HttpRequest, class_group: ClassGroup) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else language_of(class_group)


def _too_old() -> str:
    return _("This command is more than a month old. Copy it again from the portal.")


def _text(text: str, kind: str = "text/plain") -> HttpResponse:
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8")
