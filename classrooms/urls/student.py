"""Pages of students."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.student import docker_id, home, join, pull_access, waiting

urlpatterns = all_marked(
    [
        path("join/", join.student_join, name="student_join"),
        path("join/account/", join.student_join_account, name="student_join_account"),
        path("join/name/", waiting.student_join_name, name="student_join_name"),
        path("join/waiting/", waiting.student_join_waiting, name="student_join_waiting"),
        path("join/<str:code>/", join.student_join_link, name="student_join_link"),
        path("student/", home.student_home, name="student_home"),
        path("student/pull-access/", pull_access.student_pull_access, name="student_pull_access"),
        path("student/docker-id/", docker_id.student_docker_id, name="student_docker_id"),
    ]
)
