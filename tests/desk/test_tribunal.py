"""One payload before a tribunal: what it opens, and every way in which it must not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.desk import acts, tribunal
from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.taking import Incoming, take
from truceline.ledger import opening
from truceline.ledger.errors import (
    CommitmentError,
    LedgerError,
    Malformed,
    NoKnownKey,
    ProofError,
)
from truceline.ledger.policy import Policy


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A centre with a complaint and a list, only read from."""
    opened = centre(tmp_path_factory.mktemp("tribunal"))
    acts.file_complaint(opened, "VEL", COMPLAINT)
    take(
        opened,
        Incoming(source="party-list", name="l.csv", raw=party_list(5), owner="TOR", by="TOR"),
    )
    acts.file_complaint(
        opened,
        "TOR",
        COMPLAINT.replace("from: VEL", "from: TOR").replace("accused: TOR", "accused: VEL"),
    )
    return opened


@pytest.fixture(scope="module")
def complaint(desk: Desk) -> int:
    """The entry of the first complaint."""
    return next(i for i, one in desk.log.entries() if one.kind == "report/taken")


@pytest.fixture(scope="module")
def shown(desk: Desk, complaint: int) -> bytes:
    """Its opening file."""
    return tribunal.open_entry(desk.log, complaint)


@pytest.fixture(scope="module")
def trust(desk: Desk) -> Policy:
    """The trust file a tribunal was handed."""
    return desk.log.trust


def changed(raw: bytes, **fields: Any) -> bytes:
    """An opening file with fields exchanged, spelt as it must be."""
    plain = msgspec.json.decode(raw) | fields
    return msgspec.json.encode(plain, order="sorted") + b"\n"


def test_a_complaint_is_opened_with_the_form_that_brought_it(
    shown: bytes, trust: Policy, complaint: int
) -> None:
    """Who signed, what was committed to, the file itself: with the trust file and nothing else."""
    found = opening.check(shown, trust)
    assert (found.index, found.entry.kind, found.unshown) == (complaint, "report/taken", 0)
    assert found.files == (COMPLAINT.encode(),)
    assert b'"owner":"VEL"' in found.plain
    assert [name.rpartition("/")[2] for name in found.signed_by] == ["VEL"]


def test_every_entry_that_says_something_can_be_opened(desk: Desk, trust: Policy) -> None:
    """Sealed or not, the founding included: each holds, and holds what the log's readers read."""
    for index, entry in desk.log.entries():
        if entry.payload is None:
            with pytest.raises(ActRefused, match="no payload"):
                tribunal.open_entry(desk.log, index)
            continue
        found = opening.check(tribunal.open_entry(desk.log, index), trust)
        assert found.plain == desk.log.payload(entry)


SPOILT: dict[str, tuple[Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]], type]] = {
    "another payload of the same author": (
        lambda one, other: {"salt": other["salt"], "plaintext": other["plaintext"]}, CommitmentError),
    "another salt": (lambda one, other: {"salt": other["salt"]}, CommitmentError),
    "another entry": (lambda one, other: {"entry": other["entry"]}, ProofError),
    "another place": (lambda one, other: {"proof": other["proof"]}, ProofError),
    "another file": (lambda one, other: {"files": other["files"]}, CommitmentError),
    "a file under a name of its own": (
        lambda one, other: {"files": [one["files"][0] | {"plaintext": other["plaintext"]}]}, CommitmentError),
    "nobody's key": (lambda one, other: {"keys": []}, NoKnownKey),
    "a key that is not in the log": (
        lambda one, other: {"keys": [one["keys"][0] | {"entry": other["entry"]}]}, ProofError),
    "another form": (lambda one, other: {"format": "truceline-opening/v2"}, Malformed),
    "more than is spoken of": (lambda one, other: {"verdict": "true"}, Malformed),
    "no text": (lambda one, other: {"plaintext": "=="}, Malformed),
}  # fmt: skip


@pytest.mark.parametrize("how", sorted(SPOILT))
def test_nothing_else_passes_for_what_was_committed_to(
    desk: Desk, shown: bytes, trust: Policy, how: str
) -> None:
    """Each part is held against the record; nothing in the file is believed."""
    last = max(i for i, one in desk.log.entries() if one.kind == "report/taken")
    other = msgspec.json.decode(tribunal.open_entry(desk.log, last))
    make, error = SPOILT[how]
    spoilt = changed(shown, **make(msgspec.json.decode(shown), other))
    with pytest.raises(error):
        opening.check(spoilt, trust)


def test_a_file_that_is_not_shown_is_counted(shown: bytes, trust: Policy) -> None:
    """A party may keep the list and show the act; the tribunal is told that something is kept."""
    found = opening.check(changed(shown, files=[]), trust)
    assert (found.files, found.unshown) == ((), 1)


@given(st.data())
def test_whatever_a_party_hands_in_ends_in_our_words(
    shown: bytes, trust: Policy, data: st.DataObject
) -> None:
    """A file from a party is a stranger's bytes."""
    at = data.draw(st.integers(0, len(shown) - 1))
    put = data.draw(st.binary(max_size=3))
    spoilt = shown[:at] + put + shown[at + len(put) + data.draw(st.integers(0, 2)) :]
    try:
        found = opening.check(spoilt, trust)
    except LedgerError:
        return
    assert found.plain == opening.check(shown, trust).plain


def test_who_may_not_read_it_cannot_open_it(desk: Desk, complaint: int, tmp_path: Path) -> None:
    """An opening file is made by a reader; a replica without the identity cannot make one."""
    folder = tmp_path / "tor"
    for room in ("log", "heads", "state", "blobs"):
        (folder / room).parent.mkdir(exist_ok=True)
        (folder / room).symlink_to(desk.folder / room)
    (folder / "trust").write_bytes((desk.folder / "trust").read_bytes())
    log = type(desk.log).open(folder)
    with pytest.raises(ActRefused, match="CENTRE"):
        tribunal.open_entry(log, complaint)
    with pytest.raises(ActRefused, match="no entry 9999"):
        tribunal.open_entry(log, 9999)
