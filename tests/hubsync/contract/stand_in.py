"""A Docker Hub that knows nothing but the published description: the second opinion on the portal's client.

It is another program than the local Docker Hub and shares no line with it. A request that the description would
not have is refused with 422 and written down; what it lets in is answered with the description's own examples, or
with values made from the description's schemas. It keeps no state: every page looks like the first, and ends.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.hubsync.contract.defects import resolve
from tests.hubsync.contract.description import Description, Operation
from tests.hubsync.contract.recording import Exchange

EXAMPLES, EVERYTHING, NULLS = "examples", "everything", "nulls"
BODIES = (EXAMPLES, EVERYTHING, NULLS)
OF_TYPE: dict[str, Any] = {"string": "text", "integer": 7, "number": 7, "boolean": True, "null": None}
TIME = "2021-01-05T21:06:53.506400Z"


@dataclass
class StandIn:
    """The application. `bodies` says how answers are made; `status` answers every call after signing in with it."""

    description: Description
    bodies: str = EXAMPLES
    status: int | None = None
    url: str = ""
    refused: list[str] = field(default_factory=list)
    answered: list[Exchange] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start)

    def faults_of_own_answers(self) -> list[str]:
        """What the description has against what was answered: nothing, or this program is wrong."""
        return [
            f"{exchange.method} {exchange.path}: {fault}"
            for exchange in self.answered
            for fault in self.description.faults_of_answer(exchange)
        ]

    def _answer(self, request: Request) -> Response:
        operation = self.description.operation_of(request.method, request.path)
        if operation is None:
            return _json(404, {"message": "not found"})
        faults = self.description.faults_of_request(_exchange(request))
        if faults and "Authorization" not in request.headers:
            return _json(401, {"message": "unauthorized"})
        if faults:
            self.refused += [f"{operation.call}: {fault}" for fault in faults]
            return _json(422, {"message": faults[0]})
        return self._as_described(operation, request)

    def _as_described(self, operation: Operation, request: Request) -> Response:
        answers = self.description.answers_of(operation)
        status = min(status for status in answers if status < 300)
        if self.status in answers and operation.id != "AuthCreateAccessToken":
            status = self.status or status
        content = answers[status]
        body = self._body(content, request) if content is not None else b""
        response = Response(body, status, content_type="application/json" if body else None)
        answer = {"Content-Type": "application/json"}
        self.answered.append(replace(_exchange(request), status=status, answer=body, answer_headers=answer))
        return response

    def _body(self, content: dict[str, Any], request: Request) -> bytes:
        value = self.description.example_of(content) if self.bodies == EXAMPLES else None
        if value is None:
            value = self._made(content.get("schema", {}))
        if isinstance(value, dict) and value.get("next"):
            # An example leads to Docker's own host; ours leads to ourselves, once.
            is_first = request.args.get("page", "1") == "1"
            value = value | {"next": f"{self.url}{request.path}?page=2" if is_first else None}
        return json.dumps(value).encode()

    def _made(self, node: dict[str, Any]) -> Any:
        """A value of a schema in which every field is there."""
        schema = resolve(self.description.spec, node)
        kinds = schema.get("type", "object" if "properties" in schema else "string")
        if self.bodies == NULLS and "null" in kinds:
            return None
        kind = kinds if isinstance(kinds, str) else next(kind for kind in kinds if kind != "null")
        if kind == "object":
            return {name: self._made(one) for name, one in schema.get("properties", {}).items()}
        if kind == "array":
            return [self._made(schema.get("items", {}))]
        if schema.get("enum"):
            return next(one for one in schema["enum"] if one is not None)
        if schema.get("example") is not None:
            return schema["example"]
        return TIME if schema.get("format") == "date-time" else OF_TYPE[kind]


class _Quiet(WSGIRequestHandler):
    def log(self, *args: Any) -> None:
        """Nothing."""


@contextmanager
def serve(stand_in: StandIn) -> Iterator[StandIn]:
    server = make_server("127.0.0.1", 0, stand_in, threaded=True, request_handler=_Quiet)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _json(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def _exchange(request: Request) -> Exchange:
    headers = {"Content-Type": "application/json", **dict(request.headers)}
    return Exchange(
        request.method, request.path, request.args.to_dict(), headers, request.get_data(), 0, {}, b""
    )
