"""Data protection of a school: what is kept, the documents to print, the rules."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from classrooms.access import for_everyone, for_school_admins, for_teachers, user_of
from classrooms.actions.layer_looks import set_looks_in_layers
from classrooms.actions.protection import set_asks_consent, set_retention
from classrooms.actions.retention import rules_of
from classrooms.forms.protection import RetentionForm
from classrooms.image_layers.bounds import Bounds
from classrooms.models import School
from classrooms.models.kept_data import personal_rows
from classrooms.partials import render_page
from classrooms.policies import may_change_school
from classrooms.queries import role_in
from classrooms.queries.protection import school_figures


@for_everyone
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal keeps of people, for anybody who asks, also before signing in."""
    return render(request, "classrooms/home/privacy.html", {"rows": personal_rows()})


@for_teachers
def data_protection(request: HttpRequest, school_id: int) -> HttpResponse:
    return _page(request, school_id, "data_protection")


@for_teachers
def processing_record(request: HttpRequest, school_id: int) -> HttpResponse:
    """A draft of the school's record of processing activities, to be completed and kept by the school."""
    return _page(request, school_id, "processing_record")


@for_teachers
def information_notice(request: HttpRequest, school_id: int) -> HttpResponse:
    """A draft of what students and families are told."""
    return _page(request, school_id, "information_notice")


@for_teachers
def data_sheet(request: HttpRequest, school_id: int) -> HttpResponse:
    """One page that the head can sign: what, where, who, how long."""
    return _page(request, school_id, "data_sheet")


@for_school_admins
def retention_rules(request: HttpRequest, school_id: int) -> HttpResponse:
    """How long things are kept, whether a Docker ID needs a record of age or consent, whether images are looked into."""
    user = user_of(request)
    school = get_object_or_404(School.objects.owned_by(user), pk=school_id)
    if request.POST.get("question") == "consent":
        set_asks_consent(school=school, asks_consent=request.POST.get("asks_consent") == "yes", by=user)
        messages.success(request, _("Saved."))
        return redirect("retention_rules", school.pk)
    if request.POST.get("question") == "layers":
        is_on = request.POST.get("looks_in_layers") == "yes"
        set_looks_in_layers(school=school, looks_in_layers=is_on, by=user)
        messages.success(request, _("Saved."))
        return redirect("retention_rules", school.pk)
    form = RetentionForm(request.POST or None, instance=rules_of(school))
    if form.is_valid():
        set_retention(rules=form.save(commit=False), by=user)
        messages.success(request, _("Saved."))
        return redirect("data_protection", school.pk)
    return render_page(
        request,
        "classrooms/school/retention_rules.html",
        {"school": school, "form": form, "may_change": True, "bounds": Bounds()},
    )


def _page(request: HttpRequest, school_id: int, name: str) -> HttpResponse:
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    context: dict[str, Any] = {
        "school": school,
        "rows": personal_rows(),
        "rules": rules_of(school),
        "warnings": school.retention_warnings.filter(done_at__isnull=True),
        "figures": school_figures(school),
        "today": timezone.localdate(),
        "base_url": settings.BASE_URL,
        "may_change": may_change_school(role_in(school, user)),
    }
    return render_page(request, f"classrooms/school/{name}.html", context)
