"""Pages of the own account that are not allauth's."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.account import sign_out_all

urlpatterns = all_marked([path("sign-out-everywhere/", sign_out_all, name="sign_out_everywhere")])
