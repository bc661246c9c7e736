"""The description of Docker Hub's API that Docker publishes, read from where it is kept, repaired where `defects` says so.

It is looked for in `HUB_OPENAPI`, else beside the project. Where it is absent the tests of this folder are
skipped, and say so.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openapi_core import Config, OpenAPI
from openapi_core.templating.responses.exceptions import ResponseNotFound
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.response.exceptions import MissingData

from tests.hubsync.contract.defects import UNLISTED_ANSWERS, repaired, resolve
from tests.hubsync.contract.recording import Exchange

BESIDE = Path(__file__).parents[4] / "shared" / "hub-api" / "docker-hub-openapi.fixed-3.1.yaml"
HOST = "https://hub.docker.com"
METHODS = ("get", "head", "post", "put", "patch", "delete")


def where() -> Path:
    return Path(os.environ.get("HUB_OPENAPI") or BESIDE)


@dataclass(frozen=True)
class Operation:
    """One documented call: "GET /v2/orgs/{org_name}/groups" and how Docker calls it."""

    method: str
    template: str
    id: str
    query: frozenset[str]

    @property
    def call(self) -> str:
        return f"{self.method} {self.template}"

    def fits(self, method: str, path: str) -> bool:
        return method == self.method and re.fullmatch(pattern_of(self.template), path) is not None


def pattern_of(template: str) -> str:
    """A regular expression of a path with {parts}, each of which is one segment."""
    return re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template))


class Description:
    """The description, and what it says about an exchange."""

    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec
        self.operations = tuple(_operations(spec))
        # Fields that the description does not name are a fault: an imitation must not invent any.
        strict = Config(
            additional_properties_default_policy="forbid",
            extra_media_type_deserializers={"text/csv": lambda body, **_: body.decode()},
        )
        self._openapi = OpenAPI.from_dict(repaired(spec), config=strict)

    def operation_of(self, method: str, path: str) -> Operation | None:
        """The operation that a request is, None where it is not documented."""
        found = [one for one in self.operations if one.fits(method, path)]
        return min(found, key=lambda one: one.template.count("{"), default=None)

    def faults_of_request(self, exchange: Exchange) -> list[str]:
        """What the description has against the request: parameters, body, sign-in."""
        operation = self.operation_of(exchange.method, exchange.path)
        assert operation, f"{exchange} is not documented"
        unknown = sorted(set(exchange.query) - operation.query)
        errors = self._openapi.iter_request_errors(_request(exchange))
        return [*(f"the parameter {name} is not documented" for name in unknown), *map(_words, errors)]

    def faults_of_answer(self, exchange: Exchange) -> list[str]:
        """What the description has against the answer: status, kind of content, body."""
        errors = self._openapi.iter_response_errors(_request(exchange), _response(exchange))
        operation = self.operation_of(exchange.method, exchange.path)
        return [_words(error) for error in errors if not _is_unlisted(operation, exchange, error)]

    def answers_of(self, operation: Operation) -> dict[int, dict[str, Any] | None]:
        """By status, the described JSON (schema and examples), None where an answer has no body."""
        answers = self.spec["paths"][operation.template][operation.method.lower()]["responses"]
        contents = {status: resolve(self.spec, one).get("content") or {} for status, one in answers.items()}
        return {
            int(status): one.get("application/json") for status, one in contents.items() if status.isdigit()
        }

    def example_of(self, content: dict[str, Any]) -> Any:
        """The first example of a described JSON, None where there is none."""
        schema = resolve(self.spec, content.get("schema", {}))
        named = [one["value"] for one in content.get("examples", {}).values() if "value" in one]
        found = [content.get("example"), *named, schema.get("example"), *schema.get("examples", ())]
        return next((one for one in found if one is not None), None)


@cache
def read() -> Description:
    return Description(yaml.load(where().read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def _is_unlisted(operation: Operation | None, exchange: Exchange, error: Exception) -> bool:
    if exchange.method == "HEAD" and isinstance(error, MissingData):
        return True  # the description shows the body of an error also where HTTP has none
    if operation is None or not isinstance(error, ResponseNotFound):
        return False
    return any((name, exchange.status) in UNLISTED_ANSWERS for name in ("*", operation.id))


def _operations(spec: dict[str, Any]) -> list[Operation]:
    return [
        Operation(method.upper(), template, item[method]["operationId"], _query(spec, item, item[method]))
        for template, item in spec["paths"].items()
        for method in METHODS
        if method in item
    ]


def _query(spec: dict[str, Any], item: dict[str, Any], operation: dict[str, Any]) -> frozenset[str]:
    parameters = [
        resolve(spec, one) for one in (*item.get("parameters", ()), *operation.get("parameters", ()))
    ]
    return frozenset(one["name"] for one in parameters if one["in"] == "query")


def _request(exchange: Exchange) -> MockRequest:
    return MockRequest(
        HOST,
        exchange.method,
        exchange.path,
        args=dict(exchange.query),
        headers=dict(exchange.headers),
        data=exchange.body,
        content_type=exchange.headers.get("Content-Type", "application/json"),
    )


def _response(exchange: Exchange) -> MockResponse:
    kind = exchange.answer_headers.get("Content-Type", "")
    return MockResponse(exchange.answer, exchange.status, dict(exchange.answer_headers), kind)


def _words(error: BaseException) -> str:
    causes = getattr(error.__cause__, "schema_errors", ())
    details = [f"{one.json_path}: {one.message}" for one in causes]
    return "; ".join(details) or f"{type(error).__name__} {error}"
