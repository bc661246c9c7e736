"""Cells of a CSV that a spreadsheet must not run as a formula, on the way out and back in.

Source: OWASP, "CSV Injection". Full-width signs are formulas too in some languages of Excel.
"""

import re

_WOULD_RUN = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_WAS_NEUTRALIZED = re.compile(r"'" + _WOULD_RUN.pattern)


def neutralize(cell: str) -> str:
    """The cell as text: an apostrophe before what a spreadsheet would run. `restore` gives the cell back."""
    return f"'{cell}" if _WOULD_RUN.match(cell) else cell


def restore(cell: str) -> str:
    """The cell as it was before `neutralize`."""
    return cell[1:] if _WAS_NEUTRALIZED.match(cell) else cell
