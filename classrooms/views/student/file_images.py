"""The images of a compose file that is handed in with a file: its own, and those that are on Docker Hub."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from classrooms import signals
from classrooms.archives.reading import ArchiveFacts
from classrooms.image_checks.hand_in import Remark, SeenImages
from classrooms.image_references.reading import read_reference
from classrooms.image_references.reference import ImageReference
from classrooms.image_references.troubles import ReferenceTrouble
from classrooms.models import HandIn, School, Student


def images_of_file(
    facts: ArchiveFacts, needed: Sequence[ImageReference], school: School, student: Student
) -> SeenImages:
    """Each fixed to what it means now. An image of the file is one whose name the file says; it has the file's digest."""
    if not needed:
        return SeenImages()
    names = set(_canonical(facts.tags))
    own = [one for one in needed if one.canonical in names]
    others = [one for one in needed if one not in own]
    found = _seen(others, school, student) if others else SeenImages()
    remarks = list(map(_said_of_file, found.remarks))
    if not own and not any(one.is_blocking for one in remarks):
        remarks.append(Remark("file_unused"))
    return SeenImages((*((one.familiar, facts.digest) for one in own), *found.digests), tuple(remarks))


def _canonical(tags: Iterable[str]) -> Iterable[str]:
    for tag in tags:
        try:
            yield read_reference(tag).canonical
        except ReferenceTrouble:
            continue


def _said_of_file(remark: Remark) -> Remark:
    return replace(remark, code="compose_not_in_file") if remark.code == "compose_missing" else remark


def _seen(references: Sequence[ImageReference], school: School, student: Student) -> SeenImages:
    answers: list[tuple[Any, Any]] = signals.compose_images_asked.send(
        sender=HandIn, school=school, student=student, references=references
    )
    for _receiver, found in answers:
        if isinstance(found, SeenImages):
            return found
    # Where nobody can look, nothing is known of them.
    return SeenImages(remarks=(Remark("unreachable"),))
