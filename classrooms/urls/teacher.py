"""Pages of a teacher: classes, class lists, images."""

from django.urls import path

from classrooms.access import all_marked
from classrooms.views.teacher import (
    access_codes,
    as_student,
    assigning,
    checks,
    class_groups,
    class_lists,
    image_settings,
    images,
    joining,
    many_students,
    room,
    roster_columns,
    roster_meanings,
    rosters,
    settings,
    students,
)

urlpatterns = all_marked(
    [
        path("school/<int:school_id>/classes/new/", class_groups.class_group_new, name="class_group_new"),
        path("class/<int:class_group_id>/", class_groups.class_group, name="class_group"),
        path("class/<int:class_group_id>/print/", class_lists.class_list_print, name="class_list_print"),
        path(
            "class/<int:class_group_id>/list.<str:kind>", class_lists.class_list_file, name="class_list_file"
        ),
        path(
            "school/<int:school_id>/roster/empty.<str:kind>",
            class_lists.roster_template,
            name="roster_template",
        ),
        path("school/<int:school_id>/list.<str:kind>", class_lists.school_list_file, name="school_list_file"),
        path("class/<int:class_group_id>/codes/", access_codes.access_codes, name="access_codes"),
        path(
            "class/<int:class_group_id>/codes/slips/",
            access_codes.access_code_slips,
            name="access_code_slips",
        ),
        path("class/<int:class_group_id>/join-code/", joining.join_code, name="join_code"),
        path("class/<int:class_group_id>/join-code/wall/", joining.join_code_wall, name="join_code_wall"),
        path("class/<int:class_group_id>/join-code/close/", joining.join_code_close, name="join_code_close"),
        path(
            "class/<int:class_group_id>/join-code/waiting/<int:join_request_id>/",
            joining.join_request_answer,
            name="join_request_answer",
        ),
        path("class/<int:class_group_id>/as-student/", as_student.as_student, name="as_student"),
        path(
            "class/<int:class_group_id>/students/<int:enrolment_id>/sign-out/",
            students.student_sign_out,
            name="student_sign_out",
        ),
        path(
            "class/<int:class_group_id>/settings/", settings.class_group_settings, name="class_group_settings"
        ),
        path("class/<int:class_group_id>/students/", many_students.students_bulk, name="students_bulk"),
        path("class/<int:class_group_id>/students/new/", students.student_new, name="student_new"),
        path(
            "class/<int:class_group_id>/students/<int:enrolment_id>/",
            students.student_edit,
            name="student_edit",
        ),
        path(
            "class/<int:class_group_id>/students/<int:enrolment_id>/withdraw/",
            students.student_withdraw,
            name="student_withdraw",
        ),
        path(
            "class/<int:class_group_id>/students/<int:enrolment_id>/code/",
            students.student_code,
            name="student_code",
        ),
        path("school/<int:school_id>/roster/", rosters.roster_upload, name="roster_upload"),
        path("school/<int:school_id>/roster/columns/", roster_columns.roster_columns, name="roster_columns"),
        path(
            "school/<int:school_id>/roster/meanings/", roster_meanings.roster_meanings, name="roster_meanings"
        ),
        path("roster/<int:import_id>/", rosters.roster_import, name="roster_import"),
        path("school/<int:school_id>/images/", images.images, name="images"),
        path("school/<int:school_id>/images/new/", images.image_new, name="image_new"),
        path("school/<int:school_id>/images/check-name/", images.check_image_name, name="check_image_name"),
        path("school/<int:school_id>/check-reference/", images.check_reference, name="check_reference"),
        path("school/<int:school_id>/images/check/", checks.images_check_all, name="images_check_all"),
        path("class/<int:class_group_id>/check/", checks.image_check, name="image_check"),
        path("class/<int:class_group_id>/room/", room.class_room, name="class_room"),
        path("class/<int:class_group_id>/room/<str:name>", room.class_room_file, name="class_room_file"),
        path("practice/<int:practice_id>/check/", checks.practice_check, name="practice_check"),
        path("image/<int:image_id>/", images.image, name="image"),
        path("image/<int:image_id>/settings/", image_settings.image_settings, name="image_settings"),
        path("class/<int:class_group_id>/assign/", assigning.assign_image, name="assign_image"),
        path(
            "class/<int:class_group_id>/images/<int:assigned_id>/",
            assigning.assigned_image_edit,
            name="assigned_image_edit",
        ),
        path("assigned/<int:assigned_id>/withdraw/", assigning.withdraw_image, name="withdraw_image"),
    ]
)
