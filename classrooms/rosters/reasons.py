"""Why a line or a file is refused, as a stable code and an English sentence that says what to do.

The sentences are marked for translation without Django: `makemessages` collects what stands in
`gettext_noop`.
"""


def gettext_noop(text: str) -> str:
    """The same text; the name is what the collector of translatable texts looks for."""
    return text


_LINES = {
    "no_id": gettext_noop(
        "The student's school number is missing. Without it nobody can be recognized next time."
    ),
    "id_damaged": gettext_noop(
        "A spreadsheet has changed the student's school number. Export the list again and upload it unopened."
    ),
    "id_is_identity_card": gettext_noop(
        "An identity card number stands where the student's school number should be. It was not kept."
    ),
    "id_with_two_names": gettext_noop("This school number appears with two different names in the list."),
    "no_name": gettext_noop("The given name or the first surname is missing."),
    "name_without_comma": gettext_noop('The name "%(value)s" is not written as "Surnames, Given name".'),
    "letters_lost": gettext_noop(
        "Letters of this line were lost before the file came here. Export the list again and "
        "upload it unopened."
    ),
    "too_long": gettext_noop('The text in the column "%(column)s" is too long.'),
    "no_unit": gettext_noop("The student is in no class. Which class is it?"),
    "unknown_state": gettext_noop(
        'What does "%(value)s" in the column "%(column)s" mean: in the class, or left?'
    ),
    "no_year": gettext_noop("The academic year of the enrolment is missing."),
    "odd_year": gettext_noop('"%(value)s" in the column "%(column)s" is not an academic year.'),
    "short_line": gettext_noop(
        "The line has fewer columns than the headings: it may have been broken in two."
    ),
    "long_line": gettext_noop(
        "The line has more columns than the headings: a separator may stand inside a text."
    ),
}
_WARNINGS = {
    "spoilt_letters_mended": gettext_noop(
        "Accented letters had been spoilt before the file came here (such as “1Âº” or “1ş” for “1º”). "
        "They were put right: check the first rows."
    ),
    "spoilt_letters": gettext_noop(
        "Accented letters look spoilt (such as “1Âº” or “1ş” for “1º”). Choose another encoding "
        "or export the list again."
    ),
    "other_years_left_out": gettext_noop(
        "Enrolments of other academic years were left out: %(count)s (%(years)s)."
    ),
    "repeated_lines": gettext_noop("Lines that say the same as another one: %(count)s."),
    "lines_skipped": gettext_noop(
        "Lines at the end or in between that are no students were skipped: %(count)s."
    ),
    "no_state_column": gettext_noop(
        "The list does not say who has left (there is no column “Estado Matrícula”): everybody "
        "in it counts as in the class."
    ),
    "no_year_column": gettext_noop(
        "The list does not say the academic year (there is no column “Año de la matrícula”): "
        "%(years)s was taken."
    ),
    "no_course_column": gettext_noop("The list does not say the course (there is no column “Curso”)."),
}
_FILES = {
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file is larger than %(megabytes)s MB. Export only the list of students."),
    "too_many_lines": gettext_noop(
        "The file has more than %(lines)s lines. Export only the list of students."
    ),
    "too_many_classes": gettext_noop(
        "The list has more than %(classes)s classes. Look whether the columns of classes and courses are right."
    ),
    "is_pdf": gettext_noop("This is a PDF. Export the list again and choose CSV or plain text."),
    "is_spreadsheet": gettext_noop(
        "This is a spreadsheet. Save it as CSV, or export the list again as CSV or plain text."
    ),
    "is_archive": gettext_noop("This is a compressed file. Unpack it and upload the list that is in it."),
    "is_picture": gettext_noop("This is a picture. Export the list as CSV or plain text."),
    "is_web_page": gettext_noop("This is a web page. Export the list as CSV or plain text."),
    "is_xml": gettext_noop("This is an XML file. Export the list as CSV or plain text."),
    "not_text": gettext_noop("This file is not text. Export the list as CSV or plain text."),
    "wrong_encoding": gettext_noop("The file is not written in %(encoding)s. Choose another encoding."),
    "lost_letters_in_headings": gettext_noop(
        "Letters of the headings were lost before the file came here. Export the list again and "
        "upload it unopened."
    ),
    "spoilt_headings": gettext_noop(
        "Accented letters of the headings look spoilt. Choose another encoding or export the list again."
    ),
    "no_heading": gettext_noop(
        "No line with headings such as “Alumno/a” and “Unidad” was found. Export the list again "
        "with its headings."
    ),
    "missing_columns": gettext_noop(
        "Columns are missing: %(columns)s. Export the list again and tick them. (The headings "
        "are on line %(line)s.)"
    ),
    "column_twice": gettext_noop("The heading “%(column)s” appears twice. Remove one of the two columns."),
    "open_quote": gettext_noop(
        "A quotation mark opened on line %(line)s is never closed. Correct that line."
    ),
}

REASONS: dict[str, str] = {**_LINES, **_WARNINGS, **_FILES}

# A person's answer is needed, nothing is wrong with the line.
QUESTIONS = frozenset({"no_unit", "unknown_state"})
