"""An image handed in as a file by `docker save`: for those without an account, or without a line."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import Any, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from classrooms import archive_store
from classrooms.access import View, for_students, user_of
from classrooms.actions.handing_in import HandedIn, hand_in, refuse_more_archives
from classrooms.actions.refusals import NotTaken
from classrooms.archive_store import ArchiveUpload
from classrooms.archives.reading import UNPACKED, ArchiveFacts, read_archive
from classrooms.archives.troubles import REASONS, ArchiveTrouble
from classrooms.forms.hand_ins import ArchiveForm
from classrooms.image_checks.configuration import ports_of, signs_in
from classrooms.image_checks.hand_in import check_archive
from classrooms.models import ClassPractice, HandIn, Student
from classrooms.queries.hand_ins import open_to, own_work, runner_of
from classrooms.templatetags.hand_ins import remark_sentence
from classrooms.views.student.file_images import images_of_file

P = ParamSpec("P")


def streamed(view: View[P]) -> View[P]:
    """Give the file a place to go to before the body is read, which the check for another site's form does.

    Nobody but a student gets a place: for others the body is read past as everywhere.
    """
    protected = csrf_protect(view)

    @wraps(view)
    def streaming(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not Student.objects.filter(user_id=request.user.pk or 0).exists():
            return protected(request, *args, **kwargs)
        upload = ArchiveUpload(request)
        request.upload_handlers = [upload]
        try:
            return protected(request, *args, **kwargs)
        finally:
            upload.tidy()

    return csrf_exempt(cast(View[P], streaming))


@streamed
@for_students
def hand_in_archive(request: HttpRequest, class_practice_id: int) -> HttpResponse:
    """Takes the file as a stream, looks through it, and hands it in. One step: nobody uploads a file twice."""
    student = get_object_or_404(Student, user=user_of(request))
    given = get_object_or_404(open_to(student), pk=class_practice_id)
    is_sent, upload = request.method == "POST", cast(ArchiveUpload, request.upload_handlers[0])
    form = ArchiveForm(request.POST if is_sent else None, request.FILES or None, practice=given.practice)
    if is_sent and upload.trouble:
        form.errors.clear()
        form.add_error("archive", _trouble(upload.trouble))
    elif is_sent and form.is_valid() and (row := _take(form, given, student, upload)):
        return redirect("hand_in_receipt", row.pk)
    context = {
        "given": given,
        "form": form,
        "work": own_work(given, student),
        "most_bytes": settings.ARCHIVE_MOST_BYTES,
    }
    status = 422 if form.errors else 200
    return render(request, "classrooms/student/hand_in_archive.html", context, status=status)


def _take(form: ArchiveForm, given: ClassPractice, student: Student, upload: ArchiveUpload) -> HandIn | None:
    if upload.path is None:
        form.add_error("archive", _("Choose the file."))
        return None
    size = upload.path.stat().st_size
    try:
        refuse_more_archives(given, student)
        with upload.path.open("rb") as file:
            facts = read_archive(file, most_bytes=UNPACKED * settings.ARCHIVE_MOST_BYTES)
    except NotTaken as refusal:
        form.add_error("archive", refusal.sentence)
        return None
    except ArchiveTrouble as trouble:
        form.add_error("archive", _(REASONS[trouble.code]))
        return None
    needed = images_of_file(facts, form.compose_images, given.class_group.school, student)
    if blocking := [one for one in needed.remarks if one.is_blocking]:
        form.add_error("compose", [remark_sentence(one.as_row()) for one in blocking])
        return None
    name = archive_store.keep(upload.path)
    remarks = (*check_archive(facts.platform, runner_of(given.class_group)), *needed.remarks)
    handed_in = replace(
        _handed_in(form, facts, name, size),
        compose_digests=needed.digests,
        findings=tuple(one.as_row() for one in remarks),
    )
    try:
        return hand_in(class_practice=given, student=student, handed_in=handed_in)
    except NotTaken as refusal:
        archive_store.remove(name)
        form.add_error(None, refusal.sentence)
        return None


def _handed_in(form: ArchiveForm, facts: ArchiveFacts, name: str, size: int) -> HandedIn:
    values: dict[str, Any] = form.cleaned_data
    port = values.get("port")
    return HandedIn(
        digest=facts.digest,
        compressed_bytes=size,
        platforms=(facts.platform,) if facts.platform else (),
        ports=(port,) if port else ports_of(facts.config),
        compose=values.get("compose", ""),
        note=values["note"],
        archive=name,
        secret_signs=signs_in(facts.config),
    )


def _trouble(code: str) -> str:
    if code == "no_room":
        return _("The portal has no room for files just now. Tell your teacher; nothing is wrong with yours.")
    most = settings.ARCHIVE_MOST_BYTES // 1_000_000
    return _("The file is larger than %(most)s MB. Hand in your image by its name, or make it smaller.") % {
        "most": most
    }
