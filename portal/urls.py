"""All addresses of the portal. Each view says in its file whom it is for."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("portal.pages")),
    path("", include("classrooms.urls.home")),
    path("", include("classrooms.urls.school")),
    path("", include("classrooms.urls.teacher")),
    path("", include("classrooms.urls.student")),
    path("", include("classrooms.urls.class_page")),
    path("", include("hubsync.urls")),
    path("account/", include("allauth.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
