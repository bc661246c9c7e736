"""A compose file's text as plain values: bounded, and never as anything but text, numbers, lists and maps."""

from typing import Any

import yaml

from classrooms.compose_files.troubles import ComposeRefused, ComposeTrouble

MOST_BYTES = 64 * 1024
# A generous compose file of twelve services has about a thousand values; aliases may not multiply beyond this.
MOST_VALUES = 5_000
MOST_DEPTH = 12


def read_values(text: str) -> dict[str, Any]:
    """The top level of the file. Raises ComposeRefused."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise ComposeRefused(ComposeTrouble("too_long"))
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        _refuse_swollen(node, [MOST_VALUES], MOST_DEPTH)
        values = yaml.load(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise ComposeRefused(ComposeTrouble("not_yaml", line=mark.line + 1 if mark else 1)) from problem
    except (RecursionError, ValueError) as problem:
        if isinstance(problem, ComposeRefused):
            raise
        raise ComposeRefused(ComposeTrouble("not_yaml", line=1)) from problem
    if not isinstance(values, dict) or not isinstance(values.get("services"), dict) or not values["services"]:
        raise ComposeRefused(ComposeTrouble("no_services"))
    return values


def _refuse_swollen(node: yaml.Node | None, left: list[int], depth: int) -> None:
    """Walk as if every alias were written out: what grows without end is refused before it is built."""
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        raise ComposeRefused(ComposeTrouble("swollen"))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_swollen(child, left, depth - 1)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _refuse_swollen(key, left, depth - 1)
            _refuse_swollen(value, left, depth - 1)
