"""The invented agreement and small ways to ask it things."""

from pathlib import Path
from typing import Any

from truceline.terms.agreement import Agreement
from truceline.terms.case import Case, Fix, Spot
from truceline.terms.loading import Loaded, load
from truceline.terms.register import Record
from truceline.values.instant import DAY_US, HOUR_US, Span, at, parse_instant
from truceline.values.place import Place

ROOT = Path(__file__).parent.parent.parent
EXERCISE = ROOT / "agreements" / "exercise-velmark-torrin.yaml"
EVER = 2**61


def exercise() -> Agreement:
    """The agreement of Velmark and Torrin."""
    return load(EXERCISE.read_bytes(), EXERCISE.name).agreement


def small(
    clauses: str, *, geometry: str = "", more: str = "", evidence: str = "", of_tor: str = ""
) -> Loaded:
    """An agreement of one article with some clauses, in the flow style of the file."""
    raw = f"""
terms: 1
id: small
title: {{en: "Small", uk: "Мала", ru: "Малое"}}
languages: {{authentic: [en, uk, ru]}}
parties:
  VEL: {{name: {{en: Velmark, uk: Велмарк, ru: Велмарк}}, responsible_for: [VELF]}}
  TOR: {{name: {{en: Torrin, uk: Торрін, ru: Торрин}}, responsible_for: [TORF]{of_tor}}}
bodies: {{CENTRE: centre, JVT: team}}
tz: Atlantic/Azores
{geometry}
{more}
{evidence or "evidence: {breach_at: 0.90, none_at: 0.10}"}
articles:
  - id: a1
    number: "1"
    text: {{en: "As agreed.", uk: "Як узгоджено.", ru: "Как согласовано."}}
    clauses:
{clauses}
"""
    return load(raw.encode(), "small.yaml")


def record(type_: str, when: str, **rest: object) -> Record:
    """A record at an instant; `known`, `from_`, `until` and `as_of` are instants too."""
    at_us = parse_instant(when)
    known = str(rest.pop("known", when))
    spans: dict[str, Any] = {
        f"{name.rstrip('_')}_us": parse_instant(str(rest.pop(name)))
        for name in ("from_", "until", "as_of")
        if name in rest
    }
    own = {"by", "party", "clause", "zone", "id", "inst", "result"}
    kept: dict[str, Any] = {name: rest.pop(name) for name in tuple(rest) if name in own}
    known_us = parse_instant(known)
    return Record(type=type_, at_us=at_us, known_us=known_us, fields=rest, **spans, **kept)


NOON = parse_instant("2026-03-26T12:00:00-01:00")

__all__ = [
    "DAY_US",
    "EVER",
    "EXERCISE",
    "HOUR_US",
    "NOON",
    "ROOT",
    "Case",
    "Fix",
    "Place",
    "Span",
    "Spot",
    "at",
    "exercise",
    "parse_instant",
    "record",
    "small",
]
