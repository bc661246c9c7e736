"""XML to records: read as a stream, without DTD and entities, keeping only what a class list needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from classrooms.rosters.encodings import decode
from classrooms.rosters.records import Record, Source
from classrooms.rosters.rows import UnreadableRoster
from classrooms.rosters.tables import MAXIMUM_ROWS

_DEEPEST = 50


@dataclass(frozen=True)
class XmlFormat:
    """`root` is the first element, `student` the path of a student's.

    `attributes` and `elements` say which field an attribute of it, or an element in it (by its path), stands for.
    `year` is the attribute of the root that says the academic year, if any.
    """

    name: str
    root: str
    student: str
    attributes: dict[str, str] = field(default_factory=dict)
    elements: dict[str, str] = field(default_factory=dict)
    year: str = ""
    adapt: Callable[[dict[str, str]], list[dict[str, str]]] = lambda cells: [cells]

    @property
    def names(self) -> dict[str, str]:
        """Each field, with what the file calls it."""
        words = {name: word for word, name in (self.attributes | self.elements).items()}
        return words | ({"school_year": self.year} if self.year else {})

    def is_container(self, path: str) -> bool:
        """Whether an element only holds others that are needed."""
        return any(one.startswith(f"{path}/") for one in self.elements)


@dataclass
class _Students:
    """Hears the parser. What is not needed is never kept: only its name is, to be said as dropped."""

    xml_format: XmlFormat
    line: Callable[[], int]
    records: list[Record] = field(default_factory=list)
    dropped: dict[str, None] = field(default_factory=dict)
    year: str = ""
    _path: list[str] = field(default_factory=list)
    _cells: dict[str, str] | None = None
    _text: list[str] | None = None
    _begun: int = 0
    _number: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        if len(self._path) > _DEEPEST:
            raise UnreadableRoster("broken_xml")
        if len(self._path) == 1:
            self.year = attributes.get(self.xml_format.year, "").strip()
        if "/".join(self._path) == self.xml_format.student:
            self._begin(attributes)
        elif self._cells is not None:
            self._text = [] if self._inside() in self.xml_format.elements else None
            is_needed = self._text is not None or self.xml_format.is_container(self._inside())
            self._drop([] if is_needed else [self._inside()])

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._cells is not None and self._text is not None:
            name = self.xml_format.elements[self._inside()]
            before = self._cells.get(name)
            # Several groups of one student: kept side by side, parted by what no name has.
            self._cells[name] = "\n".join(filter(None, [before, "".join(self._text)]))
        elif "/".join(self._path) == self.xml_format.student:
            self._finish()
        self._text = None
        self._path.pop()

    def close(self) -> None:
        return None

    def _begin(self, attributes: dict[str, str]) -> None:
        known = self.xml_format.attributes
        self._begun = self.line()
        self._cells = {known[name]: value for name, value in attributes.items() if name in known}
        self._drop([name for name in attributes if name not in known])

    def _finish(self) -> None:
        cells, self._cells = self._cells or {}, None
        if self.year:
            cells["school_year"] = self.year
        for one in self.xml_format.adapt(cells):
            # A file may be written in one line, and a student be in several groups: answers about a record go by its
            # number, so each has one of its own, which then counts the students.
            self._number = max(self._begun, self._number + 1)
            self.records.append(Record(self._number, one))
        if len(self.records) > MAXIMUM_ROWS:
            raise UnreadableRoster("too_many_lines", lines=MAXIMUM_ROWS)

    def _inside(self) -> str:
        depth = self.xml_format.student.count("/") + 1
        return "/".join(self._path[depth:])

    def _drop(self, names: list[str]) -> None:
        self.dropped |= dict.fromkeys(names)


def read_students(data: bytes, xml_format: XmlFormat, encoding: str | None) -> Source:
    """The students of a list in this format. Raises UnreadableRoster."""
    students = _parse(data, encoding, xml_format)
    if not students.records:
        raise UnreadableRoster("no_students_in_xml")
    found = {name for record in students.records for name in record.cells}
    return Source(
        format_name=xml_format.name,
        encoding=encoding or "XML",
        separator="",
        heading_line=0,
        names={name: word for name, word in xml_format.names.items() if name in found},
        dropped_columns=tuple(students.dropped),
        records=students.records,
    )


def _parse(data: bytes, encoding: str | None, xml_format: XmlFormat) -> _Students:
    try:
        return _fed(data, encoding, xml_format)
    except (ParseError, LookupError, ValueError):
        if encoding:
            raise UnreadableRoster("broken_xml") from None
    try:  # it says one encoding and is written in another
        return _fed(decode(data).text.encode(), "utf-8", xml_format)
    except (ParseError, LookupError, ValueError):
        raise UnreadableRoster("broken_xml") from None


def _fed(data: bytes, encoding: str | None, xml_format: XmlFormat) -> _Students:
    students = _Students(xml_format, lambda: 0)
    parser = DefusedXMLParser(target=students, encoding=encoding, forbid_dtd=True)
    students.line = lambda: parser.parser.CurrentLineNumber
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise UnreadableRoster("xml_with_entities") from None
    return students
