"""What others may want to know. Each is sent inside the transaction that changes the rows.

`school` is always the school it happened in; `class_group` may be None where it concerns the whole school. `announced`
is given where a person confirmed on a page that said so that people lose something; else it is None.
"""

from dataclasses import dataclass

from django.dispatch import Signal


@dataclass(frozen=True)
class Announced:
    """What a person announced: ids of the rows that it is about, never names. `by_id` is None for the portal itself.

    The rows still say what they said before where that names people (a Docker ID is blanked after the signal).
    """

    reason: str  # the verb of the register: "class.archived"
    by_id: int | None = None
    class_group_ids: tuple[int, ...] = ()
    student_ids: tuple[int, ...] = ()
    teacher_role_ids: tuple[int, ...] = ()
    assigned_image_ids: tuple[int, ...] = ()


roster_changed = Signal()  # people of a school or class: enrolled, left, moved, linked, made members
images_changed = Signal()  # images wanted, assigned or withdrawn
staff_changed = Signal()  # teachers of a school or of a class
person_erased = Signal()  # `student`, sent while the row still has its names, which then go
# Asks what the images of a `student`'s compose file mean now: `references`; who can look returns its `SeenImages`.
compose_images_asked = Signal()
work_waits = (
    Signal()
)  # a row waits for a worker; `school` is whose. A hint only: workers look for such rows anyway
