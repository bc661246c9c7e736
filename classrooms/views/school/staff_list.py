"""The department's staff list: uploaded, looked at, confirmed. No mail goes out before."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from classrooms.access import for_school_admins, user_of
from classrooms.actions.refusals import LastOwner, TooManyInvites
from classrooms.actions.staff_list import carry_out_staff_list, keep_staff_list
from classrooms.actions.tutors import carry_out_tutors
from classrooms.models import School, StaffImport
from classrooms.partials import render_page
from classrooms.queries.staff_list import staff_preview
from classrooms.queries.tutors import tutor_preview
from classrooms.rosters.rows import UnreadableRoster


class StaffListForm(forms.Form):
    """Séneca's RelPerCen or RegUnidades; identity cards and telephones in them are not read."""

    file = forms.FileField(
        label=gettext_lazy("Staff list"),
        help_text=gettext_lazy(
            "RelPerCen as Séneca exports it, or RegUnidades with the tutors of the classes. Identity cards and telephones"
            " are not read."
        ),
    )


@for_school_admins
@never_cache
def staff_list(request: HttpRequest, school_id: int) -> HttpResponse:
    """Asks for the file, shows what it would do, and answers the confirmation with the links."""
    school = get_object_or_404(School.objects.owned_by(user_of(request)), pk=school_id)
    waiting = StaffImport.objects.filter(school=school).first()
    decision = request.POST.get("decision")
    if decision and request.POST.get("list") != str(waiting.pk if waiting else ""):
        messages.warning(
            request, _("Meanwhile another list took this one’s place, or it was decided. Nothing was done.")
        )
        return redirect("staff_list", school.pk)
    if waiting and decision == "drop":
        waiting.delete()
        return redirect("school_staff", school.pk)
    if waiting and waiting.classes and decision == "carry out":
        return _give_tutors(request, school, waiting)
    if waiting and decision == "carry out":
        return _carry_out(request, school, waiting)
    form = StaffListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_staff_list(school=school, data=form.cleaned_data["file"].read(), by=user_of(request))
            return redirect("staff_list", school.pk)
        except UnreadableRoster:
            form.add_error(
                "file",
                _("This is no staff list. Export RelPerCen or RegUnidades from Séneca as CSV and upload it."),
            )
    return _page(request, school, form, waiting)


def _carry_out(request: HttpRequest, school: School, waiting: StaffImport) -> HttpResponse:
    numbers = {int(one) for one in request.POST.getlist("row") if one.isdecimal() and len(one) < 10}
    try:
        links = carry_out_staff_list(staff_import=waiting, numbers=numbers, by=user_of(request))
    except (LastOwner, TooManyInvites) as refusal:
        messages.error(request, refusal.sentence)
        return redirect("staff_list", school.pk)
    return render_page(request, "classrooms/school/staff_list_done.html", {"school": school, "links": links})


def _give_tutors(request: HttpRequest, school: School, waiting: StaffImport) -> HttpResponse:
    keys = set(request.POST.getlist("tutor"))
    given = carry_out_tutors(staff_import=waiting, keys=keys, by=user_of(request))
    told = ngettext(
        "%(count)s tutor teaches the class now.", "%(count)s tutors teach their classes now.", given
    )
    messages.success(request, told % {"count": given})
    return redirect("school_staff", school.pk)


def _page(
    request: HttpRequest, school: School, form: StaffListForm, waiting: StaffImport | None
) -> HttpResponse:
    context = {
        "school": school,
        "form": form,
        "waiting": waiting,
    }
    if waiting is not None and waiting.classes:
        context["tutors"] = tutor_preview(waiting)
        return render_page(request, "classrooms/school/staff_list_tutors.html", context)
    context["preview"] = staff_preview(waiting) if waiting else None
    return render_page(request, "classrooms/school/staff_list.html", context)
