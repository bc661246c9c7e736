"""The twenty laws of the engine, and where each is looked at: after each step of the machine, or by a test of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """`function` is in this folder, as module.name; `test` a test of its own, as file::name from tests/hubsync."""

    number: int
    says: str
    function: str = ""
    test: str = ""


TWENTY = (
    Law(1, "Planning writes nothing, and who looks has no method that writes.", "machine.Machine.look_at_the_plan",
        "laws/test_dry_runs.py::test_planning_any_scene_of_the_year_writes_nothing"),
    Law(2, "A look that is not proven leads to no write.", "run_laws.law_2_unproven_writes_nothing"),
    Law(3, "Nothing that is not ours is altered or removed; no repository is deleted.",
        "run_laws.law_3_foreign_is_left_alone", "hub/test_reader_and_writer.py::test_nothing_deletes_a_repository"),
    Law(4, "The owners and the portal's identity stay.", "run_laws.law_4_owners_stay",
        "planning/test_plan_laws.py::test_the_portals_own_identity_is_never_taken_away"),
    Law(5, "After quiet, three runs make all as wanted, and the next writes nothing.", "machine.Machine.settle_down"),
    Law(6, "A crash or a lost answer at any write changes nothing of that.", "machine.Machine.crash",
        "laws/test_crash_points.py::test_wherever_a_worker_dies_or_an_answer_is_lost_the_end_is_as_without"),
    Law(7, "One invitation for each person, besides those sent again by policy.",
        "standing_laws.law_7_one_invitation_each"),
    Law(8, "No POST is sent twice without a look between.", "run_laws.law_8_no_post_twice"),
    Law(9, "One writer for each organization: a row of the journal has its run's token.",
        "standing_laws.law_9_one_writer"),
    Law(10, "Removals that nobody announced stay within the guard; what is wanted again is announced no longer.",
        "run_laws.law_10_guards_hold", "sync/test_withdrawn.py::test_a_class_out_of_the_archive_is_guarded_again"),
    Law(11, "What is held is not done on another way.", "run_laws.law_11_held_is_not_done"),
    Law(12, "A refused object stops no other one.", "run_laws.law_12_refusals_stop_nothing_else"),
    Law(13, "Case, order and doubles of the input do not change the plan.", "machine.Machine.look_at_the_plan",
        "laws/test_plan_order.py::test_order_and_doubles_do_not_change_the_plan"),
    Law(14, "A known team is renamed, never deleted and made anew.", "run_laws.law_14_teams_keep_their_identity"),
    Law(15, "A look that finds nothing costs what the formula says, and no minute holds more than the limit.",
        "run_laws.law_15_a_look_is_cheap",
        "sync/test_pacing.py::test_no_minute_holds_more_calls_than_the_limit_whoever_asks_and_whoever_dies"),
    Law(16, "Nobody waits for more than two rounds of the others.", "",
        "sync/test_turns.py::test_nobody_waits_for_a_second_slice_of_another_school"),
    Law(17, "A wish is due at once and is not forgotten.", "standing_laws.law_17_wishes_are_not_forgotten",
        "laws/test_clock_and_queue.py::test_a_wish_is_found_by_the_next_sweep_although_nobody_rang"),
    Law(18, "What is due and what has expired is told by the database's clock.", "",
        "laws/test_clock_and_queue.py::test_a_worker_whose_clock_is_wrong_decides_as_the_others"),
    Law(19, "No secret is in a row of the journal.", "standing_laws.law_19_no_secret_is_written",
        "laws/test_clock_and_queue.py::test_no_secret_is_in_what_a_run_leaves_behind"),
    Law(20, "“In sync” is said of a proven look at the newest wish, and is true.",
        "run_laws.law_20_in_sync_is_true"),
)  # fmt: skip
