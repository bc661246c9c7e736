"""The page behind a class's short code: its public images, for anybody, and nothing about people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from classrooms.access import for_everyone
from classrooms.models import ClassGroup
from classrooms.queries.student import public_images_of


@for_everyone
def class_page(request: HttpRequest, code: str) -> HttpResponse:
    """Where the teacher allows it; the letter case of the code makes no difference."""
    if not code.isalnum():
        raise Http404  # a zero byte, for one, is an error in PostgreSQL
    open_classes = ClassGroup.objects.active().filter(has_public_page=True).select_related("school")
    class_group = get_object_or_404(open_classes, code=code.upper())
    context = {
        "class_group": class_group,
        "images": public_images_of(class_group),
        "address": f"{request.get_host()}{request.path.removesuffix(f'{code}/')}",
    }
    return render(request, "classrooms/class_page/class_page.html", context)
