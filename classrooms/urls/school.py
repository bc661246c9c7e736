"""Pages about a school as a whole."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.school import invites, schools, sign_in, staff, staff_code, staff_list

urlpatterns = all_marked(
    [
        path("school/new/", schools.school_new, name="school_new"),
        path("school/<int:school_id>/", schools.school_home, name="school_home"),
        path("school/<int:school_id>/name/", schools.school_edit, name="school_edit"),
        path("school/<int:school_id>/staff/", staff.school_staff, name="school_staff"),
        path("school/<int:school_id>/staff/invite/", invites.staff_invite, name="staff_invite"),
        path(
            "school/<int:school_id>/staff/invite/<int:invite_id>/cancel/",
            invites.staff_invite_cancel,
            name="staff_invite_cancel",
        ),
        path("school/<int:school_id>/staff/<int:role_id>/", staff.staff_edit, name="staff_edit"),
        path("school/<int:school_id>/staff/<int:role_id>/remove/", staff.staff_remove, name="staff_remove"),
        path(
            "school/<int:school_id>/staff/<int:role_id>/hand-over/",
            staff.staff_hand_over,
            name="staff_hand_over",
        ),
        path(
            "school/<int:school_id>/staff/invite/<int:invite_id>/again/",
            invites.staff_invite_again,
            name="staff_invite_again",
        ),
        path("school/<int:school_id>/sign-in/", sign_in.school_sign_in, name="school_sign_in"),
        path("school/<int:school_id>/staff/list/", staff_list.staff_list, name="staff_list"),
        path("staff-code/", staff_code.staff_code, name="staff_code"),
        path("invite/<str:token>/", invites.staff_invite_accept, name="staff_invite_accept"),
    ]
)
