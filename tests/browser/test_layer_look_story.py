"""A key in a file of an image, told in a browser: the owner wants it looked for, the student reads it and mends it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from classrooms.models import ClassPractice, HandIn, Student
from hubsync.account.layer_look import look_waiting
from tests.browser.hand_in_scene import (
    given,
    hand_in,
    may_be_called_by_playwright,
    omar,
    opens,
    push,
    someone,
    teacher_of,
)
from tests.classrooms.image_layers.making import ENV, TOKEN
from tests.hubsync.stage import Stage, hub, stage, world

__all__ = ["given", "hub", "may_be_called_by_playwright", "omar", "opens", "stage", "world"]
pytestmark = pytest.mark.browser


def test_a_key_in_a_file_is_a_matter_of_two_and_gone_with_the_next_image(
    opens: Any, stage: Stage, given: ClassPractice, omar: Student
) -> None:
    rules = f"/school/{stage.school.pk}/data-protection/rules/"
    owner = opens(teacher_of(stage), rules)
    owner.get_by_role("button", name="Look through them", exact=True).click()
    expect(owner.get_by_role("button", name="No longer look through them")).to_be_visible()
    push(stage.world, layers=({"app/.env": ENV.decode()}, {"app/.wh..env": "", "app/index.php": "<?php"}))

    page = opens(omar.user, f"/student/practices/{given.pk}/hand-in/")
    hand_in(page)
    expect(page.get_by_role("main")).to_contain_text("still looking through the files in your image")
    look_waiting()
    page.reload()

    main = page.get_by_role("main")
    expect(main).to_contain_text("A key or token of Docker: app/.env (layer 1). A later step deletes it")
    expect(main).to_contain_text("push under a new tag")
    assert TOKEN not in page.content()
    teacher = opens(teacher_of(stage), f"/class/{stage.smr.pk}/work/{given.pk}/")
    row = teacher.get_by_role("row").filter(has_text="Omar")
    expect(row).to_contain_text("key in the image?")
    row.get_by_role("link", name="Mark it").click()
    expect(teacher.get_by_role("main")).to_contain_text("app/.env (layer 1)")
    elena = someone(stage, "Elena", "elena1").user
    classmate = opens(elena, f"/student/hand-ins/{HandIn.objects.get().pk}/")
    expect(classmate.get_by_role("main")).not_to_contain_text(".env")

    push(stage.world, "v2", layers=({"app/index.php": "<?php echo getenv('DB');"},))
    page.goto(page.url.split("/student/")[0] + f"/student/practices/{given.pk}/hand-in/")
    hand_in(page, "omar1/web:v2")
    look_waiting()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("nothing looks like a key or a password of yours")
