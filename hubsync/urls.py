"""Addresses of the pages about Docker Hub."""

from django.urls import path

from classrooms.access import all_marked
from hubsync.views import (
    connect,
    connect_name,
    docker_ids,
    handing_in,
    holds,
    later_versions,
    metrics,
    objects,
    people,
    personal,
    pull_access,
    rosters,
    sync,
    versions,
    watch,
    work_changes,
)

urlpatterns = all_marked(
    [
        path("metrics", metrics.metrics, name="metrics"),
        path("watch/", watch.hub_watch, name="hub_watch"),
        path(
            "student/practices/<int:class_practice_id>/hand-in/",
            handing_in.hand_in_work,
            name="hand_in_work",
        ),
        path(
            "class/<int:class_group_id>/work/<int:class_practice_id>/look/",
            later_versions.look_for_later_versions,
            name="look_for_later_versions",
        ),
        path(
            "class/<int:class_group_id>/work/<int:class_practice_id>/students/<int:student_id>/changes/",
            work_changes.work_changes,
            name="work_changes",
        ),
        path("student/docker-id/check/", docker_ids.student_check_docker_id, name="student_check_docker_id"),
        path(
            "class/<int:class_group_id>/images/<int:assigned_id>/changes/",
            versions.image_changes,
            name="image_changes",
        ),
        path(
            "class/<int:class_group_id>/practices/<int:class_practice_id>/images/<int:needed_id>/changes/",
            versions.practice_image_changes,
            name="practice_image_changes",
        ),
        path(
            "class/<int:class_group_id>/practices/<int:class_practice_id>/images/<int:needed_id>/back/",
            versions.practice_image_back,
            name="practice_image_back",
        ),
        path(
            "class/<int:class_group_id>/pull-access/", pull_access.class_pull_access, name="class_pull_access"
        ),
        path("school/<int:school_id>/hub/", connect.hub_connect, name="hub_connect"),
        path("school/<int:school_id>/hub/name/", connect_name.hub_choose_name, name="hub_choose_name"),
        path("school/<int:school_id>/hub/name/check/", connect_name.hub_check_name, name="hub_check_name"),
        path("school/<int:school_id>/hub/look/", connect_name.hub_look, name="hub_look"),
        path("school/<int:school_id>/hub/token/", connect.hub_token, name="hub_token"),
        path("school/<int:school_id>/hub/check/", connect.hub_check, name="hub_check"),
        path("school/<int:school_id>/hub/seats/", connect.hub_seats, name="hub_seats"),
        path("school/<int:school_id>/hub/teachers/", personal.hub_teachers_push, name="hub_teachers_push"),
        path("school/<int:school_id>/hub/move/", personal.hub_move, name="hub_move"),
        path("school/<int:school_id>/hub/move/images/", personal.hub_move_images, name="hub_move_images"),
        path("school/<int:school_id>/hub/objects/", objects.hub_objects, name="hub_objects"),
        path(
            "school/<int:school_id>/hub/objects/look/",
            objects.hub_look_at_objects,
            name="hub_look_at_objects",
        ),
        path("school/<int:school_id>/hub/objects/adopt/", objects.hub_adopt, name="hub_adopt"),
        path("school/<int:school_id>/hub/objects/release/", objects.hub_release, name="hub_release"),
        path("school/<int:school_id>/hub/objects/adopt-one/", objects.hub_adopt_one, name="hub_adopt_one"),
        path("school/<int:school_id>/hub/modes/", people.hub_modes, name="hub_modes"),
        path("school/<int:school_id>/hub/people/", people.hub_people, name="hub_people"),
        path(
            "school/<int:school_id>/hub/people/check/", people.hub_check_invitees, name="hub_check_invitees"
        ),
        path(
            "school/<int:school_id>/hub/people/<int:person_id>/",
            people.hub_invite_again,
            name="hub_invite_again",
        ),
        path("roster/<int:import_id>/hub/", rosters.hub_roster_check, name="hub_roster_check"),
        path("school/<int:school_id>/sync/", sync.hub_sync, name="hub_sync"),
        path(
            "school/<int:school_id>/sync/runs/<int:run_id>/plan.json",
            people.hub_plan_json,
            name="hub_plan_json",
        ),
        path("school/<int:school_id>/sync/progress/", sync.hub_progress, name="hub_progress"),
        path("school/<int:school_id>/sync/plan/", sync.hub_plan, name="hub_plan"),
        path("school/<int:school_id>/sync/plan/state/", sync.hub_plan_state, name="hub_plan_state"),
        path("school/<int:school_id>/sync/let-it-happen/", sync.hub_let_it_happen, name="hub_let_it_happen"),
        path("school/<int:school_id>/sync/holds/<int:hold_id>/", holds.hub_hold, name="hub_hold"),
        path("school/<int:school_id>/sync/kept/<int:restored_id>/", holds.hub_let_go, name="hub_let_go"),
        path("school/<int:school_id>/sync/runs/<int:run_id>/undo/", holds.hub_undo, name="hub_undo"),
        path("school/<int:school_id>/sync/runs/<int:run_id>/", sync.hub_run, name="hub_run"),
        path("school/<int:school_id>/sync/permissions/", objects.hub_permissions, name="hub_permissions"),
    ]
)
