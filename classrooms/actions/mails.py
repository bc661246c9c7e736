"""Mails of the portal, as plain text from two templates. Each says what a page says too."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from classrooms.models import User


def mail_to(user: User, name: str, context: dict[str, Any]) -> int:
    """Write to somebody with an account, in their language; 1 if it went."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return mail_to_address(user.email, name, context)


def mail_to_address(address: str, name: str, context: dict[str, Any]) -> int:
    """Write what email/NAME_subject.txt and email/NAME_message.txt say; 1 if it went.

    A mail that cannot be sent raises nothing and undoes nothing.
    """
    # One line, whatever was pasted as the name of the school: no mail goes out with two.
    subject = " ".join(render_to_string(f"email/{name}_subject.txt", context).split())
    message = render_to_string(f"email/{name}_message.txt", context)
    return send_mail(subject, message, None, [address], fail_silently=True)
