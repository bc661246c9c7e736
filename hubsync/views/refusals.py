"""What could not be done, said on the page that follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from hubsync.account.refusals import NotConnectable
from hubsync.hub.errors import HubError
from hubsync.words.troubles import trouble_sentence


@contextmanager
def saying_why_not(request: HttpRequest) -> Iterator[None]:
    """A refusal, or Docker Hub's trouble, becomes a message; the rest of the block is then left out."""
    try:
        yield
    except NotConnectable as refusal:
        messages.warning(request, str(refusal.sentence))
    except HubError as error:
        messages.error(request, str(trouble_sentence(error)))
