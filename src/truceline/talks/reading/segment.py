"""Every line of a document: the article's body, what stands about it, or the page's furniture.

1. Each line is judged alone by its words (`words.furniture`), its length and how it ends.
2. A line that says “more stories”, “leave a reply” or the like ends the article, unless most of
   what follows is prose again; “read more” alone hides the block under it.
3. Captions are known by credits, by being repeated, or by telling a picture's date and place.
4. The body runs from the headline to the last line of prose before the end.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from truceline.talks.reading.document import Span
from truceline.talks.reading.words import furniture

BODY, AUX, BOILERPLATE = "body", "aux", "boilerplate"
_TERMINAL = re.compile(
    r"""[.!?…:;][”"»’')\]]*$|[”"»]$|[.!?…]["”»]?\s+(?:[-–—/(]+)\s?[A-ZА-ЯІЇЄ][\w/., ]{2,30}\)?/?$"""
)
_PICTURED = re.compile(
    r"\b(?:speaks?|greets?|shakes? hands|poses?|arrives?|attends?|walks?|looks? on|gestures?|"
    r"holds?|"
    r"delivers?|meets?|listens?|sits?|concluded|seen|pictured)\b"
)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\((?:L|R|C|left|right|center)\)")
_LONG = 60
_CAPTION_CHARS = 700
_PROSE = 110


@dataclass(frozen=True, slots=True)
class Segment:
    """One line (or lines broken at a width), without the white space round it, and what it is."""

    span: Span
    kind: str


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_blank: bool
    before_blank: bool
    kind: str = ""

    @property
    def prose(self) -> bool:
        """Whether it reads as a sentence of an article, by length and how it ends."""
        return len(self.text) >= _LONG and bool(_TERMINAL.search(self.text))

    @property
    def sentence(self) -> bool:
        """Whether it is a sentence, however short."""
        return bool(_TERMINAL.search(self.text)) and len(self.text.split()) > 4


def segments(text: str) -> tuple[Segment, ...]:
    """Class every line that is not blank."""
    lines = _unwrapped(text, list(_lines(text)))
    for step in (_alone, _teasers, _ended, _captions, _edges):
        step(lines)
    return tuple(Segment(Span(line.start, line.end), line.kind or BODY) for line in lines)


def _lines(text: str) -> Iterator[_Line]:
    """Lines that hold something, without the white space round it."""
    blank, held, at = True, None, 0
    for raw in re.split(r"(?<=[\n\r\x0b\x0c\u2028\u2029\x85])", text):
        bare = raw.strip()
        if not bare:
            if raw and held is not None:
                held.before_blank = True
            blank, at = True, at + len(raw)
            continue
        if held is not None:
            yield held
        start = at + len(raw) - len(raw.lstrip())
        held = _Line(start, start + len(bare), bare, blank, before_blank=False)
        blank, at = False, at + len(raw)
    if held is not None:
        held.before_blank = True
        yield held


_WRAPPED_CHARS = 40
_SOME = 4


def _unwrapped(text: str, lines: Sequence[_Line]) -> list[_Line]:
    """Lines broken at a fixed width put together again; elsewhere only where a word goes on."""
    pairs = [(one, two) for one, two in pairwise(lines) if _broken(one) and not two.after_blank]
    going_on = [(one, two) for one, two in pairs if two.text[:1].islower()]
    wrapped = len(going_on) >= _SOME and 3 * len(going_on) > len(pairs)
    out: list[_Line] = []
    for line in lines:
        last = out[-1] if out else None
        joins = last is not None and not line.after_blank and _broken(last)
        if last is not None and joins and (wrapped or line.text[:1].islower()):
            last.end, last.text = line.end, text[last.start : line.end]
            last.before_blank = line.before_blank
        else:
            out.append(line)
    return out


def _broken(line: _Line) -> bool:
    """A line of some length that ends in the middle of a sentence."""
    return len(line.text) >= _WRAPPED_CHARS and not _TERMINAL.search(line.text)


def _alone(lines: Sequence[_Line]) -> None:
    """Step 1: what a line says of itself."""
    for line in lines:
        short = line.text[:300]
        if len(line.text) > 300:
            continue
        if (
            furniture.CHROME.fullmatch(short)
            or furniture.TEASER.fullmatch(short)
            or furniture.AGO.fullmatch(short)
        ):
            line.kind = BOILERPLATE
        elif furniture.BIO.match(short) or (furniture.AUX.fullmatch(short) and _one(line)):
            line.kind = AUX


def _one(line: _Line) -> bool:
    """A line about the article is one sentence at most."""
    return not (line.prose and _sentences(line.text) > 1)


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s+[A-ZА-ЯІЇЄҐ“«\"])", text)) + 1


def _teasers(lines: Sequence[_Line]) -> None:
    """Step 2a: “read more” alone in the middle hides the block that follows it."""
    for at, line in enumerate(lines):
        if not furniture.TEASER_ALONE.fullmatch(line.text):
            continue
        line.kind = BOILERPLATE
        if _prose_after(lines, at) < 2:
            continue
        for following in lines[at + 1 : at + 6]:
            if following.prose and len(following.text) > 2 * _PROSE:
                break
            following.kind = following.kind or BOILERPLATE
            if following.before_blank and not _TERMINAL.search(following.text):
                break
            if following.before_blank and following.prose:
                break


