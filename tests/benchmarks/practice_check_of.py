"""The check itself, measured in this process: `python -m tests.benchmarks.practice_check_of`."""

import json
import logging
import sys
import time
from collections.abc import Iterator

import django
from django.conf import settings
from django.core.management import call_command

from hubsync.sandbox.server import RunningServer, serve
from hubsync.sandbox.world import World

IMAGES, LATENCY_SECONDS = 10, 0.1
# One call for each image, three for the pull limit, one to sign in.
MOST_CALLS = IMAGES + 4


def main() -> None:
    django.setup()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    world = World()
    world.limits.anonymous_pulls = 1000
    world.add_user("anaruiz")
    world.add_organization("iestriana", owner="anaruiz", seats=5)
    for number in range(IMAGES):
        world.add_repository("iestriana", f"image{number}")
        world.push_tag("iestriana", f"image{number}", "1.0", platforms=("linux/amd64", "linux/arm64"))
    with serve(world) as hub:
        settings.HUB_URL = settings.REGISTRY_URL = hub.url
        for figure in _figures(world, hub):
            sys.stdout.write(json.dumps(figure) + "\n")


def _figures(world: World, hub: RunningServer) -> Iterator[dict[str, object]]:
    from classrooms.actions.image_checks import ask_check, claim_check  # noqa: PLC0415  models are there now
    from classrooms.queries.image_checks import items_of  # noqa: PLC0415
    from hubsync.account.image_checking import carry_out  # noqa: PLC0415
    from hubsync.account.image_look import look_at_images  # noqa: PLC0415

    class_group = _class_with_images()
    world.faults.add("latency", seconds=LATENCY_SECONDS)
    check = ask_check(class_group=class_group, by=None)
    assert claim_check() is not None
    world.journal.forget()
    begun = time.perf_counter()
    carry_out(check)
    seconds, calls = time.perf_counter() - begun, len(world.journal.requests)
    check.refresh_from_db()
    assert check.verdict == "ready", check.results
    pulls = [one for one in world.journal.requests if one.method == "GET" and "/manifests/" in one.path]
    assert not pulls, pulls
    begun = time.perf_counter()
    for item in items_of(check):
        look_at_images([item], check.asked_at)
    one_by_one = time.perf_counter() - begun
    yield {"name": "practice_check.calls", "value": calls, "unit": "calls", "limit": MOST_CALLS}
    yield {
        "name": "practice_check.seconds", "value": seconds, "unit": "s", "limit": 2.0, "peer": one_by_one,
    }  # fmt: skip


def _class_with_images():  # type: ignore[no-untyped-def]
    from tests.factories import (  # noqa: PLC0415
        make_assigned_image,
        make_class_group,
        make_image,
        make_school,
        make_student,
    )

    school = make_school()
    class_group = make_class_group(school)
    for _ in range(30):
        make_student(class_group)
    for number in range(IMAGES):
        image = make_image(school, f"iestriana/image{number}")
        make_assigned_image(class_group, image, tag="1.0")
    return class_group


if __name__ == "__main__":
    main()
