"""A document as it stands for a fact: amended, and read as somebody reads it."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from tests.terms.second.clock import Clock, Register, instant
from tests.terms.second.incident import Evaluator, Found

Raw = Any


def amended(doc: Raw, register: Register, when: datetime) -> Raw:
    """Apply what had started by then, in order of start."""
    clock = Clock(doc, register)
    begun = [(clock.reference(a["from"]), a) for a in doc.get("amendments") or []]
    kept = sorted(((t, a) for t, a in begun if t is not None and t <= when), key=lambda x: x[0])
    out = deepcopy(doc)
    for _, amendment in kept:
        changed(out, amendment["target"], amendment.get("value"), amendment["mod"])
    return out


def changed(doc: Raw, target: str, value: Raw, mod: str) -> None:
    """Put a value where a path points; force with no value takes the clause away."""
    held = {c["id"]: c for a in doc.get("articles", []) for c in a.get("clauses", [])}
    articles = {a["id"]: a for a in doc.get("articles", [])}
    if mod in ("force", "efficacy") and value is None:
        for article in doc["articles"]:
            for clause in article.get("clauses", []):
                if target in (clause["id"], article["id"]):
                    clause["until"] = clause["from"] = "1900-01-01T00:00Z"
        return
    name = max(
        (n for n in {**held, **articles} if target == n or target.startswith(n + ".")),
        key=len,
        default="",
    )
    node = held.get(name) or articles.get(name) or doc
    path = (target[len(name) :] if name else target).strip(".").split(".")
    if path == [""]:
        node.update(value)
        return
    for step in path[:-1]:
        node = node.setdefault(step, {}) if isinstance(node, dict) else node[int(step)]
    node[path[-1]] = value


def readings(doc: Raw) -> list[Raw]:
    """The document as each side reads it; beside the text where one alone reads it apart."""
    told = doc.get("readings") or {}
    found = [doc] if len(told) < 2 else []
    for reading in told.values():
        out = deepcopy(doc)
        out.setdefault("anchors", {}).update(reading.get("anchors") or {})
        for target, value in (reading.get("set") or {}).items():
            changed(out, target, value, "scope")
        found.append(out)
    return found


def answers(doc: Raw, case: Raw, seed: int = 1) -> dict[str, list[Found]]:
    """Per key, the answer under every reading."""
    known = instant(case["known"]) if case.get("known") else None
    register = Register.of(case.get("records") or [], known)
    when = instant(case["incident"]["time"]["from"])
    found: dict[str, list[Found]] = {}
    for read in readings(doc):
        version = amended(read, register, when)
        for key, answer in Evaluator(version, case, register, seed).answers().items():
            found.setdefault(key, []).append(answer)
    return found


def verdict(found: list[Found]) -> str:
    """One verdict where all agree; else contested."""
    return found[0].verdict if len({f.verdict for f in found}) == 1 else "contested"
