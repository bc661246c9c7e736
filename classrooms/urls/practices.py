"""Practices: written, given, and what a class sees of them."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.student import help as student_help
from classrooms.views.student.practices import student_practice
from classrooms.views.student.steps import student_address
from classrooms.views.teacher import giving, lights, practices, questions

SCHOOL = "school/<int:school_id>/practices/"
PRACTICE = "practice/<int:practice_id>/"
CLASS = "class/<int:class_group_id>/"
IN_CLASS = "class/<int:class_group_id>/practices/<int:class_practice_id>/"

urlpatterns = all_marked(
    [
        path(SCHOOL, practices.practices, name="practices"),
        path(SCHOOL + "new/", practices.practice_new, name="practice_new"),
        path(PRACTICE, practices.practice, name="practice"),
        path(PRACTICE + "edit/", practices.practice_edit, name="practice_edit"),
        path(PRACTICE + "publish/", practices.practice_publish, name="practice_publish"),
        path(PRACTICE + "copy/", practices.practice_copy, name="practice_copy"),
        path(PRACTICE + "archive/", practices.practice_archive, name="practice_archive"),
        path(PRACTICE + "freeze/", practices.practice_freeze, name="practice_freeze"),
        path(PRACTICE + "give/", giving.practice_give, name="practice_give"),
        path(IN_CLASS + "dates/", giving.class_practice_dates, name="class_practice_dates"),
        path(IN_CLASS + "withdraw/", giving.class_practice_withdraw, name="class_practice_withdraw"),
        path(CLASS + "questions/", questions.class_questions, name="class_questions"),
        path(CLASS + "questions/<int:question_id>/", questions.question_answer, name="question_answer"),
        path("student/practices/<int:class_practice_id>/", student_practice, name="student_practice"),
        path(CLASS + "lights/", lights.class_lights_page, name="class_lights"),
        path(CLASS + "lights/wall/", lights.class_lights_wall, name="class_lights_wall"),
        path("student/address-confirmed/", student_address, name="student_address"),
        path("student/help/", student_help.student_help, name="student_help"),
        path("c/<str:code>/help/", student_help.class_help, name="class_help"),
    ]
)
