"""The e-mails that are kept instead of sent."""

import os
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.SHOW_OUTBOX, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    return tmp_path


def keep(folder: Path, subject: str, at: int) -> None:
    """An e-mail as Django's own back end keeps it, at that second."""
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    before = set(folder.iterdir())
    EmailMessage(subject, "Tu código: ÑANDÚ1", to=["marina@example.org"], connection=backend).send()
    for file in set(folder.iterdir()) - before:
        os.utime(file, (at, at))


def test_kept_mail_is_shown_newest_first(reader: Client, folder: Path) -> None:
    keep(folder, "First", 1_000_000)
    keep(folder, "Second", 2_000_000)

    page = reader.get("/outbox/").content.decode()

    assert page.index("Second") < page.index("First")
    assert "Tu código: ÑANDÚ1" in page and "marina@example.org" in page


def test_of_two_mails_in_one_file_the_later_is_shown_first(reader: Client, folder: Path) -> None:
    keep(folder, "First", 1_000_000)
    (first,) = folder.iterdir()
    whole = first.read_bytes()
    first.write_bytes(whole + whole.replace(b"First", b"Second"))

    page = reader.get("/outbox/").content.decode()

    assert page.index("Second") < page.index("First")


def test_without_mail_it_says_what_to_do(reader: Client, folder: Path) -> None:
    assert "No e-mail yet" in reader.get("/outbox/").content.decode()


@pytest.mark.parametrize("sender", [{"REMOTE_ADDR": "10.0.0.7"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.7"}])
def test_it_is_not_there_for_other_machines(reader: Client, folder: Path, sender: dict[str, str]) -> None:
    assert reader.get("/outbox/", **sender).status_code == 404


def test_it_is_not_there_where_mail_is_sent(reader: Client, folder: Path, settings) -> None:
    settings.SHOW_OUTBOX = False

    assert reader.get("/outbox/").status_code == 404


def test_only_visitors_of_this_machine_are_pointed_to_it(reader: Client, folder: Path) -> None:
    assert 'href="/outbox/"' in reader.get("/").content.decode()
    assert 'href="/outbox/"' not in reader.get("/", REMOTE_ADDR="10.0.0.7").content.decode()
