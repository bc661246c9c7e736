"""From what came over the wire to a value or a named error. Pure, and believes nothing.

The status is read first, then JSON is tried, then a sentence is looked for in the shapes that Docker Hub has
been seen to use for errors:

    {"message": …, "errinfo": {"fielderrors": {…}} | null}      organizations, members, namespaces
    {"detail": …}                                               older services, sign-in, the limiter
    {"field": ["…"]}, {"__all__": ["…"]}                        field-keyed lists
    {"fields": {…}, "text": …}                                  the list of repositories
    {"errors": [{"code": …, "message": …}]}                     the registry
    plain text                                                  the abuse limiter, the firewall
    HTML                                                        the firewall
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hubsync.hub.errors import (
    HubAuthLost,
    HubConflict,
    HubError,
    HubForbidden,
    HubNotFound,
    HubRejected,
    HubThrottled,
    HubUnavailable,
)
from hubsync.hub.headers import read_budget, read_retry_after

LONGEST_SENTENCE = 300
# Hub: "try again after 15 minutes" is what support tells people whose sign-ins were refused too often.
AFTER_FAILED_SIGN_INS = timedelta(minutes=15)
AFTER_TOO_MANY_REQUESTS = timedelta(minutes=1)
# Hub: the limiter against abuse answers in plain text, tells no time, and has more patience than the API's own.
AFTER_ABUSE = timedelta(minutes=5)
MAY_WORK_LATER = frozenset({408, 423, 425})
_TELLING = ("message", "detail", "text")
_SECRET_LOOKING = re.compile(r"dckr_[a-z]+_[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_SECRET_FIELD = re.compile(r"token|secret|password", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One answer as it came, the body whole."""

    status: int
    headers: Mapping[str, str]
    # A body may hold a token or an echoed secret, and a traceback shows what variables hold.
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Question:
    """What the answer is to be read as: of which area, under which scope, and whether it must hold JSON."""

    area: str = ""
    scope: str = ""
    is_json_needed: bool = True
    # What must not come back out in a sentence, should Docker Hub echo it.
    secrets: Collection[str] = field(default=(), repr=False)


def decipher(answer: Answer, now: datetime, question: Question = Question()) -> Any:
    """The JSON of a successful answer (None for an empty body), or one of the named errors raised.

    A 4xx whose body is not JSON was not said by the API but by something in front of it, so it is no answer.
    """
    if 200 <= answer.status < 300:
        return _value(answer, question)
    raise _error(answer, now, question)


def read_json(body: bytes) -> Any:
    """What the body says as JSON; None where it is not JSON, is cut off, or says null."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def sentence_of(said: object) -> str:
    """Docker Hub's own words in an error, in whichever shape they came; "" where there are none."""
    if isinstance(said, dict):
        for key in _TELLING:
            if isinstance(said.get(key), str) and said[key]:
                return clean(said[key])
    return _first_text(said)


def fields_of(said: object) -> dict[str, str]:
    """Which field was refused with which text, as far as the error tells."""
    if not isinstance(said, dict):
        return {}
    errinfo = said.get("errinfo")
    for named in (errinfo.get("fielderrors") if isinstance(errinfo, dict) else None, said.get("fields")):
        if isinstance(named, dict):
            return {clean(name): _first_text(text) for name, text in named.items()}
    return {clean(name): _first_text(text) for name, text in said.items() if isinstance(text, list)}


def conceal(text: str, secrets: Collection[str] = ()) -> str:
    """The text without the given secrets and without anything that looks like a token of Docker's."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    return _SECRET_LOOKING.sub("…", text)[:LONGEST_SENTENCE]


def clean(text: str) -> str:
    """The text as any database and any encoding takes it: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def throttled(answer: Answer, now: datetime, sentence: str) -> HubThrottled:
    """The 429 with the moment from which one may ask again."""
    if "failed login" in sentence.lower():
        return HubThrottled(now + AFTER_FAILED_SIGN_INS, conceal(sentence))
    told = read_retry_after(answer.headers, now)
    budget = read_budget(answer.headers, now)
    if told is None and budget is not None and budget.remaining == 0:
        told = budget.reset_at
    untold = AFTER_ABUSE if read_json(answer.body) is None else AFTER_TOO_MANY_REQUESTS
    return HubThrottled(told or now + untold, conceal(clean(sentence)))


def _value(answer: Answer, question: Question) -> Any:
    if not answer.body.strip():
        return None
    value = read_json(answer.body)
    if value is None and question.is_json_needed and answer.body.strip() != b"null":
        raise HubUnavailable("the answer is cut off or is not JSON", status=answer.status)
    return value


def _error(answer: Answer, now: datetime, question: Question) -> HubError:
    said = read_json(answer.body)
    sentence = conceal(sentence_of(said), question.secrets)
    if answer.status == 429:
        return throttled(
            answer, now, sentence or conceal(answer.body.decode("utf-8", "replace"), question.secrets)
        )
    if answer.status >= 500 or answer.status < 400 or answer.status in MAY_WORK_LATER:
        return HubUnavailable(sentence, status=answer.status)
    if not isinstance(said, dict | list):
        # Hub: the firewall answers 403 with HTML ("Just a moment...") or with the text "error code: 1010".
        return HubUnavailable("the answer did not come from the API of Docker Hub", status=answer.status)
    return _refusal(answer.status, sentence, said, question)


def _refusal(status: int, sentence: str, said: object, question: Question) -> HubError:
    if status == 401:
        return HubAuthLost(sentence, status=status)
    if status == 403:
        return HubForbidden(sentence, area=question.area, scope=question.scope)
    if status in (404, 410):
        return HubNotFound(sentence, status=status)
    fields = {name: conceal(text, question.secrets) for name, text in fields_of(said).items()}
    kind = HubConflict if status == 409 else HubRejected
    return kind(sentence, status=status, fields=fields)


def _first_text(said: object, depth: int = 0) -> str:
    if isinstance(said, str):
        return clean(said)
    if depth > 4 or not isinstance(said, dict | list):
        return ""
    parts = list(_telling_first(said)) if isinstance(said, dict) else said
    return next(filter(None, (_first_text(part, depth + 1) for part in parts)), "")


def _telling_first(said: dict[str, object]) -> Iterator[object]:
    """The values of an error, where the sentence usually is first; none that is named like a secret."""
    for key in sorted(said, key=lambda key: key not in _TELLING):
        if not _SECRET_FIELD.search(key):
            yield said[key]
