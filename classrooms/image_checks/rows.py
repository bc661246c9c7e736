"""A checked image as it is kept, and back. Pure."""

from __future__ import annotations

from datetime import date
from typing import Any

from classrooms.image_checks.findings import SENTENCES, Finding, Verdict
from classrooms.image_checks.verdicts import CheckedImage, SeenImage

Row = dict[str, Any]


def as_row(checked: CheckedImage, seen: SeenImage, frozen: str) -> Row:
    """JSON: the reference as written, the verdict, the findings, and what was seen."""
    return {
        "reference": checked.reference.familiar,
        "frozen": frozen,
        "verdict": checked.verdict.value,
        "findings": [{"code": one.code, "facts": _written(dict(one.facts))} for one in checked.findings],
        "bytes": seen.compressed_bytes,
        "platforms": list(seen.platforms),
        "renewed_on": seen.renewed_at.date().isoformat() if seen.renewed_at else None,
        "digest": seen.digest,
    }


def findings_of(row: Row) -> tuple[Finding, ...]:
    """The findings of a kept row. Those that this version does not know are left out."""
    known = [one for one in row["findings"] if one["code"] in SENTENCES]
    return tuple(Finding(one["code"], tuple(_read(one["facts"]).items())) for one in known)


def verdict_of(row: Row) -> Verdict:
    return Verdict(row["verdict"])


def _written(facts: dict[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}


def _read(facts: dict[str, Any]) -> dict[str, object]:
    return {name: date.fromisoformat(value) if name == "date" else value for name, value in facts.items()}
