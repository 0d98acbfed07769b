"""Quotations: every pair of marks in the body, in all styles, also where the marks are faulty.

Each paragraph (a line of the body) is scanned alone. An opening mark without a closing one runs to
the end of its paragraph, or to the words that say who speaks; where the next paragraph opens
again, both are parts of one quotation (`group`). A dash that begins a Ukrainian or Russian
paragraph is direct speech. Nothing is ever produced that is not between marks in the file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from truceline.talks.reading.document import Span
from truceline.talks.reading.words.places import MEDIA

_OPENERS = {
    "“": '”“"',
    "„": '“”"‟',
    "«": "»",
    "‘": "’'",
    "‹": "›",
    "‚": "‘’",
    "❝": "❞",
    "「": "」",
    "‟": "”",
}
_EITHER = {'"', "'", "”", "’", "＂"}
_DOUBLE = {"“", "„", "«", '"', "”", "「", "❝", "‟", "＂"}
_ENDS = ".!?…"
_HEADLINE_CHARS = 170
_SAID_AFTER = re.compile(
    r"[,.!?…]\s+(?:(?:he|she|they|(?:the\s)?(?:[A-Z][\w'’-]+\s){1,4}|(?:the\s)(?:\w+\s){1,3})\s?"
    r"(?:said|says|added|told|wrote|noted|stressed|continued|explained)\b|(?:said|added)\s[A-Zth])"
)
_DASH_SPEECH = re.compile(r"[—–-]\s+(?=[А-ЯІЇЄҐЁ«„“\"])")
_DASH_CLOSES = re.compile(r"[,.!?…]+\s+[—–-]\s+(?=[а-яіїєґё])")
_DASH_REOPENS = re.compile(r"[.,]\s+[—–-]\s+(?=[А-ЯІЇЄҐЁа-яіїєґё])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation with its marks.

    kind: full (a sentence or more), partial (some words of one), term (a name or a word or two),
        headline, nested (inside another).
    group: the number of the first part, where one quotation is broken by paragraphs.
    """

    span: Span
    kind: str
    group: int | None = None
    closed: bool = True
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    at: int


def quotes(text: str, paragraphs: Sequence[Span], headlines: frozenset[Span]) -> tuple[Quote, ...]:
    """Every quotation of the body, in order; the nested after the one that holds it."""
    found: list[Quote] = []
    going_on: int | None = None
    for paragraph in paragraphs:
        mine = list(_in_paragraph(text, paragraph))
        if paragraph in headlines:
            mine = [replace(one, kind="headline") if one.kind != "nested" else one for one in mine]
        if going_on is not None and mine and _reopens(text, paragraph, mine[0]):
            found[going_on] = replace(found[going_on], group=_group(found, going_on))
            mine[0] = replace(mine[0], group=found[going_on].group)
        start = len(found)
        found.extend(mine)
        outer = [at for at in range(start, len(found)) if found[at].kind != "nested"]
        going_on = outer[-1] if outer and not found[outer[-1]].closed else None
    return tuple(found)


def _group(found: Sequence[Quote], at: int) -> int:
    group = found[at].group
    return at if group is None else group


def _reopens(text: str, paragraph: Span, first: Quote) -> bool:
    return not text[paragraph.start : first.span.start].strip() and not first.dashed


def _in_paragraph(text: str, paragraph: Span) -> Iterator[Quote]:
    piece = paragraph.of(text)
    pairs = sorted(
        (pair for pair in _pairs(piece) if not _only_name(piece, pair)),
        key=lambda pair: (pair[0], -pair[1]),
    )
    if not pairs or pairs[0][0] > 2:
        pairs = sorted([*_dashes(piece), *pairs], key=lambda pair: (pair[0], -pair[1]))
    held_to = 0
    for start, end, closed, dashed in pairs:
        span = Span(paragraph.start + start, paragraph.start + end)
        nested = start < held_to
        if not nested:
            held_to = end
        kind = "nested" if nested else _kind(piece[start:end], dashed=dashed)
        yield Quote(span=span, kind=kind, closed=closed, dashed=dashed)


