"""Who pulls from the registry, and what that one may do there."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass

from flask import request

from .answers import here
from .callers import PERSONAL_LEVELS
from .permissions import Level
from .records import AccessToken
from .refusals import Refusal
from .scopes import repository_covers

IMAGE_SCOPES = {"pull": "scope-image-pull", "push": "scope-image-push", "delete": "scope-image-delete"}
LEVELS = {"pull": Level.READ, "push": Level.WRITE, "delete": Level.ADMIN}


@dataclass(frozen=True)
class Puller:
    """Who pulls: a Docker ID, or an organization with its token; `name` is "" for nobody."""

    name: str = ""
    token: AccessToken | None = None


def puller() -> Puller:
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic":
        return Puller()
    try:
        name, _, secret = b64decode(value).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        raise _wrong_sign_in() from None
    token, user = here().find_token(secret), here().users.get(name)
    if token is not None and token.owner == name:
        return Puller(name, token)
    if user is None or user.second_factor or not here().knows_password(user, secret):
        raise _wrong_sign_in()
    return Puller(name)


def may(puller: Puller, name: str, action: str) -> bool:
    namespace, _, rest = name.partition("/")
    repository = here().find_repository(namespace, rest)
    if repository is None:
        return False
    if action == "pull" and not repository.is_private:
        return True
    if puller.token is not None and puller.token.kind == "organization":
        resources, is_private = puller.token.resources, repository.is_private
        return repository_covers(resources, repository.path, IMAGE_SCOPES[action], is_private=is_private)
    level = here().level_of(puller.name, repository)
    if puller.token is not None:
        level = min(level, max(PERSONAL_LEVELS.get(one, Level.NONE) for one in puller.token.scopes))
    return level >= LEVELS[action]


def _wrong_sign_in() -> Refusal:
    text = "incorrect username or password"
    return Refusal(401, {"details": text}, text)
