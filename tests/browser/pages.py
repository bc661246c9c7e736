"""Every page of the portal: who opens it and where. A new address is added here, or said to be no page.

In a path {class_group}, {school}, {image}… stand for what `tests/browser/world.py` made.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageToLookAt:
    """`url_name` is None for pages of allauth and for further states of a page; `who` is None for a visitor."""

    name: str
    who: str | None
    path: str
    url_name: str | None = None


def _page(url_name: str, who: str | None, path: str) -> PageToLookAt:
    return PageToLookAt(url_name, who, path, url_name)


VISITORS = [
    _page("home", None, "/"),
    _page("student_join", None, "/join/"),
    PageToLookAt("code that is none", None, "/join/XXXXXXXX/"),
    _page("class_page", None, "/c/{code}/"),
    PageToLookAt("class page on Windows", None, "/c/{code}/?system=windows"),
    _page("class_help", None, "/c/{code}/help/"),
    _page("outbox", None, "/outbox/"),
    _page("privacy", None, "/privacy/"),
    _page("receipt_check", None, "/receipt/"),
    _page("receipt_shown", None, "/receipt/{receipt}/{signature}/"),
    PageToLookAt("sign in", None, "/account/login/"),
    PageToLookAt("sign up", None, "/account/signup/"),
    PageToLookAt("password forgotten", None, "/account/password/reset/"),
    PageToLookAt("not here", None, "/nothing/"),
]
ACCOUNTS = [
    PageToLookAt("e-mail address", "ana", "/account/email/"),
    PageToLookAt("change password", "ana", "/account/password/change/"),
    PageToLookAt("sign-in and safety", "ana", "/account/2fa/"),
    PageToLookAt("sign out", "ana", "/account/logout/"),
    PageToLookAt("who are you really", "ana", "/account/reauthenticate/"),
]
STUDENTS = [
    _page("student_home", "bruno", "/student/"),
    _page("student_practice", "bruno", "/student/practices/{class_practice}/"),
    _page("student_help", "bruno", "/student/help/"),
    _page("hand_in_work", "bruno", "/student/practices/{class_practice}/hand-in/"),
    _page("hand_in_archive", "bruno", "/student/practices/{class_practice}/hand-in/file/"),
    _page("hand_in_receipt", "bruno", "/student/hand-ins/{hand_in}/"),
    _page("student_docker_id", "bruno", "/student/docker-id/"),
    _page("student_check_docker_id", "bruno", "/student/docker-id/check/?docker_id=bruno1"),
    _page("student_pull_access", "bruno", "/student/pull-access/"),
    _page("my_data", "bruno", "/student/data/"),
    PageToLookAt("code while signed in", "bruno", "/join/"),
    PageToLookAt("nothing to pull", "nerea", "/student/"),
]
TEACHERS = [
    PageToLookAt("my classes", "ana", "/"),
    PageToLookAt("no school yet", "marina", "/"),
    PageToLookAt("no class yet", "carla", "/"),
    _page("class_group_new", "ana", "/school/{school}/classes/new/"),
    _page("class_group", "ana", "/class/{class_group}/"),
    PageToLookAt("students who left", "ana", "/class/{class_group}/?show=left&sort=surname"),
    _page("class_list_print", "ana", "/class/{class_group}/print/"),
    _page("class_group_settings", "ana", "/class/{class_group}/settings/"),
    _page("access_codes", "ana", "/class/{class_group}/codes/"),
    _page("join_code", "ana", "/class/{class_group}/join-code/"),
    _page("join_code_wall", "ana", "/class/{class_group}/join-code/wall/"),
    _page("as_student", "ana", "/class/{class_group}/as-student/"),
    _page("student_new", "ana", "/class/{class_group}/students/new/"),
    _page("student_edit", "ana", "/class/{class_group}/students/{enrolment}/"),
    _page("student_record", "ana", "/class/{class_group}/students/{enrolment}/record/"),
    _page("student_move", "ana", "/class/{class_group}/students/{enrolment}/move/"),
    PageToLookAt(
        "what moving changes", "ana", "/class/{class_group}/students/{enrolment}/move/?to={other_class}"
    ),
    _page("student_erase", "ana", "/class/{class_group}/students/{enrolment}/erase/"),
    _page("sub_groups", "ana", "/class/{class_group}/parts/"),
    _page("sub_group_edit", "ana", "/class/{class_group}/parts/{sub_group}/"),
    _page("roster_upload", "ana", "/school/{school}/roster/"),
    _page("roster_meanings", "ana", "/school/{school}/roster/meanings/"),
    _page("roster_import", "ana", "/roster/{roster_import}/"),
    _page("hub_roster_check", "ana", "/roster/{roster_import}/hub/"),
    _page("images", "ana", "/school/{school}/images/"),
    _page("image_new", "ana", "/school/{school}/images/new/"),
    _page("images_check_all", "ana", "/school/{school}/images/check/"),
    _page("class_pull_access", "ana", "/class/{class_group}/pull-access/"),
    _page("image_check", "ana", "/class/{class_group}/check/"),
    _page("class_room", "ana", "/class/{class_group}/room/"),
    _page("practice_check", "ana", "/practice/{practice}/check/"),
    _page("image", "ana", "/image/{image}/"),
    PageToLookAt("image of another registry", "ana", "/image/{image_elsewhere}/"),
    _page("image_settings", "ana", "/image/{image}/settings/"),
    _page("class_work", "ana", "/class/{class_group}/work/{class_practice}/"),
    _page("work_mark", "ana", "/class/{class_group}/work/{class_practice}/students/{student}/"),
    _page(
        "work_extension", "ana", "/class/{class_group}/work/{class_practice}/students/{student}/extension/"
    ),
    _page("work_changes", "ana", "/class/{class_group}/work/{class_practice}/students/{student}/changes/"),
    _page("work_run", "ana", "/class/{class_group}/work/{class_practice}/run/"),
    _page("work_sheet", "ana", "/class/{class_group}/work/{class_practice}/moodle/"),
    _page("class_marks", "ana", "/class/{class_group}/marks/"),
    _page("class_lights", "ana", "/class/{class_group}/lights/"),
    _page("class_lights_wall", "ana", "/class/{class_group}/lights/wall/"),
    _page("class_questions", "ana", "/class/{class_group}/questions/"),
    _page("practices", "ana", "/school/{school}/practices/"),
    _page("practice_new", "ana", "/school/{school}/practices/new/?class={class_group}"),
    _page("practice", "ana", "/practice/{practice}/"),
    PageToLookAt("a practice to delete", "ana", "/school/{school}/delete/practice/{draft}/"),
    PageToLookAt("a practice that stays", "ana", "/school/{school}/delete/practice/{practice}/"),
    _page(
        "practice_image_changes",
        "ana",
        "/class/{class_group}/practices/{class_practice}/images/{needed}/changes/",
    ),
    _page("practice_edit", "ana", "/practice/{practice}/edit/"),
    _page("practice_give", "ana", "/practice/{practice}/give/?class={class_group}"),
    _page("class_practice_dates", "ana", "/class/{class_group}/practices/{class_practice}/dates/"),
    _page("assign_image", "ana", "/class/{class_group}/assign/"),
    _page("image_changes", "ana", "/class/{class_group}/images/{frozen}/changes/"),
    _page("assigned_image_edit", "ana", "/class/{class_group}/images/{assigned}/"),
]
SCHOOLS = [
    _page("school_new", "marina", "/school/new/"),
    _page("school_home", "ana", "/school/{school}/"),
    _page("school_edit", "ana", "/school/{school}/name/"),
    PageToLookAt("empty school", "carla", "/school/{other_school}/"),
    _page("school_staff", "ana", "/school/{school}/staff/"),
    _page("school_sign_in", "ana", "/school/{school}/sign-in/"),
    _page("staff_list", "ana", "/school/{school}/staff/list/"),
    _page("staff_edit", "ana", "/school/{school}/staff/{role}/"),
    _page("staff_code", "marina", "/staff-code/"),
    _page("staff_invite_accept", "marina", "/invite/{invite}/"),
    _page("school_activity", "ana", "/school/{school}/activity/"),
    PageToLookAt("activity of one person", "ana", "/school/{school}/activity/?person=Elena&kind=people"),
    _page("school_years", "ana", "/school/{school}/years/"),
    _page("year_new", "ana", "/school/{school}/years/new/"),
    _page("delete_row", "ana", "/school/{school}/delete/class_group/{class_group}/"),
    _page("trash", "ana", "/school/{school}/trash/"),
    _page("data_protection", "ana", "/school/{school}/data-protection/"),
    _page("retention_rules", "ana", "/school/{school}/data-protection/rules/"),
    _page("processing_record", "ana", "/school/{school}/data-protection/record/"),
    _page("information_notice", "ana", "/school/{school}/data-protection/notice/"),
    _page("data_sheet", "ana", "/school/{school}/data-protection/sheet/"),
]
HUB = [
    _page("hub_connect", "ana", "/school/{school}/hub/"),
    PageToLookAt("no organization yet", "carla", "/school/{other_school}/hub/"),
    _page("hub_sync", "ana", "/school/{school}/sync/"),
    _page("hub_run", "ana", "/school/{school}/sync/runs/{run}/"),
    _page("hub_hold", "ana", "/school/{school}/sync/holds/{hold}/"),
    _page("hub_permissions", "ana", "/school/{school}/sync/permissions/"),
    _page("hub_objects", "ana", "/school/{school}/hub/objects/"),
    _page("hub_people", "ana", "/school/{school}/hub/people/"),
    _page("hub_modes", "ana", "/school/{school}/hub/modes/"),
    _page("hub_move", "ana", "/school/{school}/hub/move/"),
]
ADMINISTRATORS = [_page("hub_watch", "root", "/watch/")]
PAGES = VISITORS + ACCOUNTS + STUDENTS + TEACHERS + SCHOOLS + HUB + ADMINISTRATORS

# Answers for programs, parts that htmx asks for, and addresses that only change something.
NO_PAGES = {
    "pull_sh", "pull_ps1", "compose_yaml", "images_json", "pull_done", "question_answer", "student_address",
    "practice_publish", "practice_copy", "practice_archive", "practice_freeze", "class_practice_withdraw",
    "practice_image_back",
    "work_publish", "work_marks_csv", "work_archive", "work_claim", "look_for_later_versions",
    "year_undo", "trash_restore", "school_restore", "school_activity_csv", "sub_group_delete", "student_consent",
    "student_export", "my_data_json",
    "class_room_file",
    "healthz", "readyz", "metrics", "check_image_name", "check_reference", "hub_check_name", "hub_look", "hub_progress",
    "hub_choose_name", "hub_token", "hub_check", "hub_seats", "hub_teachers_push", "hub_move_images",
    "hub_look_at_objects", "hub_adopt", "hub_adopt_one", "hub_release", "hub_invite_again", "hub_check_invitees",
    "hub_plan_json",
    "hub_plan", "hub_plan_state", "hub_let_it_happen", "hub_undo", "hub_let_go", "staff_invite",
    "staff_invite_again", "staff_invite_cancel", "staff_remove", "staff_hand_over",
    "class_list_file", "school_list_file", "roster_template",
    "student_withdraw", "student_sign_out", "withdraw_image", "access_code_slips", "join_code_close",
    "join_request_answer",
}  # fmt: skip
# Pages that need an answer before them: `test_axe.py` goes there itself.
REACHED_BY_ANSWERING = {
    "students_bulk",
    "roster_columns", "student_join_account", "student_join_link", "student_join_name", "student_join_waiting",
    "student_code",
}  # fmt: skip
