"""What a file really is, whatever its name says."""

from classrooms.rosters.rows import UnreadableRoster

MAXIMUM_BYTES = 20 * 1024 * 1024

_STARTS = (
    (b"%PDF", "is_pdf"),
    (b"\x1f\x8b", "is_archive"),
    (b"Rar!", "is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "is_archive"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"BM", "is_picture"),
    (b"RIFF", "is_picture"),
)
_OLE = b"\xd0\xcf\x11\xe0"  # Excel before 2007, and spreadsheets with a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WEB_PAGES = (b"<!doctype html", b"<html")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> str:
    """ "text", "sheets", "xml" or "zip".

    Raises UnreadableRoster for what is empty, too large, or another kind of file.
    """
    if len(data) > MAXIMUM_BYTES:
        raise UnreadableRoster("too_large", megabytes=MAXIMUM_BYTES // 1024 // 1024)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableRoster("empty")
    if data.startswith(b"PK"):
        return "sheets" if _is_spreadsheet(data) else "zip"
    if reason := _refusal(data):
        raise UnreadableRoster(reason)
    return _kind_of_text(data)


def _is_spreadsheet(data: bytes) -> bool:
    """XLSX and ODS are zip files that name themselves in their first or last entries."""
    start, end = data[:4096], data[-16_384:]
    if any(mark in start + end for mark in (b"word/document.xml", b"ppt/presentation.xml")):
        raise UnreadableRoster("is_document")
    if b"mimetypeapplication/vnd.oasis.opendocument" in start:
        if b"opendocument.spreadsheet" not in start:
            raise UnreadableRoster("is_document")
        return True
    return b"xl/workbook.xml" in start + end or b"[Content_Types].xml" in start


def _refusal(data: bytes) -> str | None:
    if data.startswith(_OLE):
        return "is_protected" if _ENCRYPTED in data else "is_old_spreadsheet"
    is_bitmap = data.startswith(b"BM") and b"\0" in data[:64]
    return next(
        (reason for start, reason in _STARTS if data.startswith(start) and (start != b"BM" or is_bitmap)),
        None,
    )


def _kind_of_text(data: bytes) -> str:
    is_utf_16 = data.startswith(_UTF_16)
    start = data[2:2000].replace(b"\0", b"") if is_utf_16 else data[:1000]
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if plain.startswith(_WEB_PAGES):
        raise UnreadableRoster("is_web_page")
    if not is_utf_16 and b"\0" in data:
        raise UnreadableRoster("not_text")
    return "xml" if plain.startswith(b"<") else "text"
