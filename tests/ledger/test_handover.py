"""Handing over: the same tree goes on under a new name, and the old keys sign for the past only."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.ledger.founding import ALD, DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL, Centre
from tests.ledger.rooted import GROUPS, NEXT_KEYS, NEXT_ORIGIN, SIGNERS, TOR_1, TOR_2, VEL_1, VEL_2
from tests.ledger.test_replica import source
from truceline.ledger import checkpoint, handover, merkle, policy, proof
from truceline.ledger.append import Appender
from truceline.ledger.audit import compare, fsck, verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import countersign
from truceline.ledger.errors import NoKnownKey, Refused
from truceline.ledger.fetching import Source
from truceline.ledger.handover import NotTaken
from truceline.ledger.log import Log
from truceline.ledger.reading_on import Forked
from truceline.ledger.replica import Replica
from truceline.values.mode import Mode

LATER_US = FOUNDED_US + 3_600_000_000


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre with officers and a group that may hand it over; 260 entries."""
    appender = Appender.create(tmp_path / "centre", ORIGIN, LOG_KEYS, FOUNDED_US)
    with appender.commit(FOUNDED_US) as batch:
        batch.add(
            DESK,
            kind="centre/founded",
            mode=Mode.EXERCISE,
            vkeys=[signer.key.vkey for signer in SIGNERS],
            groups=GROUPS,
        )
    made = Centre(tmp_path / "centre", appender)
    made.fill(100, VEL)
    made.fill(159, TOR)
    return made


def followed(centre: Centre, to: Path) -> Path:
    """A replica that holds all the centre has."""
    trust = (centre.path / "trust").read_bytes()
    Replica.open(to, trust).follow(source(centre.path), centre.now_us)
    return to


def signed_note(replica: Path) -> bytes:
    """The note as two parties' officers leave it: not in the order of who proposed."""
    raw = handover.propose(
        replica, VEL_1, NEXT_ORIGIN, [one.key.vkey for one in NEXT_KEYS], LATER_US
    )
    for officer in (VEL_2, TOR_1, TOR_2):
        raw = countersign(raw, officer)
    return raw


@pytest.fixture
def replica(centre: Centre, tmp_path: Path) -> Path:
    """A party's replica of the centre."""
    return followed(centre, tmp_path / "replica")


def taken(replica: Path) -> Appender:
    """The replica made the centre, open for appending."""
    handover.take(replica, signed_note(replica), NEXT_KEYS, LATER_US)
    return Appender.open(replica, NEXT_KEYS)


def test_the_same_tree_goes_on_under_a_new_name(centre: Centre, replica: Path) -> None:
    """Numbers, entries and receipts of the old log hold in the new one."""
    receipt = centre.log.prove(200)
    old = centre.log.head()

    appender = taken(replica)
    with appender.commit(LATER_US) as batch:
        batch.add(VEL, kind="report/taken")

    log = Log.open(replica)
    assert (log.head().origin, log.head().size) == (NEXT_ORIGIN, 262)
    assert [log.raw(index) for index in range(260)] == [centre.log.raw(i) for i in range(260)]
    assert log.entry(260).kind == "log/handed-over"
    steps = merkle.prove_consistency(old.size, 262, log.reader().hash)
    merkle.check_consistency(old.size, 262, steps, old.root, log.head().root)
    index, hashes, signed = proof.parse(receipt)
    head = log.trust.open_past(signed)
    merkle.check_inclusion(index, head.size, merkle.leaf_hash(log.raw(200)), hashes, head.root)
    assert log.bounds(200)[1] is not None
    found = verify(replica, log.trust, authors=True)
    assert found.ok, found.problems
    assert fsck(replica).ok, fsck(replica).problems


def test_whoever_follows_learns_of_the_successor_from_the_log_alone(
    centre: Centre, replica: Path, tmp_path: Path
) -> None:
    """No new trust file need be carried: the handover itself says whose keys count from now on."""
    other = followed(centre, tmp_path / "other")
    with taken(replica).commit(LATER_US) as batch:
        batch.add(TOR, kind="report/taken")

    following = Replica.open(other)
    done = following.follow(source(replica, "the successor"), LATER_US)

    assert (done.old, done.head.size, following.trust.origin) == (260, 262, NEXT_ORIGIN)
    fresh = Replica.open(tmp_path / "fresh", (centre.path / "trust").read_bytes())
    assert fresh.follow(source(replica), LATER_US).head == done.head
    assert verify(other, policy.parse((other / "trust").read_bytes()), authors=True).ok


def test_a_centre_that_goes_on_after_the_handover_is_followed_by_nobody(
    centre: Centre, replica: Path, tmp_path: Path
) -> None:
    """Further heads by the old keys are kept as evidence by whoever saw the handover."""
    other = followed(centre, tmp_path / "other")
    taken(replica)
    following = Replica.open(other)
    following.follow(source(replica), LATER_US)
    assert following.follow(source(centre.path), LATER_US).is_behind  # an old head is no crime

    centre.fill(3, VEL)
    with pytest.raises(Forked, match="handed over"):
        following.follow(source(centre.path), LATER_US)
    assert following.head() == Log.open(replica).head()


