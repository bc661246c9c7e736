"""The school's images: catalogue, a new one, one with its tags; what is said of a name while it is typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from classrooms.access import for_teachers, user_of
from classrooms.actions.images import want_repository
from classrooms.forms.images import ImageForm, read_repository_name, trouble_sentence
from classrooms.image_references.reading import read_reference
from classrooms.image_references.troubles import ReferenceTrouble
from classrooms.models import ClassGroup, School
from classrooms.partials import render_page
from classrooms.policies import may_change_school, may_work_in_school
from classrooms.queries import role_in
from classrooms.queries.images import catalogue, images_of, practices_with, uses_of
from classrooms.queries.reference_check import check_reference as checked_reference
from classrooms.queries.reference_check import who_is_member


@for_teachers
def images(request: HttpRequest, school_id: int) -> HttpResponse:
    user = user_of(request)
    school = get_object_or_404(School.objects.of(user), pk=school_id)
    search = request.GET.get("q", "").replace("\0", "").strip()[:80]
    role = role_in(school, user)
    context = {
        "school": school,
        "catalogue": catalogue(school, search=search),
        "search": search,
        "may_work": may_work_in_school(role),
        "may_change": may_change_school(role),
    }
    part = "classrooms/teacher/_images.html"
    return render_page(request, "classrooms/teacher/images.html", context, part=part)


@for_teachers
def image(request: HttpRequest, image_id: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(images_of(user), pk=image_id)
    taught = ClassGroup.objects.taught_by(user).active().filter(school=found.school)
    context = {
        "image": found,
        "school": found.school,
        "tags": found.tags.all(),
        "uses": uses_of(found, user),
        "practices": practices_with(found),
        "may_work": may_work_in_school(role_in(found.school, user)),
        "classes": taught,
        "may_change": may_change_school(role_in(found.school, user)),
    }
    return render_page(request, "classrooms/teacher/image.html", context)


@for_teachers
def image_new(request: HttpRequest, school_id: int) -> HttpResponse:
    """The repository is made by the synchronization; the page of the image says when it is there."""
    user = user_of(request)
    school = get_object_or_404(School.objects.worked_in_by(user), pk=school_id)
    form = ImageForm(
        request.POST or None, school=school, check_address=reverse("check_image_name", args=[school.pk])
    )
    if school.namespace and form.is_valid():
        return redirect("image", want_repository(school=school, by=user, **form.cleaned_data).pk)
    context = {"school": school, "form": form, "may_change": may_change_school(role_in(school, user))}
    return render_page(request, "classrooms/teacher/image_new.html", context)


@for_teachers
def check_image_name(request: HttpRequest, school_id: int) -> HttpResponse:
    """A part of a page: what a new image would be called, or what is wrong with the name."""
    school = get_object_or_404(School.objects.worked_in_by(user_of(request)), pk=school_id)
    name = request.GET.get("name", "")[:400]
    context = {"checked_name": "", "name_trouble": "", "name_mend": "", "name_is_known": False}
    try:
        repository = read_repository_name(school, name).repository if name else ""
        known = school.images.filter(repository=repository).exists()
        context |= {"checked_name": repository, "name_is_known": known}
    except ReferenceTrouble as trouble:
        context |= {"name_trouble": trouble_sentence(trouble)}
    return render_page(request, "classrooms/teacher/_name_check.html", context)


@for_teachers
def check_reference(request: HttpRequest, school_id: int) -> HttpResponse:
    """A part of a page: what a reference means for the class, or what is wrong with it and how to mend it."""
    school = get_object_or_404(School.objects.of(user_of(request)), pk=school_id)
    text = request.GET.get("reference", "")[:400]
    numbers = [pk for pk in request.GET.getlist("class_groups") if pk.isascii() and pk.isdigit()]
    ticked = [int(pk) for pk in numbers if len(pk) < 16]
    context = reference_context(school, text) | {"who_is_member": who_is_member(school, ticked[:100])}
    return render_page(request, "classrooms/teacher/_reference_check.html", context)


def reference_context(school: School, text: str) -> dict[str, object]:
    """What the part shows; empty where nothing was typed yet."""
    if not text.strip():
        return {"school": school}
    try:
        return {"school": school, "check": checked_reference(school, read_reference(text))}
    except ReferenceTrouble as trouble:
        return {"school": school, "reference_trouble": trouble_sentence(trouble), "mend": trouble.proposed}
