"""The first page."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.home import home

urlpatterns = all_marked([path("", home, name="home")])
