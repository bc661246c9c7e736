"""The page behind a class's short code."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.class_page import class_page

urlpatterns = all_marked([path("c/<str:code>/", class_page, name="class_page")])
