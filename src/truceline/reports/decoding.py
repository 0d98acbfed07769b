"""Bytes into physical lines of text, each with the bytes it came from.

The rule for encodings is in docs/formats/sources/README.md. It rests on the bytes alone, so that
reading them again, on any machine and in any year, gives the same lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

from truceline.values.errors import TrucelineError

UTF8_BOM = b"\xef\xbb\xbf"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_OTHER_THINGS = {
    b"PK\x03\x04": "a workbook or an archive (zip); save the sheet as CSV in UTF-8",
    b"\xd0\xcf\x11\xe0": "an old Office document; save the sheet as CSV in UTF-8",
    b"PAR1": "a Parquet file; take it with a source that reads Parquet",
    b"%PDF": "a PDF; ask the source for the table it was printed from",
    b"\x1f\x8b": "a gzip file; unpack it first",
}
_CYRILLIC = "А-Яа-яЁёЄєІіЇїҐґЎў"
_1251_ONLY = re.compile(f"[\\x01-\\x7f{_CYRILLIC}«»„“”‘’–—…№§°±\\xa0]*")
_WORD = re.compile(f"[{_CYRILLIC}]{{2,}}")
_PLAIN_CASE = re.compile("[А-ЯЁЄІЇҐЎ]*[а-яёєіїґў]*")  # `вогонь`, `Вогонь`, `ВСУ`, `ВСУшник`
_MIXED_WORD = re.compile(f"[A-Za-z][{_CYRILLIC}]|[{_CYRILLIC}][A-Za-z]")
_ENDED_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_FEWEST_LETTERS = 20
_ENDINGS = {
    encoding: tuple(ending.encode(encoding) for ending in ("\r\n", "\n", "\r"))
    for encoding in ("utf-8", "windows-1251", "utf-16-le", "utf-16-be")
}


class NotText(TrucelineError):
    """The bytes as a whole are no text we read; the message names what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The physical lines of a file.

    raws: each line's bytes, its ending included. texts: each line's text without its ending; None
        where the bytes are damaged.
    """

    encoding: str
    raws: Sequence[bytes]
    texts: Sequence[str | None]

    def without_ending(self, raw: bytes) -> bytes:
        """The bytes of a line or row without the line end they close with."""
        for ending in _ENDINGS[self.encoding]:
            if raw.endswith(ending):
                return raw.removesuffix(ending)
        return raw


def lines_of(raw: bytes) -> Lines:
    """Decode bytes into lines; a line that cannot be decoded is None and costs no other.

    Raises NotText where the whole is UTF-32 or no text at all.
    """
    if raw.startswith(_UTF32):
        raise NotText("encoding UTF-32 is not read; save the file as UTF-8")
    for magic, thing in _OTHER_THINGS.items():
        if raw.startswith(magic):
            raise NotText(f"not text but {thing}")
    if (utf16 := _UTF16.get(raw[:2])) is not None:
        return _utf16_lines(raw, utf16)
    raws = raw.splitlines(keepends=True)
    encoding = _one_byte_or_utf8(raw, raws)
    texts = [_decoded(line, encoding) for line in raws]
    if raw.startswith(UTF8_BOM) and texts and (first := texts[0]) is not None:
        texts[0] = first.removeprefix("\ufeff")
    return Lines(encoding=encoding, raws=raws, texts=texts)


def nfc(text: str) -> str:
    """Text in Unicode form NFC, the one spelling the record keeps."""
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _decoded(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding).rstrip("\r\n")
    except UnicodeDecodeError:
        return None


def _one_byte_or_utf8(raw: bytes, raws: list[bytes]) -> str:
    try:
        raw.decode()
    except UnicodeDecodeError:
        beyond_ascii = (line for line in raws if not line.isascii())
        if any(_decoded(line, "utf-8") is not None for line in beyond_ascii):
            return "utf-8"
        return "windows-1251" if _reads_as_1251(raw) else "utf-8"
    return "utf-8"


def _reads_as_1251(raw: bytes) -> bool:
    text = _decoded(raw, "windows-1251")
    if text is None or not _1251_ONLY.fullmatch(text) or _MIXED_WORD.search(text):
        return False
    words = _WORD.findall(text)
    letters = "".join(words)
    small = sum(map(str.islower, letters))  # KOI8-R read as 1251 has its capitals and small swapped
    plain = sum(1 for word in words if _PLAIN_CASE.fullmatch(word))
    enough = len(letters) >= _FEWEST_LETTERS and small * 2 > len(letters)
    return enough and plain * 100 >= len(words) * 95


def _utf16_lines(raw: bytes, encoding: str) -> Lines:
    whole = len(raw) - len(raw) % 2
    text = raw[2:whole].decode(encoding, "surrogatepass")
    ended = _ENDED_LINE.findall(text)
    raws = [line.encode(encoding, "surrogatepass") for line in ended]
    texts = [_without_halves(line.rstrip("\r\n")) for line in ended]
    if not raws:
        raws, texts = [b""], [""]
    raws[0] = raw[:2] + raws[0]
    if whole < len(raw):  # a byte without its other half: damage to the line it ends
        raws[-1] += raw[whole:]
        texts[-1] = None
    return Lines(encoding=encoding, raws=raws, texts=texts)


def _without_halves(line: str) -> str | None:
    try:
        line.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: the bytes were cut or flipped
        return None
    return line
