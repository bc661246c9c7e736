"""What can be changed of an image of the school's own account; each question has its own button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from classrooms.access import for_teachers, user_of
from classrooms.actions.image_wishes import wish_image_change
from classrooms.forms.image_changes import DescriptionForm, VisibilityForm
from classrooms.models import AssignedImage, Image, School, User
from classrooms.partials import render_page
from classrooms.policies import may_change_school
from classrooms.queries import role_in


@for_teachers
def image_settings(request: HttpRequest, image_id: int) -> HttpResponse:
    """Teachers describe; who can pull an image, and whether its tags stay, the school's owners decide."""
    user = user_of(request)
    own = Image.objects.filter(is_own=True, school__in=School.objects.worked_in_by(user)).select_related(
        "school"
    )
    image = get_object_or_404(own, pk=image_id)
    if request.method == "POST":
        return _answer(request, image, user)
    return _page(request, image, user)


def _answer(request: HttpRequest, image: Image, user: User) -> HttpResponse:
    question = request.POST.get("question")
    if question == "description":
        description = DescriptionForm(request.POST)
        if not description.is_valid():
            return _page(request, image, user, description_form=description)
        return _wished(request, image, user, description=description.cleaned_data["description"])
    if question not in ("visibility", "tags"):
        return HttpResponseBadRequest()
    if not may_change_school(role_in(image.school, user)):
        raise Http404
    if question == "tags":
        return _wished(request, image, user, has_immutable_tags=request.POST.get("immutable") == "yes")
    form = VisibilityForm(request.POST)
    is_private = request.POST.get("private") == "yes"
    # To take a wish back needs no reading.
    if is_private != image.is_private and not form.is_valid():
        return _page(request, image, user, visibility_form=form)
    return _wished(request, image, user, is_private=is_private)


def _wished(request: HttpRequest, image: Image, user: User, **wish: Any) -> HttpResponse:
    wish_image_change(image=image, by=user, **wish)
    messages.success(request, _("Saved. The synchronization changes it on Docker Hub."))
    return redirect("image_settings", image.pk)


def _page(request: HttpRequest, image: Image, user: User, **forms: Any) -> HttpResponse:
    used = AssignedImage.objects.current().filter(image=image)
    wished = image.wished_description
    shown = image.description if wished is None else wished
    context = {
        "image": image,
        "school": image.school,
        "description_form": DescriptionForm(initial={"description": shown}),
        "visibility_form": VisibilityForm(),
        "may_decide": may_change_school(role_in(image.school, user)),
        "classes": sorted({str(one.class_group) for one in used.select_related("class_group")}),
        "without_members": sorted(
            {str(one.class_group) for one in used if not one.class_group.students_are_members}
        ),
    }
    return render_page(request, "classrooms/teacher/image_settings.html", {**context, **forms})
