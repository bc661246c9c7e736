"""How Docker Hub says no: each of its shapes of error, as an exception that carries status and body."""

from typing import Any


class Refusal(Exception):
    """An answer that is not the one wished for. `str()` of it is a sentence for the people's pages."""

    def __init__(self, status: int, body: Any, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.body = body
        self.headers = headers or {}


def message(status: int, sentence: str, *, errinfo: dict[str, Any] | None = None) -> Refusal:
    """The shape of the newer services."""
    return Refusal(status, {"message": sentence, "errinfo": errinfo}, sentence)


def denied(sentence: str = "") -> Refusal:
    # Hub: the same service sends `errinfo` as an object in one answer and as null in the next.
    return message(403, sentence, errinfo={}) if sentence else message(403, "permission denied")


def unauthorized(sentence: str = "unauthorized") -> Refusal:
    return message(401, sentence)


def not_found(sentence: str = "not found") -> Refusal:
    return message(404, sentence)


def detail(status: int, sentence: str, **more: Any) -> Refusal:
    """The shape of the older services."""
    return Refusal(status, {"detail": sentence, **more}, sentence)


def field_lists(status: int, **errors: str) -> Refusal:
    """Field-keyed lists: a sign-in with missing fields, an unknown organization."""
    return Refusal(status, {name: [text] for name, text in errors.items()}, next(iter(errors.values())))


def validation(shape: str, **errors: str) -> Refusal:
    """400 for a field that breaks a rule; `shape` is the switch `bad_name_shape`."""
    if shape == "fields":
        return field_lists(400, **errors)
    count = "1 validation error" if len(errors) == 1 else f"{len(errors)} validation errors"
    body = {"message": f"httperror 400: request had {count}", "errinfo": {"fielderrors": errors}}
    return Refusal(400, body, next(iter(errors.values())))


def bad_ordering() -> Refusal:
    text = "Invalid ordering value"
    return Refusal(400, {"fields": {"ordering": [f"{text}: use a field of the list"]}, "text": text}, text)


def no_such_route(status: int) -> Refusal:
    text = {404: "404: Not Found", 405: "405: Method Not Allowed"}[status]
    return Refusal(status, {"message": text}, text)


def registry_error(status: int, code: str, text: str) -> Refusal:
    """The shape of the registry."""
    return Refusal(status, {"errors": [{"code": code, "message": text, "detail": None}]}, text)
