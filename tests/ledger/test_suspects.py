"""A key was stolen: what it signed since is flagged by everyone who reads, and nothing is removed."""

from pathlib import Path

import pytest

from tests.ledger.founding import DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL, Centre
from tests.ledger.rooted import GROUPS, READERS, SIGNERS, VEL_1, VEL_2, VEL_3, key_line
from truceline.ledger import keys
from truceline.ledger.append import Appender
from truceline.ledger.audit import Verdict, verify
from truceline.ledger.batch import Batch
from truceline.ledger.errors import Refused
from truceline.values.mode import Mode

VEL_NEW = keys.from_seed(VEL.key.name, b"Velmark's second key, 32 bytes..")


def rooted(path: Path) -> Centre:
    """A centre on disk whose parties have officers."""
    appender = Appender.create(path, ORIGIN, LOG_KEYS, FOUNDED_US)
    with appender.commit(FOUNDED_US) as batch:
        batch.add(
            DESK,
            kind="centre/founded",
            mode=Mode.EXERCISE,
            vkeys=[signer.key.vkey for signer in SIGNERS],
            readers=READERS,
            groups=GROUPS,
        )
    return Centre(path, appender)


def robbed(path: Path, before: int = 2, since: int = 3) -> Centre:
    """Velmark signs, a thief signs too, and the officers say from where on nothing is sure."""
    centre = rooted(path)
    centre.fill(before)
    centre.fill(since)
    centre.fill(1, TOR)
    with centre.appender.commit(centre.later()) as batch:
        revoke(batch, 1 + before)
        batch.add(VEL_2, kind="key/registered", vkeys=[VEL_NEW.key.vkey], cosigners=[VEL_3])
    centre.fill(2, VEL_NEW)
    return centre


def revoke(batch: Batch, suspect_from: int) -> None:
    """Two of Velmark's officers take its key out."""
    line = key_line(VEL, suspect_from)
    batch.add(VEL_1, kind="key/revoked", revokes=[line], cosigners=[VEL_2])


def doubted(verdict: Verdict) -> list[int | None]:
    """The entries a verdict flags."""
    return [one.entry_index for one in verdict.remarks if "revoked" in one.found]


@pytest.mark.parametrize("authors", [False, True])
def test_verify_flags_what_is_in_doubt_and_finds_no_damage(
    tmp_path: Path, *, authors: bool
) -> None:
    """From `suspect from` to the revocation, that key's entries and no other's; the log is whole."""
    centre = robbed(tmp_path)
    verdict = verify(tmp_path, centre.log.trust, authors=authors)
    assert verdict.ok
    assert doubted(verdict) == [3, 4, 5]
    assert "entry 7 revoked, in doubt from entry 3 on" in verdict.remarks[0].found


def test_many_in_doubt_are_counted_and_the_first_are_listed(tmp_path: Path) -> None:
    """A thief who wrote for weeks does not make the answer unreadable."""
    centre = robbed(tmp_path, since=520)
    verdict = verify(tmp_path, centre.log.trust)
    assert (verdict.flagged, len(doubted(verdict))) == (520, 200)


def test_the_log_tells_of_one_entry_whether_it_is_in_doubt(tmp_path: Path) -> None:
    """What pages ask, entry by entry; a doubt moved back in time is told from then on."""
    centre = robbed(tmp_path)
    log = centre.log
    assert [log.suspect(index) is not None for index in range(log.head().size)] == [
        False, False, False, True, True, True, False, False, False, False, False,
    ]  # fmt: skip
    told = log.suspect(4)
    assert told is not None
    assert (told.author, told.suspect_from, told.revoked_at) == ("VEL", 3, 7)
    with centre.appender.commit(centre.later()) as batch:
        revoke(batch, 2)
    assert [log.suspect(index) is not None for index in (1, 2, 3)] == [False, True, True]


def test_a_thief_is_locked_out_and_the_author_goes_on(tmp_path: Path) -> None:
    """Admission refuses the old key for good, in this process and in the next one."""
    centre = robbed(tmp_path)
    again = Appender.open(tmp_path, LOG_KEYS)
    for appender in (centre.appender, again):
        with appender.commit(centre.later()) as batch, pytest.raises(Refused, match="revoked"):
            batch.add(VEL, kind="report/taken")
    with again.commit(centre.later()) as batch:
        batch.add(VEL_NEW, kind="report/taken")


def test_a_centre_that_lets_a_revoked_key_in_is_named(tmp_path: Path) -> None:
    """Admission is replayed by whoever holds the log: the rule cannot be skipped in secret."""
    centre = robbed(tmp_path)
    state = centre.appender._state
    held, state.suspects = state.suspects, {}
    centre.fill(1, VEL)
    state.suspects = held
    verdict = verify(tmp_path, centre.log.trust, authors=True)
    assert [
        (one.entry_index, "was revoked in entry 7" in one.found) for one in verdict.problems
    ] == [(11, True)]