_Pair = tuple[int, int, bool, bool]
_NAMED_SO = re.compile(
    r"(?:\b(?:рух\w*|движени\w*|парті\w*|парти\w*|фракці\w*|фракци\w*|газет\w*|канал\w*|телеканал\w*|"
    r"видан\w*|издани\w*|агентств\w*|компані\w*|компани\w*|корпораци\w*|корпораці\w*|угрупован\w*|"
    r"группировк\w*|організаці\w*|организаци\w*|батальйон\w*|батальон\w*|бригад\w*|операці\w*|операци\w*|"
    r"проєкт\w*|проект\w*|форум\w*|готел\w*|отел\w*|для|movement|party|newspaper|channel|magazine|"
    r"operation|called|named|nicknamed|known as|alias)\s*)$",
    re.IGNORECASE,
)
_NAME_WORDS = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’'-]*(?:\s+[A-ZА-ЯІЇЄҐ][\w’'-]*){1,3},?")


def _only_name(piece: str, pair: _Pair) -> bool:
    """Marks round a name are no quotation: «Слуга народу», “Pablo Beltran”, known as "Hemeti"."""
    start, end, closed, dashed = pair
    inner = piece[start + 1 : end - 1].strip()
    if not closed or dashed or not inner[:1].isupper() or len(inner.split()) > 4:
        return False
    if inner[-1:] in _ENDS:
        return False
    if _NAMED_SO.search(piece[max(0, start - 24) : start]) or inner.lower() in MEDIA:
        return True
    whole_line = start == 0 or (len(piece) <= _HEADLINE_CHARS and not piece.endswith("."))
    return bool(_NAME_WORDS.fullmatch(inner)) and not whole_line


def _kind(quoted: str, *, dashed: bool) -> str:
    inner = quoted.strip("“”„«»‘’\"' \u00a0")
    words = inner.split()
    ended = inner[-1:] in _ENDS or inner[-1:] == ","
    begins = inner[:1].isupper() or not inner[:1].isalpha()
    if dashed or (len(words) > 3 and begins and (ended or len(words) > 8)) or (ended and begins):
        return "full"
    return "term" if len(words) <= 3 and not ended else "partial"


def _pairs(piece: str) -> Iterator[_Pair]:
    """(start, end, closed, dashed) of every quotation by marks, outer and nested."""
    stack: list[_Open] = []
    for at, mark in enumerate(piece):
        if mark not in _OPENERS and mark not in _EITHER and mark not in "»›❞」":
            continue
        if _apostrophe(piece, at):
            continue
        closes = _closed_by(stack, piece, at)
        if closes is not None:
            yield stack[closes].at, at + 1, True, False
            del stack[closes:]
        elif _can_open(piece, at):
            stack.append(_Open(mark, at))
    yield from _unclosed(piece, stack)


def _unclosed(piece: str, stack: Sequence[_Open]) -> Iterator[_Pair]:
    for opened in stack:
        if opened.mark not in _DOUBLE and not _begins_speech(piece, opened):
            continue
        said = _SAID_AFTER.search(piece, opened.at)
        end = said.start() + 1 if said else len(piece)
        if end - opened.at > 2:
            yield opened.at, end, bool(said), False
        return


def _begins_speech(piece: str, opened: _Open) -> bool:
    """A typographic single mark that begins a paragraph or follows a comma or a colon."""
    before = piece[: opened.at].rstrip()[-1:]
    return opened.mark == "‘" and before in {"", ",", ":", "."} and piece[opened.at + 1].isupper()


