"""A complaint in the night, and the answer to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.rendering import receipt
from truceline.reports.report import Report, Said, Unreadable
from truceline.reports.sources.complaint import parse
from truceline.values.signatures import Stance

ASSERTION = "date: 2026-03-23\ntime: 02:10\nact: fire.mortar\naccused: TOR\n"
DENIAL = "stance: denies\nabout: C-0001\ntext: No weapon of ours fired that night.\n"


def only(text: str, owner: str = "VEL") -> Report | Unreadable:
    """The one row of a complaint."""
    (row,) = parse(text.encode(), receipt("complaint", owner=owner))
    return row


def said(text: str, owner: str = "VEL") -> Said:
    """What a complaint that is read says."""
    row = only(text, owner)
    assert isinstance(row, Report), row
    assert isinstance(row.body, Said)
    return row.body


@pytest.mark.parametrize(
    "text",
    [
        "stance: denies\nabout: C-0001\ntext: Ні\n",
        "позиція: заперечує\nщодо: C-0001\nтекст: Ні\n",
        "ПОЗИЦИЯ : отрицает\nкасательно: C-0001\nтекст: Ні\n",
        "text: Ні\r\nabout: C-0001\r\n\r\nstance: denies",
    ],
)
def test_a_denial_is_one_in_every_language(text: str) -> None:
    """The same answer, whatever the language of its keys, their order or the line ends."""
    answer = said(text, owner="TOR")
    assert (answer.stance, answer.about, answer.wording) == (Stance.DENIES, "C-0001", "Ні")
    assert (answer.speaker, answer.chain) == ("TOR", ("TOR",))


@given(
    st.sampled_from(["stance", "about", "text"]), st.integers(0, 4), st.characters(categories=["L"])
)
def test_a_misspelt_key_never_turns_a_denial_into_an_assertion(
    key: str, place: int, letter: str
) -> None:
    """A slip of the pen in any key of a denial leaves it unread, or a denial."""
    slipped = key[:place] + letter + key[place + 1 :]
    row = only(DENIAL.replace(f"{key}:", f"{slipped}:"))
    if isinstance(row, Report):
        assert isinstance(row.body, Said)
        assert row.body.stance is Stance.DENIES
    else:
        assert (
            "key of a complaint" in row.reason
            or "given twice" in row.reason
            or "empty" in row.reason
        )


def test_nobody_can_put_words_in_the_mouth_of_another() -> None:
    """A complaint from TOR that VEL hands in is VEL's report of TOR's word."""
    relayed = said(ASSERTION + "from: TOR\n", owner="VEL")
    assert (relayed.speaker, relayed.chain) == ("VEL", ("VEL", "TOR"))


def test_continued_lines_belong_to_the_text_and_remarks_do_not() -> None:
    """A long account needs no quoting."""
    text = (
        ASSERTION
        + "text: Six explosions.\n  The crew\n\n\thad to leave.\n# noted by the duty officer\n"
    )
    assert said(text).wording == "Six explosions.\nThe crew\nhad to leave."


@given(
    st.lists(
        st.sampled_from([ASSERTION, DENIAL, "stence: denies\n", "no colon\n"]),
        min_size=1,
        max_size=8,
    )
)
def test_several_complaints_in_one_file_are_as_many_rows(blocks: list[str]) -> None:
    """The broken ones keep their place between the others."""
    rows = list(parse("---\n".join(blocks).encode(), receipt("complaint")))
    assert [isinstance(row, Report) for row in rows] == [
        block in {ASSERTION, DENIAL} for block in blocks
    ]
    lines = "---\n".join(blocks).split("\n")
    assert [lines[row.line - 1] for row in rows] == [block.split("\n")[0] for block in blocks]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("act: fire\n", "date is empty"),
        ("date: 2026-03-23\n", "act is empty"),
        ("stance: denies\nabout: C-0001\n", "text is empty"),
        ("stance: denies\ntext: no\n", "about is empty"),
        ("stance: denies\ntext: no\nabout: that one\n", "about 'that one' is no number"),
        ("stance: perhaps\nabout: C-0001\n", "stance 'perhaps'"),
        (ASSERTION + "datum:\nposition: 47.5, -34.1\n", "datum is empty"),
        (ASSERTION + "act: strike\n", "act is given twice"),
        ("\n \n", "holds no complaint"),
        (ASSERTION + "text: " + "я" * 40_000, "the limit is 65536"),
    ],
)
def test_a_complaint_that_lacks_something_says_what(text: str, named: str) -> None:
    """The officer on duty can ask back at once."""
    row = only(text)
    assert isinstance(row, Unreadable)
    assert named in row.reason
