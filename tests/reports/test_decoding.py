"""Bytes into lines: what is recognised, what is refused by name, and that no byte is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.reports.decoding import NotText, lines_of
from truceline.reports.rows import rows_of

RUSSIAN = "Взрывы у насосной станции, затем тишина. ВСУшник сказал: «нет»\n"
UKRAINIAN = "Шість вибухів біля маяка, її ґанок пошкоджено — і все\n"
LATIN = "Une forte déflagration près du phare, été\n"
encodable = st.text(st.characters(exclude_categories=["Cs"]))


@given(encodable, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_the_same_text_is_read_from_every_unicode_encoding(text: str, encoding: str) -> None:
    """How a spreadsheet saves does not change what it says."""
    if text.startswith(("\ufeff", "PK\x03\x04", "PAR1", "%PDF", "\0")) or not text:
        return
    plain, other = lines_of(text.encode()), lines_of(text.encode(encoding))
    assert list(other.texts) == list(plain.texts)
    assert None not in plain.texts


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]))
def test_no_byte_of_a_file_is_lost(raw: bytes, mark: bytes) -> None:
    """Put together again, the lines are the file, whatever it was."""
    try:
        lines = lines_of(mark + raw)
    except NotText:
        return
    assert b"".join(lines.raws) == mark + raw or not raw
    assert len(lines.raws) == len(lines.texts)


@given(
    st.text(st.sampled_from('a";,\t\r\n 1я'), max_size=60),
    st.sampled_from(",;\t"),
    st.integers(1, 5),
)
def test_every_line_that_is_not_blank_is_in_one_row(text: str, delimiter: str, width: int) -> None:
    """In order, numbered on, and none in two rows, however the quotes stand."""
    lines = lines_of(text.encode())
    rows = list(rows_of(lines, after=0, delimiter=delimiter, width=width))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    held = [row.line + extra for row in rows for extra in range(max(1, len(row.raw.splitlines())))]
    said = [number for number, line in enumerate(lines.texts, start=1) if (line or "").strip()]
    assert held == sorted(set(held))
    assert set(said) <= set(held)
    assert all((row.cells is None) == bool(row.problem) for row in rows)


@pytest.mark.parametrize("text", [RUSSIAN, UKRAINIAN, RUSSIAN + UKRAINIAN])
def test_windows_1251_is_recognised_by_its_words(text: str) -> None:
    """Old machines still save so, and the words leave no doubt."""
    lines = lines_of(text.encode("windows-1251"))
    assert lines.encoding == "windows-1251"
    assert "\n".join(str(line) for line in lines.texts) + "\n" == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN.replace("«", "").replace("»", ""), "koi8-r"),
        (RUSSIAN.replace("«", "").replace("»", ""), "cp866"),
        (RUSSIAN, "mac-cyrillic"),
        (LATIN, "latin-1"),
        ("Взрыв\n", "windows-1251"),
    ],
)
def test_what_only_might_be_windows_1251_is_not_taken_for_it(text: str, encoding: str) -> None:
    """Five letters, or another old encoding, would be guesses: the line says it is not UTF-8."""
    lines = lines_of(b"ref,wording\n" + text.encode(encoding))
    assert (lines.texts[0], lines.texts[1]) == ("ref,wording", None)


def test_one_damaged_line_among_good_ones_is_damaged_alone() -> None:
    """A flipped byte does not turn a UTF-8 file into an old one."""
    raw = (RUSSIAN + UKRAINIAN + RUSSIAN).encode()
    place = raw.index("ш".encode())
    lines = lines_of(raw[:place] + b"\xff" + raw[place + 1 :])
    assert [text is None for text in lines.texts] == [False, True, False] or [
        text is None for text in lines.texts
    ] == [True, False, False]


def test_a_utf_16_file_cut_in_the_middle_of_a_letter_loses_that_line_only() -> None:
    """The line that was being written when the stick was pulled out."""
    raw = ("ref,wording\r\n" + UKRAINIAN).encode("utf-16")
    lines = lines_of(raw[:-1])
    assert (lines.texts[0], lines.texts[-1]) == ("ref,wording", None)
    assert b"".join(lines.raws) == raw[:-1]
