"""Lists that are not what they say: a row that stands there twice, or one that is left out."""

import json
from typing import Any

from .faults import Faults

LISTS = ("results", "data", "logs")


def with_fault(content: bytes, kind: str, faults: Faults) -> bytes:
    """The answer with one row doubled or missing, its count as before; unchanged where it holds no list of rows."""
    try:
        said = json.loads(content)
    except ValueError:
        return content
    rows = _rows_of(said)
    if not rows:
        return content
    place = faults.choose(len(rows))
    if kind == "doubled row":
        rows.insert(faults.choose(len(rows) + 1), rows[place])
    else:
        del rows[place]
    return json.dumps(said).encode()


def _rows_of(said: Any) -> list[Any]:
    if isinstance(said, dict):
        said = next((said[name] for name in LISTS if name in said), None)
    return said if isinstance(said, list) else []
