"""What a file really is, whatever its name says."""

from classrooms.rosters.rows import UnreadableRoster

MAXIMUM_BYTES = 20 * 1024 * 1024

_STARTS = (
    (b"%PDF", "is_pdf"),
    (b"\xd0\xcf\x11\xe0", "is_spreadsheet"),  # Excel before 2007
    (b"\x1f\x8b", "is_archive"),
    (b"Rar!", "is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "is_archive"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"RIFF", "is_picture"),
)
_TEXT_STARTS = ((b"<?xml", "is_xml"), (b"<!doctype", "is_web_page"), (b"<html", "is_web_page"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def refuse_what_is_no_text(data: bytes) -> None:
    """Raises UnreadableRoster for what is empty, too large, or another kind of file than text."""
    if len(data) > MAXIMUM_BYTES:
        raise UnreadableRoster("too_large", megabytes=MAXIMUM_BYTES // 1024 // 1024)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableRoster("empty")
    if reason := _kind(data):
        raise UnreadableRoster(reason)
    if not data.startswith(_UTF_16) and b"\0" in data:
        raise UnreadableRoster("not_text")


def _kind(data: bytes) -> str | None:
    if data.startswith(b"PK\x03\x04"):
        return "is_spreadsheet" if _is_office(data[:4096]) else "is_archive"
    plain = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return _first(_STARTS, data) or _first(_TEXT_STARTS, plain)


def _is_office(start: bytes) -> bool:
    """XLSX and ODS are zip files that name themselves in their first entries."""
    return any(mark in start for mark in (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet"))


def _first(starts: tuple[tuple[bytes, str], ...], data: bytes) -> str | None:
    return next((reason for start, reason in starts if data.startswith(start)), None)