def test_a_copy_kept_of_the_old_log_is_compared_with_its_successor(
    centre: Centre, replica: Path, tmp_path: Path
) -> None:
    """Whoever kept a copy before can tell afterwards whether anything of it was changed."""
    kept = followed(centre, tmp_path / "kept")
    with taken(replica).commit(LATER_US) as batch:
        batch.add(TOR, kind="report/taken")
    trust = Log.open(replica).trust

    assert compare(kept, replica, trust) is None
    centre.fill(2, VEL)
    zombie = followed(centre, tmp_path / "zombie")
    found = compare(zombie, replica, trust)
    assert found is not None
    assert (found.index, found.both_signed) == (260, True)


def test_a_replica_that_is_behind_does_not_take_over(centre: Centre, replica: Path) -> None:
    """What the old centre has acknowledged to anyone must not be dropped by taking over."""
    raw = signed_note(replica)
    centre.fill(1, VEL)
    with pytest.raises(NotTaken, match="261"):
        handover.take(replica, raw, NEXT_KEYS, LATER_US, elsewhere=[centre.log.signed_head()])
    assert Log.open(replica).head().origin == ORIGIN
    Replica.open(replica).follow(source(centre.path), LATER_US)
    with pytest.raises(Refused):  # signed for another size: to be proposed anew
        handover.take(replica, raw, NEXT_KEYS, LATER_US)


def test_too_few_officers_or_other_keys_change_nothing(replica: Path) -> None:
    """One party alone, or a note for keys held elsewhere, makes no centre."""
    alone = handover.propose(
        replica, VEL_1, NEXT_ORIGIN, [one.key.vkey for one in NEXT_KEYS], LATER_US
    )
    with pytest.raises(Refused, match="handover"):
        handover.take(replica, countersign(alone, VEL_2), NEXT_KEYS, LATER_US)
    with pytest.raises(NotTaken, match="other keys"):
        handover.take(replica, signed_note(replica), LOG_KEYS, LATER_US)
    assert (replica / "state/following").exists()
    assert not (replica / "state/head").exists()
    with pytest.raises(NoKnownKey):
        Replica.open(replica).follow(source_with_unlawful_successor(replica), LATER_US)


def source_with_unlawful_successor(replica: Path) -> Source:
    """A log of a new name that nobody handed over: the same entries, other keys."""
    held = Log.open(replica).head()
    shown = checkpoint.sign(Head(NEXT_ORIGIN, held.size, held.root), NEXT_KEYS, LATER_US)
    whole = source(replica)
    return Source("a stranger", lambda path: shown if path == "checkpoint" else whole.get(path))


class Dying(Disk):
    """A disk whose process dies at its n-th change."""

    left = 0

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt

    def write(
        self, path: str, data: bytes | Iterable[bytes], *, durable: bool, mode: int = 0o644
    ) -> None:
        """Write, or die instead."""
        self._step()
        super().write(path, data, durable=durable, mode=mode)

    def remove(self, path: str) -> None:
        """Remove, or die instead."""
        self._step()
        super().remove(path)


def test_killed_at_any_step_the_takeover_is_completed_by_taking_again(
    replica: Path, tmp_path: Path
) -> None:
    """Before the head it is a replica, after it the centre; never neither, never both."""
    raw = signed_note(replica)
    for steps in range(30):
        copy = tmp_path / f"{steps}"
        shutil.copytree(replica, copy)
        disk = Dying(copy)
        disk.left = steps
        try:
            handover.take(copy, raw, NEXT_KEYS, LATER_US, disk=disk)
        except KeyboardInterrupt:
            if not (copy / "state/head").exists():
                assert Log.open(copy).head().origin == ORIGIN
                handover.take(copy, raw, NEXT_KEYS, LATER_US)
        else:
            break
        assert Appender.open(copy, NEXT_KEYS).head.size == 261
        assert verify(copy, Log.open(copy).trust, authors=True).ok
    assert steps > 8


def test_an_entry_only_the_old_centre_had_is_shown_by_its_receipt(
    centre: Centre, replica: Path
) -> None:
    """Acknowledged and then gone: the receipt proves it, and the author may submit it anew."""
    centre.fill(1, TOR)
    entry, receipt = centre.log.raw(260), centre.log.prove(260)
    taken(replica)

    found = handover.lost(entry, receipt, Log.open(replica))

    assert found is not None
    assert (found.index, found.size, found.handed_at) == (260, 261, 260)
    assert handover.lost(centre.log.raw(7), centre.log.prove(7), Log.open(replica)) is None


def test_an_author_goes_on_with_the_next_number(replica: Path) -> None:
    """Keys, counters and what was seen carry over: nobody starts anew, and nobody registers again."""
    appender = taken(replica)
    with appender.commit(LATER_US) as batch:
        seq, prev = batch.next("VEL")
        entry = batch.add(VEL, kind="report/taken")
    assert (entry.seq, entry.prev) == (seq, prev)
    assert entry.origin == NEXT_ORIGIN
    assert ALD.key.name == f"{ORIGIN}/ALD"
