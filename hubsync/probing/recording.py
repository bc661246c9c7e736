"""Sends the questions of a probe and keeps each raw answer, without what is secret and without who people are."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hubsync.hub.bearer import WithBearer
from hubsync.hub.bounded import ANSWER_SECONDS, SignIn
from hubsync.hub.decipher import Answer, read_json
from hubsync.hub.secret_keeper import SecretKeeper
from hubsync.hub.wire import USER_AGENT, Call, Hooks, Wire, utc_now
from hubsync.probing.cleaning import REMOVED, without_secrets

KEPT_HEADERS = frozenset(
    {
        "content-type", "date", "location", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining",
        "x-ratelimit-reset", "x-retry-after",
    }
)  # fmt: skip
LONGEST_TEXT = 4000


@dataclass
class Record:
    """One question with its raw answer, as it goes into the file. `label` is what it was asked for."""

    label: str
    method: str
    path: str
    body: object
    status: int
    headers: dict[str, str]
    answer: object
    problem: str = ""


@dataclass
class Recorder:
    """Asks as an organization, as another account, or as nobody. Nothing is sent twice."""

    base_url: str
    identifier: str
    secret: str = field(repr=False)
    records: list[Record] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self.secrets.add(self.secret)
        self._wire = Wire(
            self.base_url.rstrip("/"),
            Hooks(),
            user_agent=USER_AGENT,
            adapter=None,
            answer_seconds=ANSWER_SECONDS,
            now=utc_now,
        )
        self._keeper = SecretKeeper(self._wire, self.identifier, self.secret, time.monotonic)

    def close(self) -> None:
        self._wire.close()
        self._keeper.forget()

    def sign_in(self) -> None:
        """Raises HubAuthLost where the token is refused, HubUnavailable where nothing usable came."""
        self._keeper.sign_in()

    def ask(
        self, label: str, method: str, path: str, body: object = None, *, is_anonymous: bool = False
    ) -> Answer:
        """The raw answer, kept. Raises HubUnavailable where none came; that is kept too."""
        return self._send(label, method, path, body, None if is_anonymous else self._signed())

    def ask_as(self, label: str, path: str, identifier: str, secret: str) -> Answer:
        """The same GET for another account."""
        self.secrets.add(secret)
        keeper = SecretKeeper(self._wire, identifier, secret, time.monotonic)
        bearer = keeper.fresh_bearer()
        return self._send(label, "GET", path, None, WithBearer(bearer.token) if bearer else None)

    def exchange(self, label: str, identifier: str, secret: str) -> Answer:
        """The raw answer of a sign-in, its token and what was sent removed."""
        self.secrets.add(secret)
        answer = self._wire.send(
            Call("POST", "/v2/auth/token", body={"identifier": identifier, "secret": secret}), None
        )
        self._keep(label, "POST", "/v2/auth/token", {"identifier": identifier, "secret": REMOVED}, answer)
        return answer

    def _signed(self) -> SignIn | None:
        bearer = self._keeper.fresh_bearer()
        self.secrets |= set(self._keeper.secrets())
        return WithBearer(bearer.token) if bearer else None

    def _send(self, label: str, method: str, path: str, body: object, sign_in: SignIn | None) -> Answer:
        answer = self._wire.send(Call(method, path, body=body), sign_in)
        self._keep(label, method, path, body, answer)
        return answer

    def _keep(self, label: str, method: str, path: str, body: object, answer: Answer) -> None:
        said = read_json(answer.body)
        if said is None and answer.body:
            said = answer.body.decode("utf-8", "replace")[:LONGEST_TEXT]
        kept = {name: value for name, value in answer.headers.items() if name.lower() in KEPT_HEADERS}
        self.records.append(
            Record(
                label,
                method,
                path,
                without_secrets(body, self.secrets),
                answer.status,
                dict(without_secrets(kept, self.secrets)),
                without_secrets(said, self.secrets),
            )
        )


def write_records(records: list[Record], folder: Path, organization: str) -> list[Path]:
    """One file for each question, numbered in their order. The folder is made; earlier answers in it are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9][0-9]-*.json"):
        old.unlink()
    paths = []
    for number, record in enumerate(records, 1):
        name = re.sub(r"[^a-z0-9]+", "-", record.label.lower()).strip("-")
        path = folder / f"{number:03}-{name}.json"
        content = {"organization": organization, **vars(record)}
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def rows_of(answer: Answer, key: str = "results") -> list[dict[str, Any]]:
    """The rows of a list's answer, also of a bare list; empty where it holds none."""
    said = read_json(answer.body)
    found = said.get(key) if isinstance(said, dict) else said
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def row_of_answer(answer: Answer) -> dict[str, Any]:
    said = read_json(answer.body)
    return said if isinstance(said, dict) else {}
