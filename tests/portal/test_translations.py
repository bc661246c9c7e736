"""Strings are found in code and templates, kept in catalogues, checked and compiled."""

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from portal import translations
from portal.translation_check import list_troubles

CODE = '''
from django.utils.translation import gettext as _, ngettext, pgettext

def words(count):
    """Not this "string"."""
    return [
        # Translators: on a button
        _("Save"), pgettext("verb", "Open"),
        ngettext("%(count)d class", "%(count)d classes", count) % {"count": count}]
'''
TEMPLATE = """{% load i18n %}
  <p class='don"t'>it's {% translate "Hello" %} {{ name|default:_("nobody") }}</p>
    {% blocktranslate trimmed with school=name %}
      Welcome to
      {{ school }}, 100%.
    {% endblocktranslate %}
{% blocktranslate count n=students|length %}{{ n }} student{% plural %}{{ n }} students{% endblocktranslate %}
{% translate "Open" context "verb" %}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "classrooms").mkdir()
    (tmp_path / "classrooms" / "words.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def catalogue_of(project: Path, text: str) -> Path:
    path = project / "locale" / "es" / "LC_MESSAGES" / "django.po"
    translations.write_catalogue(path, text)
    return path


def filled(project: Path) -> str:
    text = translations.merge("es", "", translations.collect(project))
    answers = {
        "Save": "Guardar",
        "Open": "Abrir",
        "Hello": "Hola",
        "nobody": "nadie",
        "Welcome to %(school)s, 100%%.": "Te damos la bienvenida a %(school)s, 100%%.",
    }
    for english, spanish in answers.items():
        text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{spanish}"')
    for english, one, many in [
        ("%(count)d classes", "%(count)d clase", "%(count)d clases"),
        ("%(n)s students", "%(n)s estudiante", "%(n)s estudiantes"),
    ]:
        before = f'msgid_plural "{english}"\nmsgstr[0] ""\nmsgstr[1] ""'
        text = text.replace(before, f'msgid_plural "{english}"\nmsgstr[0] "{one}"\nmsgstr[1] "{many}"')
    return text


def test_strings_of_code_and_templates_are_found_with_plurals_and_contexts(project: Path) -> None:
    found = {(message.id, message.context) for message in translations.collect(project) if message.id}

    assert found == {
        ("Save", None),
        ("Open", "verb"),
        (("%(count)d class", "%(count)d classes"), None),
        ("Hello", None),
        ("nobody", None),
        ("Welcome to %(school)s, 100%%.", None),
        (("%(n)s student", "%(n)s students"), None),
    }


def test_a_catalogue_names_files_but_neither_lines_nor_dates(project: Path) -> None:
    text = translations.merge("es", "", translations.collect(project))

    assert "#: classrooms/words.py\n" in text and "words.py:" not in text and "Date" not in text


def test_translations_are_kept_and_strings_that_are_gone_are_dropped(project: Path) -> None:
    before = filled(project)
    (project / "classrooms" / "words.py").write_text('_("Save")\n')
    after = translations.merge("es", before, translations.collect(project))

    assert 'msgstr "Guardar"' in after and "%(count)d clases" not in after


def test_merging_twice_changes_nothing(project: Path) -> None:
    once = translations.merge("es", filled(project), translations.collect(project))

    assert translations.merge("es", once, translations.collect(project)) == once


def test_a_complete_catalogue_has_no_troubles(project: Path) -> None:
    assert list_troubles(catalogue_of(project, filled(project)), translations.collect(project)) == []


@pytest.mark.parametrize(
    ("good", "bad", "what"),
    [
        ("Guardar", "", "has no translation"),
        ("%(count)d clases", "%(numero)d clases", "other placeholders"),
        ("a %(school)s, 100%%.", "al centro, 100%%.", "other placeholders"),
        (
            '#: templates/page.html\nmsgid "Hello"',
            '#: templates/page.html\n#, fuzzy\nmsgid "Hello"',
            "unsure",
        ),
        ('msgid "nobody"', 'msgid "someone"', "is not in the catalogue"),
    ],
)
def test_an_incomplete_translation_is_named(project: Path, good: str, bad: str, what: str) -> None:
    text = filled(project)
    assert good in text
    troubles = list_troubles(catalogue_of(project, text.replace(good, bad)), translations.collect(project))

    assert len(troubles) == 1 and what in troubles[0]


def test_what_is_compiled_speaks_the_language(project: Path) -> None:
    path = catalogue_of(project, filled(project))
    assert translations.compile_stale([path]) == [path]
    spanish = gettext.translation("django", project / "locale", ["es"])

    assert spanish.ngettext("%(n)s student", "%(n)s students", 2) == "%(n)s estudiantes"


def test_a_catalogue_that_did_not_change_is_not_compiled_again(project: Path) -> None:
    path = catalogue_of(project, filled(project))
    translations.compile_stale([path])

    assert translations.compile_stale([path]) == []


WHEN_COMPILED = """
import sys, django
from portal import translations
translations.compile_stale = lambda: print("classrooms.models" in sys.modules)
django.setup()
"""


def test_they_are_compiled_before_the_first_model_reads_one() -> None:
    """Django translates the name of a many-to-many table when its model is made, and keeps the catalogue it found."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}
    said = subprocess.run(
        [sys.executable, "-c", WHEN_COMPILED], env=environment, text=True, capture_output=True, check=True
    )

    assert said.stdout.split() == ["False"]