def _prose_after(lines: Sequence[_Line], at: int) -> int:
    return sum(1 for line in lines[at + 1 :] if not line.kind and line.prose)


def _ended(lines: Sequence[_Line]) -> None:
    """Step 2b: where the article ends. A box in its middle is passed over, prose resuming."""
    for at, line in enumerate(lines):
        if len(line.text) > 120 or not furniture.END.fullmatch(line.text):
            continue
        line.kind = BOILERPLATE
        if not any(each.prose for each in lines[:at] if not each.kind):
            continue
        if _resumes(lines, at):
            _pass_over(lines, at)
            continue
        for following in lines[at + 1 :]:
            if following.kind != AUX or furniture.AGO.search(following.text):
                following.kind = BOILERPLATE
        return


def _resumes(lines: Sequence[_Line], at: int) -> bool:
    """Whether most of what follows, up to the next such mark, reads as the article does."""
    following: list[_Line] = []
    for line in lines[at + 1 :]:
        if len(line.text) <= 120 and furniture.END.fullmatch(line.text):
            break
        if not line.kind:
            following.append(line)
    prose = sum(1 for line in following if line.prose or line.sentence)
    listed = sum(1 for line in lines[at + 1 : at + 30] if furniture.AGO.search(line.text))
    return prose > 0 and 2 * prose >= len(following) and listed < 2


def _pass_over(lines: Sequence[_Line], at: int) -> None:
    """The titles of other stories right under such a mark."""
    for line in lines[at + 1 : at + 8]:
        if _TERMINAL.search(line.text) and not furniture.END.fullmatch(line.text):
            return
        line.kind = line.kind or BOILERPLATE


def _captions(lines: Sequence[_Line]) -> None:
    """Step 3: text under pictures."""
    seen = Counter(line.text for line in lines if len(line.text) > 20)
    stems = Counter(_stem(line.text) for line in lines if len(line.text) > 40)
    first = next((line for line in lines if not line.kind and not _is_caption(line.text)), None)
    for line in lines:
        if line.kind:
            continue
        if line is first:
            continue  # a headline given again under a picture is a headline once
        repeated = seen[line.text] > 1 or (stems[_stem(line.text)] > 1 and not line.prose)
        if repeated or _is_caption(line.text):
            line.kind = AUX
    for one, other in itertools.pairwise(lines):
        if AUX in {one.kind, other.kind} and not (one.kind and other.kind) and _alike(one, other):
            one.kind = other.kind = AUX


def _stem(text: str) -> str:
    """A caption without the credit it ends in; no caption is longer."""
    if len(text) > _CAPTION_CHARS:
        return text
    return re.sub(r"\W*(?:/\w+|\([^)]*\))$", "", text)


def _is_caption(text: str) -> bool:
    if len(text) > _CAPTION_CHARS:
        return False
    if furniture.CAPTION.match(text) and not _TERMINAL.search(text.replace(")", "")):
        return True
    one = _sentences(text) == 1
    return one and bool(_PICTURED.search(text) and _DATED.search(text)) and text.endswith(")")


def _alike(one: _Line, other: _Line) -> bool:
    """Whether the two lines share most of their words, as a caption given twice does."""
    first, second = set(one.text.split()), set(other.text.split())
    return (
        len(first & second) * 2 > max(len(first), len(second)) and min(len(first), len(second)) > 6
    )


def _edges(lines: Sequence[_Line]) -> None:
    """Step 4: only furniture stands before the headline and after the last line of prose."""
    prose = [at for at, line in enumerate(lines) if not line.kind and line.prose]
    if not prose:
        _nothing(lines)
        return
    for at in range(prose[-1] + 1, len(lines)):
        if not lines[at].kind and not _tail(lines[at], lines[at - 1]):
            lines[at].kind = BOILERPLATE
    _head(lines, prose[0])


def _tail(line: _Line, before: _Line) -> bool:
    """A short last sentence, right after the article's own lines."""
    ends = bool(_TERMINAL.search(line.text)) or bool(_TOLD.search(line.text))
    goes_on = before.kind == "" or (before.kind == AUX and bool(_CLOCK.fullmatch(before.text)))
    return goes_on and ends and len(line.text.split()) > 3


_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}.{0,12}")  # the hour over an entry of a live page


_TOLD = re.compile(r"[»”\"],? [—–-] [а-яіїєґ]+ [А-ЯІЇЄҐа-яіїєґ]|[,”\"] (?:he|she|they) said\b")


def _nothing(lines: Sequence[_Line]) -> None:
    """No line of prose: a page of furniture, unless there are sentences, however short."""
    for line in lines:
        if not line.kind and not (_TERMINAL.search(line.text) and len(line.text.split()) > 3):
            line.kind = BOILERPLATE


def _head(lines: Sequence[_Line], first: int) -> None:
    """Before the first prose: headline and standfirst, at most three lines; menus are not."""
    kept = 0
    for at in range(first - 1, -1, -1):
        line = lines[at]
        if line.kind:
            continue
        wordy = len(line.text.split()) > 3
        if wordy and kept < 3:
            kept += 1
        else:
            line.kind = BOILERPLATE
