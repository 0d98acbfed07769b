"""A head that is signed again while nothing happens."""

from pathlib import Path

import pytest

from tests.ledger.founding import LOG_KEYS, found
from truceline.ledger import checkpoint
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck
from truceline.ledger.errors import ClockWentBack
from truceline.values.instant import MINUTE_US, SECOND_US


def test_an_idle_log_says_again_that_it_is_the_newest(tmp_path: Path) -> None:
    """Who is shown an old head sees that it is old: the newest is never older than a minute."""
    centre = found(tmp_path / "centre")
    centre.add(3)
    before = centre.log.signed_head()
    assert not centre.appender.refresh(centre.now_us + MINUTE_US, older_than_us=MINUTE_US)
    assert centre.log.signed_head() == before

    assert centre.appender.refresh(centre.now_us + 2 * MINUTE_US, older_than_us=MINUTE_US)
    after = centre.log.signed_head()
    assert checkpoint.open_signed(after, [signer.key for signer in LOG_KEYS]) == centre.log.head()
    assert checkpoint.parse(after) == checkpoint.parse(before)
    assert checkpoint.time_us(after) == centre.now_us + 2 * MINUTE_US
    assert (centre.path / "log" / "checkpoint").read_bytes() == after


def test_signing_again_moves_no_entry_in_time(tmp_path: Path) -> None:
    """An entry is dated by the first head that covered it, not by how long nothing followed."""
    centre = found(tmp_path / "centre")
    centre.add(3)
    dated, receipt = centre.log.bounds(3), centre.log.first_proof(3)
    kept = (centre.path / "heads" / "4").read_bytes()
    for minutes in (2, 4, 6):
        centre.appender.refresh(centre.now_us + minutes * MINUTE_US, older_than_us=MINUTE_US)
    assert centre.log.bounds(3) == dated
    assert centre.log.first_proof(3) == receipt
    assert (centre.path / "heads" / "4").read_bytes() == kept

    centre.now_us += 6 * MINUTE_US
    centre.add(2)
    assert centre.log.bounds(3) == dated
    assert centre.log.first_proof(3) == receipt
    assert fsck(centre.path).problems == []


def test_others_go_on_from_a_head_that_was_signed_again(tmp_path: Path) -> None:
    """An appender that slept while another signed takes up the newer signature, and its time."""
    centre = found(tmp_path / "centre")
    other = Appender.open(centre.path, LOG_KEYS)
    later = centre.now_us + 60 * MINUTE_US
    assert other.refresh(later, older_than_us=MINUTE_US)
    with pytest.raises(ClockWentBack):
        centre.add(1)  # its clock is an hour behind what was signed
    centre.now_us = later
    centre.add(1)
    assert centre.log.head().size == 2
    reopened = Appender.open(centre.path, LOG_KEYS)
    assert reopened.head.size == 2


def test_a_clock_that_went_back_signs_nothing(tmp_path: Path) -> None:
    """Heads are never dated before an earlier one; small steps back wait, large ones are refused."""
    centre = found(tmp_path / "centre")
    assert not centre.appender.refresh(centre.now_us - SECOND_US, older_than_us=0)
    with pytest.raises(ClockWentBack):
        centre.appender.refresh(centre.now_us - 60 * MINUTE_US, older_than_us=0)


def test_a_leaf_is_found_where_it_stands(tmp_path: Path) -> None:
    """Whoever sends the same entry again is told where it is."""
    centre = found(tmp_path / "centre")
    entries = [*centre.add(300), *centre.add(1)]
    log = centre.log
    assert [log.find(entry.leaf, entry.seen.size) for entry in entries] == list(range(1, 302))
    assert log.find(entries[0].leaf, 2 * 256) is None
    assert log.find("00" * 32) is None
