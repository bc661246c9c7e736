"""Giving classes an image, changing what is said of it, and taking it back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from classrooms.access import for_teachers, user_of
from classrooms.actions.images import assign_image as give_image
from classrooms.actions.images import change_assigned_image, follow_reference
from classrooms.actions.images import withdraw_image as take_image
from classrooms.forms.assigned_images import AssignedImageForm, AssignImageForm
from classrooms.models import AssignedImage, ClassGroup, School, User
from classrooms.partials import render_page
from classrooms.queries.class_group import image_row
from classrooms.queries.images import suggestions
from classrooms.queries.reference_check import who_is_member
from classrooms.views.teacher.images import reference_context


@for_teachers
def assign_image(request: HttpRequest, class_group_id: int) -> HttpResponse:
    """One field is needed: the image. This class is ticked already."""
    user = user_of(request)
    taught = ClassGroup.objects.taught_by(user).active().select_related("school")
    class_group = get_object_or_404(taught, pk=class_group_id)
    school = class_group.school
    typed = request.POST.get("reference") or request.GET.get("reference", "")
    form = AssignImageForm(
        request.POST or None,
        school=school,
        user=user,
        check_address=reverse("check_reference", args=[school.pk]),
        initial={"reference": typed, "class_groups": [class_group.pk]},
    )
    if form.is_valid():
        _assign(form, school, user)
        messages.success(request, _("%(image)s is assigned.") % {"image": form.cleaned_data["reference"]})
        return redirect(class_group)
    context = {
        "class_group": class_group,
        "form": form,
        "suggestions": suggestions(school),
        **reference_context(school, typed),
        "who_is_member": who_is_member(school, [class_group.pk]),
    }
    return render_page(request, "classrooms/teacher/assign_image.html", context)


@for_teachers
def assigned_image_edit(request: HttpRequest, class_group_id: int, assigned_id: int) -> HttpResponse:
    """What stands beside the image, from when it is seen, and which version of it the class gets."""
    taught = ClassGroup.objects.taught_by(user_of(request)).active().filter(pk=class_group_id)
    images = AssignedImage.objects.current().select_related("class_group__school", "image")
    assigned = get_object_or_404(images, pk=assigned_id, class_group__in=taught.values("pk"))
    row = image_row(assigned)
    form = AssignedImageForm(request.POST or None, row=row)
    if form.is_valid():
        change_assigned_image(assigned=assigned, by=user_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(assigned.class_group)
    context = {
        "class_group": assigned.class_group,
        "school": assigned.class_group.school,
        "row": row,
        "form": form,
    }
    return render_page(request, "classrooms/teacher/assigned_image_edit.html", context)


@for_teachers
@require_POST
def withdraw_image(request: HttpRequest, assigned_id: int) -> HttpResponse:
    taught = ClassGroup.objects.taught_by(user_of(request)).active().values("pk")
    images = AssignedImage.objects.select_related("class_group__school", "image")
    assigned = get_object_or_404(images, pk=assigned_id, class_group__in=taught)
    take_image(assigned=assigned, by=user_of(request))
    messages.success(request, _("%(image)s is withdrawn.") % {"image": f"{assigned.image}:{assigned.tag}"})
    return redirect(assigned.class_group)


@transaction.atomic
def _assign(form: AssignImageForm, school: School, user: User) -> None:
    """All the classes that were ticked, or none; of the class of a part that was chosen, that part alone."""
    part = form.cleaned_data.get("sub_group")
    reference = form.cleaned_data["reference"]
    image = follow_reference(school=school, reference=reference)
    for class_group in form.cleaned_data["class_groups"]:
        give_image(
            class_group=class_group,
            image=image,
            tag=reference.tag or "latest",
            digest=reference.digest,
            title=form.cleaned_data["title"],
            note=form.cleaned_data["note"],
            run_options=form.cleaned_data["run_options"],
            visible_from=form.cleaned_data["visible_from"],
            sub_group=part if part and part.class_group_id == class_group.pk else None,
            by=user,
        )
