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
    "odd_day": gettext_noop('There is no day in the column "%(column)s". Days are written as 31/08/2027.'),
    "odd_docker_id": gettext_noop('"%(value)s" in the column "%(column)s" cannot be a Docker ID.'),
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
        "The list does not say who has left: everybody in it counts as in the class."
    ),
    "no_year_column": gettext_noop("The list does not say the academic year: %(years)s was taken."),
    "no_course_column": gettext_noop("The list does not say the course."),
    "nobody_has_a_number": gettext_noop(
        "The list has no number for each student, only names. Nobody is recognized by a name alone: you are asked "
        "about everybody whose name is known, and nobody counts as missing."
    ),
    "only_accounts": gettext_noop(
        "The list knows students by an account or e-mail, not by the school’s number. You are asked about everybody "
        "whose name is known otherwise, and nobody counts as missing."
    ),
    "names_were_parted": gettext_noop(
        "Full names were parted into name and surnames by custom. Look at the first lines: %(count)s."
    ),
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
    "is_old_spreadsheet": gettext_noop(
        "This is a spreadsheet of an old kind (.xls). Open it, save it as .xlsx or CSV, and upload that."
    ),
    "is_protected": gettext_noop("This file has a password. Save it without one and upload it again."),
    "broken_spreadsheet": gettext_noop(
        "This spreadsheet cannot be opened. Open it yourself, save it again as .xlsx or CSV, and upload that."
    ),
    "too_many_cells": gettext_noop(
        "The spreadsheet is far larger than a list of %(rows)s lines. Copy the list into a new one and upload that."
    ),
    "is_document": gettext_noop(
        "This is a text document or a presentation. Copy its table into a spreadsheet, or paste the names."
    ),
    "is_archive": gettext_noop("This is a compressed file. Unpack it and upload the list that is in it."),
    "broken_archive": gettext_noop("This zip file is damaged or cut off. Download it again."),
    "unpacks_too_large": gettext_noop(
        "What is packed in this file is larger than %(megabytes)s MB. Upload only the list of students."
    ),
    "no_list_in_archive": gettext_noop(
        "There is no class list in this zip file. Unpack it and choose the list."
    ),
    "several_lists": gettext_noop(
        "There are several files in this zip that may be class lists. Unpack it and upload them one by one."
    ),
    "broken_xml": gettext_noop("This XML file is damaged or cut off. Export the list again."),
    "xml_with_entities": gettext_noop(
        "This XML file defines things of its own (a DTD), which no class list does. Export the list again."
    ),
    "unknown_xml": gettext_noop(
        "This XML file is neither ITACA’s nor Rayuela’s list of students. Export the list again as CSV."
    ),
    "no_students_in_xml": gettext_noop(
        "There are no students in this XML file. Export it again with the students in it."
    ),
    "is_staff_list": gettext_noop("This is the list of staff. Bring it in on the page of the staff."),
    "is_list_of_classes": gettext_noop(
        "This is the list of classes and tutors, without students. Export the list of students."
    ),
    "which_class": gettext_noop("The list names no class. Say which class it is."),
    "which_name": gettext_noop("Say which columns hold the name: surnames and name, or both in one column."),
    "same_field_twice": gettext_noop("Two columns stand for the same. Choose one of them."),
    "other_columns": gettext_noop("The columns are not those that were shown. Look at them again."),
    "no_names": gettext_noop(
        "No names were found in what was pasted. Paste one student a line, as “Surnames, Name”."
    ),
    "list_without_numbers": gettext_noop(
        "This list does not have the school’s number of each student. Export it again with that column, or paste the "
        "column of numbers."
    ),
    "no_numbers_pasted": gettext_noop("No numbers were found in what was pasted. Paste one a line."),
    "is_picture": gettext_noop("This is a picture. Export the list as CSV or plain text."),
    "is_web_page": gettext_noop("This is a web page. Export the list as CSV or plain text."),
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