def _closed_by(stack: Sequence[_Open], piece: str, at: int) -> int | None:
    """The place on the stack of the opening mark that this one closes, or None."""
    mark = piece[at]
    for place in range(len(stack) - 1, -1, -1):
        opened = stack[place]
        if at - opened.at < 2:
            return None
        if mark in _OPENERS.get(opened.mark, opened.mark) and _may_close(piece, at, opened):
            return place
        if (
            opened.mark in _EITHER
            and mark in _closers(opened.mark)
            and _may_close(piece, at, opened)
        ):
            return place
        if opened.mark in _DOUBLE and mark not in {"'", "’"} and opened.mark != "«":
            return None
    return None


def _closers(mark: str) -> str:
    return {'"': '"”', "'": "'’", "”": '”"', "’": "’'", "＂": "＂"}[mark]


def _may_close(piece: str, at: int, opened: _Open) -> bool:
    mark = piece[at]
    if mark in "»›❞」":
        return True
    before, after = piece[at - 1], piece[at + 1 : at + 2]
    if before.isspace() and not (after == "" or after.isspace() or after in ".,;"):
        return False
    if mark == "“" and opened.mark == "“":  # an opening mark set where a closing one belongs
        return not before.isspace() and (not after or after.isspace() or after in ",.;:)—–")
    if opened.mark in "‘'’":
        return not _possessive(piece, at)
    return not (after.isalnum() and before.isspace())


def _possessive(piece: str, at: int) -> bool:
    """Whether it is the mark of “the parties’ aims”, with a closing mark still to come."""
    before, after = piece[at - 1 : at], piece[at + 1 : at + 3]
    if before not in {"s", "z", "x"} or not (after[:1] == " " and after[1:2].islower()):
        return False
    return bool(re.search(r"[,.!?][’']|\w[’'](?=[\s,.;:)—–]|$)", piece[at + 2 : at + 2000]))


def _can_open(piece: str, at: int) -> bool:
    mark, after = piece[at], piece[at + 1 : at + 2]
    if mark in "»›❞」" or not after or (after.isspace() and mark not in "«„"):
        return False
    before = piece[at - 1 : at]
    if mark in {"«", "„", "「", "❝"}:
        return True
    fresh = before == "" or before.isspace() or before in "([{—–-/“„«‘\"'’…:>"
    if mark in {"“", "‟"}:
        return fresh or before.isalpha() or before in ",."
    if mark in {"‘", "'", "’", "‚"}:
        return (
            fresh
            and (after.isalpha() or after.isdigit() or after in '“"[…')
            and _has_close(piece, at)
        )
    return fresh and after not in "“„«"


def _has_close(piece: str, at: int) -> bool:
    """Single marks open only where something closes them in the same paragraph."""
    if re.match(r"\d0s\b|(?:em|til|tis|cause|bout|n)\b", piece[at + 1 : at + 7]):
        return False
    return bool(re.search(r"[\w.,!?…%)][’'](?!\w)", piece[at + 2 : at + 2000]))


def _apostrophe(piece: str, at: int) -> bool:
    """Between two letters a mark is part of the word."""
    before, after = piece[at - 1 : at], piece[at + 1 : at + 2]
    if piece[at] in {"'", "’", "‘"} and before.isalnum() and after.isalnum():
        return True
    return (
        piece[at] == '"'
        and before.isdigit()
        and not after.strip(".,; ")
        and piece[:at].count('"') % 2 == 0
    )


def _dashes(piece: str) -> Iterator[_Pair]:
    """Direct speech after a dash at the beginning: up to the dash that brings its speaker."""
    if not (opened := _DASH_SPEECH.match(piece)):
        return
    closes = _DASH_CLOSES.search(piece, opened.end())
    if closes is None:
        if not opened.group().startswith("-"):  # a hyphen without a second dash begins a list
            yield opened.end(), len(piece), True, True
        return
    yield opened.end(), _bare_end(piece, closes), True, True
    again = _DASH_REOPENS.search(piece, closes.end())
    if again is not None and again.end() < len(piece):
        yield again.end(), len(piece), True, True


def _bare_end(piece: str, closes: re.Match[str]) -> int:
    return closes.start() if piece[closes.start()] == "," else closes.start() + 1
