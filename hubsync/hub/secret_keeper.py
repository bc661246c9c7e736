"""Who keeps the secret of one account and exchanges it for bearers, never twice in vain."""

from __future__ import annotations

import threading
from collections.abc import Callable

from hubsync.hub.bearer import Bearer, Concealed, WithPassword, WithSecret, read_token
from hubsync.hub.bounded import SignIn
from hubsync.hub.decipher import Answer, Question, conceal, decipher, read_json, sentence_of
from hubsync.hub.errors import HubAuthLost, HubUnavailable
from hubsync.hub.wire import Call, Wire


class SecretKeeper:
    """The secret and the bearer of the moment. Threads may share it."""

    def __init__(self, wire: Wire, identifier: str, secret: str, monotonic: Callable[[], float]) -> None:
        self.identifier = identifier
        # Docker Hub has said no to this secret. It is not tried again: that would lock the account.
        self.is_refused = False
        self._wire, self._monotonic = wire, monotonic
        self._secret, self._has_secret = Concealed(secret), bool(secret)
        self._bearer: Bearer | None = None
        self._refusal = ""
        self._lock = threading.Lock()

    def sign_in(self) -> None:
        """Exchange the secret for a bearer now. Raises HubAuthLost where Docker Hub refuses it."""
        with self._lock:
            self._bearer = self._exchange()

    def registry_sign_in(self) -> SignIn | None:
        """How the registry's token server is told who asks; None for nobody."""
        return WithPassword(self.identifier, self._secret) if self._has_secret else None

    def secrets(self) -> tuple[str, ...]:
        """What must not come back out in a sentence."""
        bearer = self._bearer
        return (self._secret.reveal(), bearer.token.reveal() if bearer else "")

    def fresh_bearer(self) -> Bearer | None:
        """A bearer that lives a while longer; None where there is no secret."""
        if not self._has_secret:
            return None
        with self._lock:
            if self._bearer is None or not self._bearer.is_fresh(self._monotonic):
                self._bearer = self._exchange()
            return self._bearer

    def take(self, token: Concealed, seconds: float) -> None:
        """Use this bearer of an earlier connection for so long. One that is refused is replaced as any other."""
        with self._lock:
            self._bearer = Bearer(token, self._monotonic() + seconds)

    def kept_bearer(self) -> tuple[Concealed, float] | None:
        """The bearer of the moment and the seconds for which it may still be used; None where there is none."""
        with self._lock:
            bearer = self._bearer
        left = bearer.renew_at - self._monotonic() if bearer else 0.0
        return (bearer.token, left) if bearer and left > 0 else None

    def forget(self, bearer: Bearer | None = None) -> None:
        """Let go of this bearer, if it is still the one of the moment; without one, of any."""
        with self._lock:
            if bearer is None or self._bearer is bearer:
                self._bearer = None

    def _exchange(self) -> Bearer:
        """Reference: AuthCreateAccessToken. Sent once, never repeated: refused sign-ins lock the account.

        Hub: for a token of an organization the identifier is the organization's name, else a Docker ID.
        """
        if self.is_refused:
            raise HubAuthLost(self._refusal, status=401)
        answer = self._wire.send(Call("POST", "/v2/auth/token"), WithSecret(self.identifier, self._secret))
        self._mind_refusal(answer)
        decipher(answer, self._wire.now(), Question(secrets=self.secrets()))
        token = read_token(read_json(answer.body), "access_token")
        if token is None:
            raise HubUnavailable("the sign-in was answered without a token", status=answer.status)
        return Bearer.of(token, self._monotonic)

    def _mind_refusal(self, answer: Answer) -> None:
        """401 is a refusal in whatever form it comes; 400 and 403 only where the API itself says so."""
        is_json = isinstance(read_json(answer.body), dict)
        if answer.status == 401 or (answer.status in (400, 403) and is_json):
            self.is_refused = True
            self._refusal = conceal(sentence_of(read_json(answer.body)), self.secrets())
            raise HubAuthLost(self._refusal, status=answer.status)
