"""A student's `.env` put into the compose file that it belongs to, so that one text says all. Pure.

What `.env` does not say stays as it is, and is refused afterwards like any value that the computer would have to know.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from classrooms.compose_files.troubles import ComposeRefused, ComposeTrouble
from classrooms.compose_files.yaml_text import read_values

MOST_LINES = 200
_LINE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)")
# ${NAME}, ${NAME:-other}, ${NAME-other}, ${NAME:?why}, ${NAME?why}, $NAME; two dollars are one.
_VALUE = re.compile(
    r"\$(?:(?P<two>\$)|\{(?P<braced>[A-Za-z_]\w*)(?:(?P<how>:?[-?])(?P<other>[^}]*))?\}|(?P<bare>[A-Za-z_]\w*))"
)


def read_env(text: str) -> dict[str, str]:
    """NAME → value of each line. Raises ComposeRefused with the first line that is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or number > MOST_LINES:
            raise ComposeRefused(ComposeTrouble("env_line", line=number))
        found[match[1]] = _unquoted(match[2])
    return found


def fill_in(text: str, env: dict[str, str]) -> str:
    """The compose file with the values of `.env` in their places. Raises ComposeRefused where it is no compose file."""
    values = read_values(text)
    for service in values["services"].values():
        if isinstance(service, dict) and _is_env(service.get("env_file")):
            del service["env_file"]
            own = {name: value.replace("$", "$$") for name, value in env.items()}
            service["environment"] = own | _pairs(service.get("environment"))
    return yaml.safe_dump(_filled(values, env), sort_keys=False, allow_unicode=True, width=1000)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return re.split(r"\s+#", value, maxsplit=1)[0].rstrip()


def _is_env(value: Any) -> bool:
    """Whether `.env` is all that `env_file` names: what is in another file nobody has handed in."""
    one = value[0] if isinstance(value, list) and len(value) == 1 else value
    one = one.get("path") if isinstance(one, dict) else one
    return one in (".env", "./.env")


def _pairs(environment: Any) -> dict[str, Any]:
    """`environment` as names and values, however it is written."""
    if isinstance(environment, dict):
        return environment
    lines = environment if isinstance(environment, list) else []
    return dict(str(line).partition("=")[::2] for line in lines)


def _filled(value: Any, env: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _VALUE.sub(lambda match: _one(match, env), value)
    if isinstance(value, dict):
        return {key: _filled(inside, env) for key, inside in value.items()}
    return [_filled(inside, env) for inside in value] if isinstance(value, list) else value


def _one(match: re.Match[str], env: dict[str, str]) -> str:
    name = match["braced"] or match["bare"]
    if match["two"] or (name not in env and "-" not in (match["how"] or "")):
        return match[0]
    said = env.get(name, "")
    is_missing = not said if (match["how"] or "").startswith(":") else name not in env
    filled = (match["other"] or "") if is_missing else said
    return filled.replace("$", "$$")
