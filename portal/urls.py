"""All addresses of the portal. Each view says in its file whom it is for."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from classrooms.views.account import AddPasskey

# Django's own form of the administration counts no wrong passwords; the portal's does, for every account.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("portal.pages")),
    path("", include("classrooms.urls.home")),
    path("", include("classrooms.urls.school")),
    path("", include("classrooms.urls.teacher")),
    path("", include("classrooms.urls.practices")),
    path("", include("classrooms.urls.student")),
    path("", include("classrooms.urls.hand_ins")),
    path("", include("classrooms.urls.keeping")),
    path("", include("classrooms.urls.class_page")),
    path("", include("hubsync.urls")),
    path("account/", include("classrooms.urls.account")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/webauthn/add/", AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/school/", include("allauth.socialaccount.urls")),
    path("account/school/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
