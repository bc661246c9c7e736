"""Hears what changed in the classrooms and makes the school's organization due, in the same transaction."""


def connect() -> None:
    """Connect the receivers; called once, when the models are there."""
