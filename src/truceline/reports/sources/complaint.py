"""A complaint, or an answer to one, as lines of `key: value` in any of three languages.

Format: docs/formats/sources/complaint.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from truceline.reports.decoding import Lines, NotText, lines_of
from truceline.reports.fields import (
    BadField,
    Cells,
    accused_of,
    act_of,
    choice_of,
    code_of,
    count_of,
    language_of,
    must,
)
from truceline.reports.report import Receipt, Report, Said, Unreadable
from truceline.reports.statement import basis_of, when, where
from truceline.reports.times import instant_of
from truceline.values.acts import UNKNOWN
from truceline.values.errors import BadValue
from truceline.values.signatures import Stance
from truceline.values.unknown import NOT_GIVEN

PAGE = "docs/formats/sources/complaint.md"
_NUMBER = re.compile(r"C-[0-9]{4,9}|[0-9]{1,12}#[0-9]{1,9}")
MAX_BLOCK_BYTES = 64 * 1024
_KEYS = {
    "from": ("від", "от"),
    "ref": ("номер",),
    "stance": ("позиція", "позиция"),
    "about": ("щодо", "касательно"),
    "date": ("дата",),
    "time": ("час", "время"),
    "until": ("до",),
    "zone": ("пояс",),
    "position": ("координати", "координаты"),
    "place": ("місце", "место"),
    "datum": ("датум",),
    "error_m": ("похибка_м", "погрешность_м"),
    "act": ("дія", "действие"),
    "weapon": ("зброя", "оружие"),
    "count": ("кількість", "количество"),
    "accused": ("сторона",),
    "basis": ("підстава", "основание"),
    "said": ("складено", "составлено"),
    "text": ("текст",),
    "language": ("мова", "язык"),
    "origin": ("джерело", "источник"),
}
_KEY_OF = {spelling: key for key, others in _KEYS.items() for spelling in (key, *others)}
_STANCES = {
    "": Stance.ASSERTS,
    "asserts": Stance.ASSERTS,
    "стверджує": Stance.ASSERTS,
    "утверждает": Stance.ASSERTS,
    "denies": Stance.DENIES,
    "заперечує": Stance.DENIES,
    "отрицает": Stance.DENIES,
    "not_perceived": Stance.NOT_PERCEIVED,
    "не спостерігали": Stance.NOT_PERCEIVED,
    "не наблюдали": Stance.NOT_PERCEIVED,
}

_NEEDED = {
    Stance.ASSERTS: ("date", "act"),
    Stance.DENIES: ("about", "text"),
    Stance.NOT_PERCEIVED: (),
}


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:
    """Yield one statement per block, in order; a block that cannot be read says why."""
    try:
        lines = lines_of(raw)
    except NotText as problem:
        yield Unreadable(row=0, line=1, raw=raw, reason=str(problem))
        return
    number = 0
    for block in _blocks(lines):
        number += 1
        bytes_as_given = lines.without_ending(b"".join(block.raws))
        try:
            body = _said(_cells(block, lines.encoding), receipt)
        except (BadField, BadValue) as problem:
            yield Unreadable(row=number, line=block.line, raw=bytes_as_given, reason=str(problem))
        else:
            yield Report(row=number, line=block.line, raw=bytes_as_given, body=body)
    if number == 0:
        reason = f"the file holds no complaint; write lines of key: value as {PAGE} says"
        yield Unreadable(row=0, line=1, raw=raw, reason=reason)


@dataclass(slots=True)
class _Block:
    """The lines of one complaint while they are collected."""

    line: int
    raws: list[bytes] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)

    def says_anything(self) -> bool:
        return any(text is None or text.strip() for text in self.texts)


def _blocks(lines: Lines) -> Iterator[_Block]:
    block = _Block(line=1)
    for number, (raw, text) in enumerate(zip(lines.raws, lines.texts, strict=True), start=1):
        if text is not None and len(text.rstrip()) >= 3 and not text.rstrip().strip("-"):
            if block.says_anything():
                yield block
            block = _Block(line=number + 1)
        elif block.raws or text is None or text.strip():
            block.raws.append(raw)
            block.texts.append(text)
        else:
            block.line = number + 1  # blank lines above a complaint are no part of it
    if block.says_anything():
        yield block


def _cells(block: _Block, encoding: str) -> Cells:
    if (size := sum(map(len, block.raws))) > MAX_BLOCK_BYTES:
        raise BadField(f"the complaint is {size} bytes long, the limit is {MAX_BLOCK_BYTES}")
    found: dict[str, str] = {}
    key = ""
    for offset, text in enumerate(block.texts):
        line = block.line + offset
        if text is None:
            raise BadField(f"line {line}: these bytes are not {encoding}; save the file as UTF-8")
        if "\0" in text:
            raise BadField(f"line {line} holds a NUL byte; save the file again")
        if text.startswith("#") or not text.strip():
            continue
        if text[0] in " \t" and key:
            found[key] = f"{found[key]}\n{text.strip()}"
            continue
        key, value = _key_and_value(text, line)
        if key in found:
            raise BadField(f"line {line}: {key} is given twice; give it once")
        found[key] = value
    return Cells({name: place for place, name in enumerate(found)}, tuple(found.values()))


def _key_and_value(text: str, line: int) -> tuple[str, str]:
    spelt, colon, value = text.partition(":")
    key = _KEY_OF.get(" ".join(spelt.casefold().split()))
    if not colon or key is None:
        raise BadField(f"line {line}: {spelt.strip()!r:.80} is no key of a complaint; see {PAGE}")
    return key, value.strip()


def _said(row: Cells, receipt: Receipt) -> Said:
    stance = choice_of(row["stance"], "stance", _STANCES)
    for key in _NEEDED[stance]:
        must(row, key)
    if row["about"] and not _NUMBER.fullmatch(row["about"]):
        raise BadField(f"about {row['about']!r} is no number; write C-0001, or 17#3 for a claim")
    act, type_given = act_of(row["act"]) if row["act"] else (UNKNOWN, "")
    voice = code_of(row["from"], "from") if row["from"] else receipt.owner
    return Said(
        speaker=receipt.owner,
        chain=(receipt.owner,) if voice == receipt.owner else (receipt.owner, voice),
        ref=row["ref"],
        basis=basis_of(row["basis"]),
        stance=stance,
        span=when(row, receipt) if row["date"] else NOT_GIVEN,
        said_us=_said_us(row, receipt),
        place=where(row),
        act=act,
        type_given=type_given,
        count=count_of(row["count"]),
        weapon=row["weapon"],
        accused=accused_of(row["accused"]),
        wording=row["text"],
        language=language_of(row["language"], receipt.language),
        origin=row["origin"],
        about=row["about"],
    )


def _said_us(row: Cells, receipt: Receipt) -> int | None:
    if not row["said"]:
        return None
    return instant_of(row["said"], stated_zone=row["zone"], file_zone=receipt.zone)
