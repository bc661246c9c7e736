"""Handing in, receipts, and marking."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.student import archives, receipts
from classrooms.views.teacher import grading_sheet, marking, running, school_marks, work

WORK = "class/<int:class_group_id>/work/<int:class_practice_id>/"
ONE = WORK + "students/<int:student_id>/"

urlpatterns = all_marked(
    [
        path(
            "student/practices/<int:class_practice_id>/hand-in/file/",
            archives.hand_in_archive,
            name="hand_in_archive",
        ),
        path("student/hand-ins/<int:hand_in_id>/", receipts.hand_in_receipt, name="hand_in_receipt"),
        path("receipt/", receipts.receipt_check, name="receipt_check"),
        path("receipt/<str:number>/<str:signature>/", receipts.receipt_shown, name="receipt_shown"),
        path("class/<int:class_group_id>/marks/", school_marks.class_marks, name="class_marks"),
        path(WORK, work.class_work_page, name="class_work"),
        path(WORK + "publish/", work.work_publish, name="work_publish"),
        path(WORK + "marks.csv", work.work_marks_csv, name="work_marks_csv"),
        path(WORK + "moodle/", grading_sheet.work_sheet, name="work_sheet"),
        path(WORK + "run/", running.work_run, name="work_run"),
        path(WORK + "files/<int:hand_in_id>/", work.work_archive, name="work_archive"),
        path(ONE, marking.work_mark, name="work_mark"),
        path(ONE + "claim/", marking.work_claim, name="work_claim"),
        path(ONE + "extension/", work.work_extension, name="work_extension"),
    ]
)
