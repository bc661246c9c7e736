"""A hand-in while it is prepared: what Docker Hub says of it, what there is to say about it, and keeping that for a moment.

What was looked at travels with the page, signed: what a student confirms is what the student saw, and confirming asks
Docker Hub nothing, so that a whole class can do it in the last minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.core import signing

from classrooms import receipts
from classrooms.actions.handing_in import HandedIn
from classrooms.forms.hand_ins import HandInForm
from classrooms.image_checks.configuration import ports_of, signs_in
from classrooms.image_checks.hand_in import Expected, Remark, SeenHandIn, SeenImages, check_hand_in
from classrooms.image_references.reference import ImageReference
from classrooms.models import ClassPractice, Student
from classrooms.queries.hand_ins import runner_of, sizes_in
from hubsync.account.compose_images import seen_images
from hubsync.account.hand_in_look import look_at_hand_in
from hubsync.account.shown_images import ShownImages
from hubsync.sync.hand_in_places import place_of

# Long enough to read the page and to think; what was pushed since then is not what was seen.
KEPT_SECONDS = 15 * 60
_SALT = "hubsync.pages.hand_in"


@dataclass(frozen=True)
class Prepared:
    """What would be handed in, and everything there is to say about it."""

    handed_in: HandedIn
    remarks: tuple[Remark, ...]

    @property
    def blocking(self) -> list[Remark]:
        """What keeps it from being handed in."""
        return [one for one in self.remarks if one.is_blocking]


def prepare(given: ClassPractice, student: Student, form: HandInForm) -> Prepared:
    """Look at what a valid form names. Asks Docker Hub."""
    school, values = given.class_group.school, form.cleaned_data
    reference: ImageReference = values["reference"]
    machine = runner_of(given.class_group)
    expected = Expected(machine, sizes_in(given), given.given_at, student.docker_id, place_of(given, student))
    remarks = check_hand_in(reference, SeenHandIn(True), replace(expected, sizes=()))
    seen, shown = SeenHandIn(None), ShownImages(student)
    if not any(one.is_blocking for one in remarks):
        platform, or_else = machine.platform, machine.runs[-1]
        seen = look_at_hand_in(school, reference, platform=platform, or_else=or_else, shown=shown)
        remarks = check_hand_in(reference, seen, expected)
    needed = seen_images(school, form.compose_images, shown) if not _blocks(remarks) else SeenImages()
    handed_in = HandedIn(
        reference=reference.familiar,
        digest=seen.digest,
        compressed_bytes=seen.compressed_bytes,
        platforms=seen.platforms,
        pushed_at=seen.pushed_at,
        pushed_by=seen.pushed_by,
        ports=(port,) if (port := values.get("port")) else ports_of(seen.config),
        compose=values.get("compose", ""),
        compose_digests=needed.digests,
        note=values["note"],
        secret_signs=signs_in(seen.config),
    )
    all_remarks = (*remarks, *needed.remarks, *_of_config(seen))
    return Prepared(replace(handed_in, findings=tuple(one.as_row() for one in all_remarks)), all_remarks)


def sealed(prepared: Prepared, given: ClassPractice, student: Student) -> str:
    """What was prepared as a text that nobody can change and that holds for this student and practice alone."""
    facts = asdict(prepared.handed_in) | {"receipt": receipts.new_number()}
    at = prepared.handed_in.pushed_at
    return signing.dumps(
        facts | {"pushed_at": at.isoformat() if at else None}, salt=_salt(given, student), compress=True
    )


def opened(text: str, given: ClassPractice, student: Student) -> tuple[HandedIn, str] | None:
    """What was prepared, and its receipt's number; None where the text is not ours or too old."""
    try:
        facts = signing.loads(text, salt=_salt(given, student), max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    receipt = facts.pop("receipt")
    at = facts["pushed_at"]
    lists = ("platforms", "ports", "findings", "secret_signs")
    read = {name: tuple(facts[name]) for name in lists}
    pairs = tuple((name, digest) for name, digest in facts["compose_digests"])
    moment = datetime.fromisoformat(at) if at else None
    return HandedIn(**facts | read | {"compose_digests": pairs, "pushed_at": moment}), receipt


def _salt(given: ClassPractice, student: Student) -> str:
    return f"{_SALT}:{given.pk}:{student.pk}"


def _blocks(remarks: tuple[Remark, ...]) -> bool:
    return any(one.is_blocking for one in remarks)


def _of_config(seen: SeenHandIn) -> Iterator[Remark]:
    if seen.found and seen.config is None:
        yield Remark("not_looked_through")
