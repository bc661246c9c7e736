"""The portal with one more page, for comparison: one query and a line of text, behind the portal's own middleware."""

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402

from classrooms.models import ClassGroup  # noqa: E402


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<h1>{ClassGroup.objects.get().name}</h1>")


urlpatterns = [path("bare/", bare), path("", include("portal.urls"))]
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
