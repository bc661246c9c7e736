"""The page behind a class's short code, and what a terminal gets there."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views import class_files
from classrooms.views.class_page import class_page

CODE = "c/<str:code>/"

urlpatterns = all_marked(
    [
        path(CODE, class_page, name="class_page"),
        path(CODE + "pull.sh", class_files.pull_sh, name="pull_sh"),
        path(CODE + "pull.ps1", class_files.pull_ps1, name="pull_ps1"),
        path(CODE + "compose.yaml", class_files.compose_yaml, name="compose_yaml"),
        path(CODE + "images.json", class_files.images_json, name="images_json"),
        path(CODE + "done", class_files.pull_done, name="pull_done"),
    ]
)
