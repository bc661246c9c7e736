"""What an action does not do. Each carries a sentence that a teacher or a student can read."""


class Refused(Exception):
    """`sentence` says what is in the way and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class LastOwner(Refused):
    """A school needs one owner whose role has no end."""


class NotYours(Refused):
    """Somebody gives away what is not theirs, or to nobody."""


class InviteNotValid(Refused):
    """The link was used, has expired or never existed."""


class TooManyInvites(Refused):
    """Somebody invites more people in a day than a school has."""


class NotEnrollable(Refused):
    """The student and the class do not belong together."""


class NotAssignable(Refused):
    """The image and the class do not belong together, or the class is archived."""


class CodeNotValid(Refused):
    """The one-time code was used, has expired or never existed."""


class UsernameTaken(Refused):
    """Somebody has that name already."""


class ImportNotWaiting(Refused):
    """The class list was carried out or dropped before."""


class ClassIsArchived(Refused):
    """The class is in the archive, where nothing of it changes."""


class NotDeletable(Refused):
    """This cannot be deleted, or not be brought back."""


class YearNotBegun(Refused):
    """There is nothing to take into the new year, or it was taken back already."""


class NoDockerId(Refused):
    """This student is to have no Docker ID: the class keeps Docker Hub off, or consent is missing."""


class NotGivable(Refused):
    """The practice cannot be given so: its dates, its images or its class do not fit."""


class NotTaken(Refused):
    """What a student hands in is not taken: the practice is not open, or its time is over."""


class ChangedMeanwhile(Refused):
    """Somebody else changed it since it was opened, or is at it now."""
