"""Pages of a personal account: may the teachers push, and changing to an organization."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.access import for_school_admins
from hubsync.account.personal import (
    change_to_organization,
    images_left_behind,
    set_teachers_push,
    use_new_names,
)
from hubsync.account.refusals import NotConnectable
from hubsync.hub.names import organization_name_for, organization_name_trouble
from hubsync.pages.forms import NAME_TROUBLES, HubNameForm
from hubsync.views.schools import account_of, not_connected, own_school


class OrganizationNameForm(forms.Form):
    """Which organization the school changes to; it may be there already or still has to be made."""

    name = HubNameForm.base_fields["name"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip().lower()
        if trouble := organization_name_trouble(name):
            raise forms.ValidationError(str(NAME_TROUBLES[trouble]))
        return name


@for_school_admins
def hub_teachers_push(request: HttpRequest, school_id: int) -> HttpResponse:
    """Whether teachers may push to the personal account's repositories that classes use."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None and not account.has_teams:
        may = request.POST.get("teachers_push") == "yes"
        set_teachers_push(account=account, teachers_push=may, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Written down. The synchronization shows what follows from it."))
    return redirect("hub_connect", school.pk)


@for_school_admins
def hub_move(request: HttpRequest, school_id: int) -> HttpResponse:
    """What changes with an organization, and doing it; afterwards, which images still have the old name."""
    school = own_school(request, school_id)
    account = account_of(school)
    if account is None:
        return not_connected(request, school)
    proposal = {"name": organization_name_for(school.name)}
    form = OrganizationNameForm(request.POST if request.method == "POST" else None, initial=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            change_to_organization(account=account, name=form.cleaned_data["name"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The school uses an organization now. Connect it as the next step."))
            return redirect("hub_connect", school.pk)
        except NotConnectable as refusal:
            form.add_error("name", str(refusal.sentence))
    context = {"school": school, "account": account, "form": form, "images": images_left_behind(account)}
    return render(request, "hubsync/move.html", context, status=422 if form.errors else 200)


@for_school_admins
def hub_move_images(request: HttpRequest, school_id: int) -> HttpResponse:
    """Let classes use the organization's images in place of the personal account's."""
    school = own_school(request, school_id)
    account = account_of(school)
    if request.method == "POST" and account is not None and account.former_name:
        chosen = request.POST.getlist("repository")
        changed = use_new_names(account=account, repositories=chosen, by=request.user)  # type: ignore[arg-type]
        told = ngettext(
            "%(count)s class uses the new name now.", "%(count)s classes use the new name now.", changed
        )
        messages.success(request, told % {"count": changed})
    return redirect("hub_move", school.pk)
