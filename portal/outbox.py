"""The e-mails that this installation keeps instead of sending, for whoever sits at this machine.

Without them a newcomer could not confirm an address: a laptop has nobody to send mail through.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from classrooms.access import for_everyone
from portal.this_machine import is_this_machine

SHOWN = 50
# What Django's file back end writes after each message.
_END_OF_MESSAGE = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class KeptMail:
    recipient: str
    subject: str
    body: str
    kept_at: datetime


@for_everyone
def outbox(request: HttpRequest) -> HttpResponse:
    """The kept e-mails, newest first. Not there for other machines, nor where mail is really sent."""
    if not settings.SHOW_OUTBOX or not is_this_machine(request):
        raise Http404
    mails = list_mails(Path(settings.EMAIL_FILE_PATH))
    return render(request, "portal/outbox.html", {"mails": mails[:SHOWN]})


def list_mails(folder: Path) -> list[KeptMail]:
    """Every e-mail in the folder, newest first; none where the folder was not made yet."""
    # Of one file the later message is the newer: Django appends what one process sends in the same second.
    mails = [mail for file in folder.glob("*.log") for mail in reversed(_mails_of(file))]
    return sorted(mails, key=lambda mail: mail.kept_at, reverse=True)


def _mails_of(file: Path) -> list[KeptMail]:
    kept_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    parts = file.read_bytes().split(_END_OF_MESSAGE)
    return [_read(part, kept_at) for part in parts if part.strip()]


def _read(raw: bytes, kept_at: datetime) -> KeptMail:
    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    text = message.get_body(("plain",))
    body = str(text.get_content()) if isinstance(text, EmailMessage) else ""
    return KeptMail(str(message["To"]), str(message["Subject"]), body.strip(), kept_at)
