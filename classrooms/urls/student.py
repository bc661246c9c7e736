"""Pages of students."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.student import docker_id, home, join

urlpatterns = all_marked(
    [
        path("join/", join.student_join, name="student_join"),
        path("join/account/", join.student_join_account, name="student_join_account"),
        path("student/", home.student_home, name="student_home"),
        path("student/docker-id/", docker_id.student_docker_id, name="student_docker_id"),
    ]
)
