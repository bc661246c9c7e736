"""The way to a registry: each repository's token from the server that the registry names, each call once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from requests import Session

from hubsync.hub import bounded
from hubsync.hub.bearer import Concealed, WithBearer, read_token
from hubsync.hub.bounded import LARGEST_BODY, SignIn
from hubsync.hub.decipher import Answer, conceal, decipher, read_json, sentence_of
from hubsync.hub.errors import HubAuthLost, HubUnavailable
from hubsync.hub.headers import header
from hubsync.hub.manifests import ACCEPT, is_as_encrypted, is_trusted_realm, read_challenge
from hubsync.hub.streamed import Streamed, open_stream


class Trust(Protocol):
    """Where a registry may lead who asks it."""

    def is_token_server(self, realm: str) -> bool: ...

    def is_store(self, place: str) -> bool: ...


@dataclass(frozen=True)
class OfItsDomain:
    """Tokens from the registry's own domain; contents from anywhere, without the token."""

    registry_url: str

    def is_token_server(self, realm: str) -> bool:
        return is_trusted_realm(realm, self.registry_url)

    def is_store(self, place: str) -> bool:
        return is_as_encrypted(place, self.registry_url)


class RegistryDoor:
    """Asks a registry as nobody or with a credential, and keeps the tokens it was given."""

    def __init__(
        self,
        registry_url: str,
        *,
        session: Session,
        sign_in: SignIn | None,
        on_call: Callable[[str, str, int], None] | None,
        answer_seconds: float,
        now: Callable[[], datetime],
        trust: Trust | None = None,
        most_bytes: int = LARGEST_BODY,
    ) -> None:
        self.registry_url = registry_url.rstrip("/")
        self.trust = trust or OfItsDomain(self.registry_url)
        self.sign_in = sign_in
        self.is_refused = False
        self._session = session
        self._tokens: dict[str, Concealed] = {}
        self._on_call, self._answer_seconds, self._now = on_call, answer_seconds, now
        self._most_bytes = most_bytes

    def close(self) -> None:
        """Let go of the kept connections and tokens."""
        self._session.close()
        self._tokens.clear()

    def authorized(self, method: str, repository: str, path: str) -> Answer:
        """The answer, with a token for the repository where the registry asks for one."""
        answer = self.send(method, path, self._tokens.get(repository))
        if answer.status != 401:
            return answer
        token = self.token(repository, answer)
        self._tokens[repository] = token
        return self.send(method, path, token)

    def send(self, method: str, path: str, token: Concealed | None) -> Answer:
        """One request to the registry, with this token and no other."""
        sign_in = WithBearer(token) if token else None
        return self.ask(method, self.registry_url + path, sign_in, None)

    def open_authorized(self, repository: str, path: str, seconds: float) -> Streamed:
        """As `authorized`, for a GET whose body is read in pieces."""
        known = self._tokens.get(repository)
        found = self.open(self.registry_url + path, WithBearer(known) if known else None, seconds)
        if found.status != 401:
            return found
        with found:
            token = self.token(repository, Answer(found.status, found.headers, b""))
        self._tokens[repository] = token
        return self.open(self.registry_url + path, WithBearer(token), seconds)

    def open(self, url: str, sign_in: SignIn | None, seconds: float) -> Streamed:
        """One GET, whatever comes back, its body in pieces; to another company's address with `sign_in` None."""
        status = 0
        try:
            found = open_stream(self._session, url, sign_in=sign_in, seconds=seconds)
            status = found.status
            return found
        finally:
            if self._on_call:
                self._on_call("GET", urlsplit(url).path, status)

    def token(self, repository: str, challenge: Answer, actions: str = "pull") -> Concealed:
        """A token for one repository from the server that the registry names, for what of `actions` is allowed.

        Raises HubAuthLost where that server refuses the credential, which is then not tried again.
        """
        if self.is_refused:
            raise HubAuthLost(status=401)
        asked = read_challenge(header(challenge.headers, "WWW-Authenticate"))
        realm = asked.get("realm", "")
        if not self.trust.is_token_server(realm):
            raise HubUnavailable("the registry names no token server that may be given a credential")
        params = {"service": asked.get("service", ""), "scope": f"repository:{repository}:{actions}"}
        answer = self.ask("GET", realm, self.sign_in, params)
        if answer.status == 401:
            # Who asks as nobody has no credential that could be refused: only this repository is.
            self.is_refused = self.sign_in is not None
            raise HubAuthLost(conceal(sentence_of(read_json(answer.body))), status=401)
        decipher(answer, self._now())
        token = read_token(read_json(answer.body), "token", "access_token")
        if token is None:
            raise HubUnavailable("the token server gave no token")
        return token

    def ask(self, method: str, url: str, sign_in: SignIn | None, params: Mapping[str, Any] | None) -> Answer:
        """One request, whatever comes back; to another company's address with `sign_in` None."""
        status = 0
        try:
            answer = bounded.ask(
                self._session,
                method,
                url,
                sign_in=sign_in,
                headers={"Accept": ACCEPT},
                params=params,
                seconds=self._answer_seconds,
                most_bytes=self._most_bytes,
            )
            status = answer.status
            return answer
        finally:
            if self._on_call:
                self._on_call(method, urlsplit(url).path, status)
