"""Practices: written, given, and what a class sees of them."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.teacher import giving, practices

SCHOOL = "school/<int:school_id>/practices/"
PRACTICE = "practice/<int:practice_id>/"
IN_CLASS = "class/<int:class_group_id>/practices/<int:class_practice_id>/"

urlpatterns = all_marked(
    [
        path(SCHOOL, practices.practices, name="practices"),
        path(SCHOOL + "new/", practices.practice_new, name="practice_new"),
        path(PRACTICE, practices.practice, name="practice"),
        path(PRACTICE + "edit/", practices.practice_edit, name="practice_edit"),
        path(PRACTICE + "publish/", practices.practice_publish, name="practice_publish"),
        path(PRACTICE + "copy/", practices.practice_copy, name="practice_copy"),
        path(PRACTICE + "give/", giving.practice_give, name="practice_give"),
        path(IN_CLASS + "dates/", giving.class_practice_dates, name="class_practice_dates"),
        path(IN_CLASS + "withdraw/", giving.class_practice_withdraw, name="class_practice_withdraw"),
    ]
)
