"""What a source yielded, as JSON a person can read beside its input."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum

from truceline.reports.report import Receipt, Report, Unreadable

NIGHT = 1_774_260_000_000_000  # 2026-03-23 10:00 UTC


def receipt(
    source: str = "party-list", owner: str = "VEL", zone: str = "Atlantic/Azores"
) -> Receipt:
    """Who hands files in, in these tests."""
    return Receipt(source=source, name="given", owner=owner, received_us=NIGHT, zone=zone)


def rendered(rows: Iterable[Report | Unreadable]) -> str:
    """All rows, one JSON object each, with what is at its default left out."""
    lines = [json.dumps(plain(row), ensure_ascii=False, indent=1) for row in rows]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def plain(value: object) -> object:
    """A value as JSON; a dataclass by the fields that say something."""
    if is_dataclass(value) and not isinstance(value, type):
        given = {"is": type(value).__name__}
        told = {
            field.name: getattr(value, field.name)
            for field in fields(value)
            if differs(value, field)
        }
        return given | {name: plain(inner) for name, inner in told.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value


def differs(value: object, field: object) -> bool:
    """Say whether a field holds something other than its default."""
    return bool(getattr(value, field.name) != field.default)  # type: ignore[attr-defined]
