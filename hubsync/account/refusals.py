"""What a person asked for and cannot have, with a sentence that they can read."""

from __future__ import annotations

from django.utils.functional import Promise


class NotConnectable(Exception):
    """Carries a sentence that a teacher can read."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence
