"""Invented articles are written with their answers inside; this takes the answers out.

A line begins with its class and a bar: `B| ` body, `A| ` aux, `X| ` boilerplate; a line without
one is blank or kept as it is. Inside, `{tag arguments|words}` may hold further tags:

| tag | words are | arguments |
|---|---|---|
| `m PERSON [LABEL]` | a person's name | LABEL: as the speaker's mention of quotations with it |
| `a LABEL` | what a quotation is attributed to, where it is no name | |
| `q KIND REF LABEL [GROUP]` | a quotation, marks included | REF or LABEL `-` for none; KIND `nested` is not scored |
| `d VALUE [CLASH]` | a day | |
| `r PERSON [head]` | a title as given | |
| `x DIFFERENCE VARIANT` | evidence of one variant of a difference between articles | |
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.talks.quality.key import (
    NESTED,
    Day,
    Difference,
    Evidence,
    Key,
    Line,
    Mention,
    Place,
    Quote,
    Role,
    Speaker,
)

_TOKEN = re.compile(r"\{([a-z])((?: [^ |{}]+)*)\||\}")
_CLASS = re.compile(r"([BAX])\| ")
_CLASSES = {"B": "body", "A": "aux", "X": "boilerplate"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with the place of its words in the text without tags."""

    name: str
    arguments: tuple[str, ...]
    start: int
    end: int

    def argument(self, at: int) -> str | None:
        """The argument there, None where it is left out or a dash."""
        given = self.arguments[at] if at < len(self.arguments) else "-"
        return None if given == "-" else given


@dataclass(slots=True)
class Stripped:
    """The article as published, its lines, and the tags that were inside."""

    text: str = ""
    lines: list[Line] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Article:
    """An invented article, its key, and what it says on the points where accounts differ."""

    name: str
    text: str
    key: Key
    evidence: tuple[tuple[str, str, Evidence], ...]


def strip(marked: str) -> Stripped:
    """Take the marks out; a mark that does not close is refused with its line."""
    out = Stripped()
    for number, line in enumerate(marked.split("\n"), start=1):
        start = len(out.text)
        given = _CLASS.match(line)
        _strip_line(out, line[given.end() :] if given else line, number)
        if given:
            kind = _CLASSES[given.group(1)]
            out.lines.append(Line(start=start, end=len(out.text), kind=kind))
        out.text += "\n"
    out.text = out.text.removesuffix("\n")
    out.tags.sort(key=lambda tag: (tag.start, -tag.end))
    return out


def _strip_line(out: Stripped, line: str, number: int) -> None:
    opened: list[tuple[str, tuple[str, ...], int]] = []
    at = 0
    for token in _TOKEN.finditer(line):
        out.text += line[at : token.start()]
        at = token.end()
        if token.group(1):
            opened.append((token.group(1), tuple(token.group(2).split()), len(out.text)))
        else:
            if not opened:
                raise ValueError(f"line {number}: a mark closes that was never opened")
            name, arguments, start = opened.pop()
            out.tags.append(Tag(name, arguments, start, len(out.text)))
    if opened:
        raise ValueError(f"line {number}: a mark {opened[-1][0]!r} does not close")
    out.text += line[at:]


def article(name: str, marked: str) -> Article:
    """The article and its key, made from the marks."""
    stripped = strip(marked)
    raw = stripped.text.encode()
    key = Key(
        format="truceline-key/1",
        file=name,
        sha256=hashlib.sha256(raw).hexdigest(),
        chars=len(stripped.text),
        lines=tuple(stripped.lines),
        quotes=tuple(_quotes(stripped)),
        mentions=tuple(
            Mention(start=tag.start, end=tag.end, person=f"p:{tag.arguments[0]}")
            for tag in _named(stripped, "m")
        ),
        dates=tuple(
            Day(start=tag.start, end=tag.end, value=tag.arguments[0], clash=tag.argument(1))
            for tag in _named(stripped, "d")
        ),
        roles=tuple(
            Role(start=tag.start, end=tag.end, person=f"p:{tag.arguments[0]}",
                 head=tag.argument(1) == "head" or None)
            for tag in _named(stripped, "r")
        ),
    )  # fmt: skip
    evidence = tuple(
        (tag.arguments[0], tag.arguments[1], Evidence(start=tag.start, end=tag.end, file=name))
        for tag in _named(stripped, "x")
    )
    return Article(name=name, text=stripped.text, key=key, evidence=evidence)


def _named(stripped: Stripped, name: str) -> Iterator[Tag]:
    return (tag for tag in stripped.tags if tag.name == name)


def _quotes(stripped: Stripped) -> Iterator[Quote]:
    labelled = {tag.arguments[0]: tag for tag in _named(stripped, "a")}
    labelled |= {tag.arguments[1]: tag for tag in _named(stripped, "m") if len(tag.arguments) > 1}
    for tag in _named(stripped, "q"):
        kind, ref, label = tag.arguments[0], tag.argument(1), tag.argument(2)
        said_by = labelled[label] if label else None
        yield Quote(
            start=tag.start, end=tag.end, kind=kind, group=tag.argument(3), scored=kind != NESTED,
            speaker=Speaker(
                ref=ref, mention=Place(start=said_by.start, end=said_by.end) if said_by else None
            ),
        )  # fmt: skip


def load_articles(folder: Path) -> tuple[Article, ...]:
    """The invented articles of a folder, in the order of their file names."""
    return tuple(
        article(path.name.removesuffix(".marked") + ".txt", path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.marked"))
    )


def differences(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """The points on which these articles differ; an id is kind/name."""
    points: dict[str, dict[str, list[Evidence]]] = {}
    for one in articles:
        for point, variant, evidence in one.evidence:
            points.setdefault(point, {}).setdefault(variant, []).append(evidence)
    return tuple(_difference(point, variants) for point, variants in points.items())


def _difference(point: str, variants: Mapping[str, Sequence[Evidence]]) -> Difference:
    return Difference(
        id=point,
        kind=point.split("/", maxsplit=1)[0],
        variants=tuple(tuple(each) for each in variants.values()),
    )
