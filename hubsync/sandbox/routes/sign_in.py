"""Exchanging a secret for a bearer token."""

from flask import Blueprint, Response, request

from .. import bearers
from ..access_tokens import digest_of_value
from ..answers import answer, body, here
from ..records import AccessToken, User
from ..refusals import Refusal, detail, field_lists, message, unauthorized

routes = Blueprint("sign_in", __name__)
LOCKED = "toomanyrequests: too many failed login attempts for username or IP address"


@routes.post("/v2/auth/token")
def create_token() -> Response:
    sent = body()
    identifier, secret = str(sent.get("identifier", "")), str(sent.get("secret", ""))
    _refuse_locked(identifier)
    token = here().find_token(secret)
    # Hub: an organization's token goes with the organization's name, not with that of whoever made it.
    if token is not None and token.owner == identifier:
        return answer({"access_token": _bearer(identifier, token)})
    user = here().find_user(identifier)
    if user is None or not here().knows_password(user, secret):
        raise _failed(identifier, unauthorized())
    if user.second_factor and not here().switches.password_of_2fa_account_gets_token:
        raise unauthorized()
    return answer({"access_token": _bearer(user.username)})


@routes.post("/v2/users/login")
def login() -> Response:
    """Deprecated, and still there."""
    sent = body()
    missing = {name: "This field is required." for name in ("username", "password") if not sent.get(name)}
    if missing:
        raise field_lists(400, **missing)
    username, password = str(sent["username"]), str(sent["password"])
    _refuse_locked(username)
    if username in here().organizations:
        raise detail(401, "Cannot log into an organization account")
    user, token = here().find_user(username), here().find_token(password)
    if user is not None and token is not None and token.owner == user.username:
        return _login_answer(_bearer(user.username, token))
    if user is None or not here().knows_password(user, password):
        raise _failed(username, detail(401, "Incorrect authentication credentials"))
    if user.second_factor:
        text = "Require secondary authentication on MFA enabled account"
        raise detail(401, text, login_2fa_token=_second_step(user))
    return _login_answer(_bearer(user.username))


@routes.post("/v2/users/2fa-login")
def second_login() -> Response:
    sent, world = body(), here()
    claims = bearers.read(world.signing_key, "2fa", str(sent.get("login_2fa_token", "")), world.clock)
    user = world.users.get(claims["sub"]) if claims else None
    if user is None or str(sent.get("code")) != user.second_factor:
        raise detail(401, "Incorrect authentication credentials")
    return answer({"token": _bearer(user.username)})


def _login_answer(bearer: str) -> Response:
    wants_refresh = request.args.get("refresh_token") == "true"
    return answer({"token": bearer} | ({"refresh_token": digest_of_value(bearer)} if wants_refresh else {}))


def _bearer(name: str, token: AccessToken | None = None) -> str:
    world = here()
    if token is not None:
        token.last_used_at = world.clock.now()
    world.limits.forget_failures(f"name {name}")
    return bearers.issue(
        world.signing_key,
        "hub",
        seconds=bearers.API_SECONDS,
        clock=world.clock,
        sub=name,
        kind=token.kind if token else "password",
        token_id=token.id if token else None,
        **{bearers.CLAIMS: {"username": name}},
    )


def _second_step(user: User) -> str:
    world = here()
    return bearers.issue(world.signing_key, "2fa", seconds=300, clock=world.clock, sub=user.username)


def _refuse_locked(name: str) -> None:
    world = here()
    if world.limits.is_locked(f"name {name}", f"address {request.remote_addr}", now=world.clock.now()):
        refusal = message(429, LOCKED, errinfo={})
        refusal.headers["Retry-After"] = str(world.limits.lock_minutes * 60)
        raise refusal


def _failed(name: str, refusal: Refusal) -> Refusal:
    world = here()
    world.limits.note_failure(f"name {name}", f"address {request.remote_addr}", now=world.clock.now())
    return refusal
