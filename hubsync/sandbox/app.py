"""The local Docker Hub as a Flask application."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.exceptions import HTTPException

from . import limiter
from .answers import answer, here
from .controls import controls
from .door import Door
from .pages import pages, problem
from .push_page import push_page
from .refusals import Refusal, no_such_route
from .routes import (
    access_tokens,
    accounts,
    audit,
    invites,
    members,
    older,
    permissions,
    registry,
    repositories,
    sign_in,
    tags,
    teams,
)
from .texts import say
from .token_pages import token_pages
from .world import World

TOPICS = (
    sign_in,
    accounts,
    members,
    teams,
    invites,
    repositories,
    older,
    permissions,
    tags,
    access_tokens,
    audit,
    registry,
)


class SessionsOfPeople(SecureCookieSessionInterface):
    """A session for the pages. The API knows none, and opening one takes a tenth of a request's time."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return None if request.path.startswith("/v2") else super().open_session(app, request)


def make_app(world: World) -> Flask:
    """The application that answers for this world."""
    app = Flask(__name__)
    app.extensions["world"] = world
    app.secret_key = world.signing_key
    app.session_interface = SessionsOfPeople()
    # The portal runs on the same host, and cookies do not know ports: a name of our own keeps them apart.
    app.config["SESSION_COOKIE_NAME"] = "local_docker_hub"
    # Hub: with and without a slash at the end, but never with an empty segment.
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.before_request(_refuse_paths)
    limiter.install(app)
    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(HTTPException, _no_route)
    for topic in TOPICS:
        app.register_blueprint(topic.routes)
    app.register_blueprint(pages)
    app.register_blueprint(token_pages)
    app.register_blueprint(push_page)
    app.register_blueprint(controls)
    app.wsgi_app = Door(app.wsgi_app, world)  # type: ignore[method-assign]
    return app


def _refuse_paths() -> Response | None:
    path = request.path
    if not path.startswith("/v2/"):
        return None
    if "//" in path:
        raise no_such_route(405)
    if here().switches.slashless_get_redirects and _is_older_read(path):
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return Response(status=301, headers={"Location": f"{request.url_root.rstrip('/')}{path}/{query}"})
    return None


def _is_older_read(path: str) -> bool:
    return request.method == "GET" and path.startswith("/v2/repositories/") and not path.endswith("/")


def _refuse(refusal: Refusal) -> Response:
    response = answer(refusal.body, refusal.status)
    response.headers.update(refusal.headers)
    return response


def _no_route(error: HTTPException) -> Response:
    if not request.path.startswith("/v2"):
        return Response(*problem(say("This page does not exist"), error.code or 404))
    return _refuse(no_such_route(405 if error.code == 405 else 404))
