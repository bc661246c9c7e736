"""Years, parts of classes, the trash, the register and data protection."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.school import protection, register, trash, years
from classrooms.views.student import my_data
from classrooms.views.teacher import student_record, sub_groups

SCHOOL = "school/<int:school_id>/"
CLASS = "class/<int:class_group_id>/"
STUDENT = CLASS + "students/<int:enrolment_id>/"

urlpatterns = all_marked(
    [
        path("privacy/", protection.privacy, name="privacy"),
        path(SCHOOL + "years/", years.school_years_page, name="school_years"),
        path(SCHOOL + "years/new/", years.year_new, name="year_new"),
        path(SCHOOL + "years/<int:change_id>/undo/", years.year_undo, name="year_undo"),
        path(SCHOOL + "delete/<str:kind>/<int:row_id>/", trash.delete_row, name="delete_row"),
        path(SCHOOL + "trash/", trash.trash, name="trash"),
        path(SCHOOL + "trash/<int:deletion_id>/restore/", trash.trash_restore, name="trash_restore"),
        path(SCHOOL + "restore/", trash.school_restore, name="school_restore"),
        path(SCHOOL + "activity/", register.school_activity, name="school_activity"),
        path(SCHOOL + "activity.csv", register.school_activity_csv, name="school_activity_csv"),
        path(SCHOOL + "data-protection/", protection.data_protection, name="data_protection"),
        path(SCHOOL + "data-protection/rules/", protection.retention_rules, name="retention_rules"),
        path(SCHOOL + "data-protection/record/", protection.processing_record, name="processing_record"),
        path(SCHOOL + "data-protection/notice/", protection.information_notice, name="information_notice"),
        path(SCHOOL + "data-protection/sheet/", protection.data_sheet, name="data_sheet"),
        path(CLASS + "parts/", sub_groups.sub_groups, name="sub_groups"),
        path(CLASS + "parts/<int:sub_group_id>/", sub_groups.sub_group_edit, name="sub_group_edit"),
        path(
            CLASS + "parts/<int:sub_group_id>/delete/", sub_groups.sub_group_delete, name="sub_group_delete"
        ),
        path(STUDENT + "record/", student_record.student_record, name="student_record"),
        path(STUDENT + "consent/", student_record.student_consent, name="student_consent"),
        path(STUDENT + "move/", student_record.student_move, name="student_move"),
        path(STUDENT + "export.json", student_record.student_export, name="student_export"),
        path(STUDENT + "erase/", student_record.student_erase, name="student_erase"),
        path("student/data/", my_data.my_data, name="my_data"),
        path("student/data.json", my_data.my_data_json, name="my_data_json"),
    ]
)
