"""Why a file is no archive of an image, as a stable code and an English sentence that says what to do."""


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


REASONS: dict[str, str] = {
    "not_an_archive": gettext_noop(
        "This is no archive of an image. Make one with “docker save -o image.tar NAME” and upload image.tar."
    ),
    "cut": gettext_noop(
        "The archive ends before its end: it was not saved or not uploaded whole. Save it again."
    ),
    "too_large": gettext_noop(
        "The image is larger than the school takes in an archive. Push it instead, or make it smaller."
    ),
    "too_many_files": gettext_noop("The archive holds more files than the archive of an image has."),
    "container": gettext_noop(
        "This was made by “docker export”, which keeps the files of a container and loses how to start it. "
        "Use “docker save”."
    ),
    "unsafe_name": gettext_noop(
        "The archive holds a file that points outside of it. “docker save” does not do that."
    ),
    "no_image": gettext_noop("The archive holds no image."),
    "several_images": gettext_noop(
        "The archive holds more than one image. Save only the one that you hand in."
    ),
    "missing": gettext_noop("A part of the image is missing in the archive. Save it again."),
    "changed": gettext_noop(
        "A part of the archive is not what its digest says: it was changed or damaged. Save it again."
    ),
    "malformed": gettext_noop("The archive’s description of the image cannot be read. Save it again."),
}


class ArchiveTrouble(ValueError):
    """A file that is not taken. `code` is a key of `REASONS`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(REASONS[code])
