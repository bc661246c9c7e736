"""What the files for a room say, in the language that is active."""

from django.utils.translation import gettext as _

from classrooms.room_files.bundle import BundleWords
from classrooms.room_files.limit import LimitWords
from classrooms.room_files.mirror import MirrorWords


def bundle_words(about: str) -> BundleWords:
    """`about` names the class in the first line."""
    return BundleWords(
        about=about,
        no_docker=_("Docker is not installed on this computer, or not to be found."),
        not_pulled=_("This image could not be pulled, so the folder is not complete. Run the script again."),
        saving=_("Writing the archive…"),
        ready=_(
            "The folder is complete. Copy all of it to the USB stick, and run load.sh or load.ps1 from there."
        ),
        damaged=_(
            "The archive is damaged or incomplete: its checksum is not the one that was written down. Copy it again."
        ),
        no_archive=_("The stick has no archive for the processor of this computer."),
        loaded=_("Everything is there. The stick can go to the next computer."),
        missing=_("Missing after loading:"),
        not_loaded=_("Docker could not load the archive. Is Docker running, and is there room on the disk?"),
    )


def limit_words() -> LimitWords:
    return LimitWords(
        about=_("How many pulls are left for this network. It spends none."),
        left=_("Pulls left for this network:"),
        of=_("of"),
        source=_("Counted for:"),
        none=_("Docker Hub counts no pulls for this network."),
        used_up=_("All pulls of this network are used up for now."),
        silent=_("Docker Hub did not answer. Does any web page open on this computer?"),
    )


def mirror_words(about: str) -> MirrorWords:
    """`about` names the class in the first line."""
    return MirrorWords(
        about=about,
        no_secrets=_(
            "Put no password in here: whatever an account may read, everybody who reaches the mirror could pull."
        ),
        asks_root=_("This changes settings of Docker: run it with sudo."),
        kept=_("What else stood in the settings is still there; a copy of the file lies beside it."),
        restart=_("Now restart Docker Desktop."),
        works=_("This computer asks the mirror first from now on."),
        silent=_(
            "The mirror does not answer, so nothing was changed. Is its computer on, and in this network?"
        ),
        unreadable=_(
            "The settings of Docker could not be read, so nothing was changed. Have a look at the file."
        ),
    )
