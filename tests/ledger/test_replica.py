"""A replica: takes nothing on trust, keeps everything whole, and goes on after any interruption."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger import founding
from tests.ledger.founding import FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL, Centre
from truceline.ledger import checkpoint, keys, merkle, tiles
from truceline.ledger.append import Appender
from truceline.ledger.audit import verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.errors import (
    Conflict,
    Corrupt,
    LedgerError,
    Malformed,
    NoKnownKey,
    NotFounded,
)
from truceline.ledger.fetching import Source, WrongBytes
from truceline.ledger.growth import Growth
from truceline.ledger.reading_on import Forked, Unlawful
from truceline.ledger.replica import Replica
from truceline.ledger.replica_folder import FollowedElsewhere
from truceline.ledger.store import CHECKPOINT, FOLLOWING
from truceline.values.instant import HOUR_US, SECOND_US

Get = Callable[[str], bytes | None]


class Stopped(Exception):
    """The connection, or the process, ended here."""


def source(centre: Path, name: str = "the centre") -> Source:
    """A centre's public files, as a gate would give them."""

    def get(path: str) -> bytes | None:
        file = centre / path if path.startswith("heads/") else centre / "log" / path
        return file.read_bytes() if file.is_file() else None

    return Source(name, get)


def cut_after(whole: Source, answers: int) -> Source:
    """A source whose connection ends after so many answers."""
    left = [answers]

    def get(path: str) -> bytes | None:
        left[0] -= 1
        if left[0] < 0:
            raise Stopped
        return whole.get(path)

    return Source(whole.name, get)


def changed(whole: Source, of: str, change: Callable[[bytes], bytes], times: int = 99) -> Source:
    """A source that gives one file changed, so many times."""
    left = [times]

    def get(path: str) -> bytes | None:
        raw = whole.get(path)
        if path == of and raw is not None and left[0] > 0:
            left[0] -= 1
            return change(raw)
        return raw

    return Source(whole.name, get)


def flip(raw: bytes) -> bytes:
    """One bit of a file turned, in its middle."""
    at = len(raw) // 2
    return raw[:at] + bytes([raw[at] ^ 4]) + raw[at + 1 :]


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A log of 601 entries: two full bundles and a partial one, and several heads."""
    made = founding.found(tmp_path / "centre")
    for count in (9, 200, 90, 300, 1):
        made.fill(count, VEL)
    return made


@pytest.fixture
def replica(centre: Centre, tmp_path: Path) -> Replica:
    """A replica that has followed nothing yet."""
    return Replica.open(tmp_path / "replica", (centre.path / "trust").read_bytes())


def test_a_replica_holds_the_log_byte_for_byte(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """Whoever has the replica needs the centre for nothing: an outsider verifies it alike."""
    followed = replica.follow(source(centre.path), centre.now_us + 90 * SECOND_US)

    found = verify(tmp_path / "replica", replica.trust, authors=True)
    assert found.ok, found.problems
    assert (followed.old, followed.head, followed.shown) == (0, centre.log.head(), 601)
    assert followed.age_us == 90 * SECOND_US
    assert not followed.wrong
    for held in (tmp_path / "replica").rglob("log/tile/**/*"):
        if held.is_file():
            assert (
                held.read_bytes()
                == (centre.path / held.relative_to(tmp_path / "replica")).read_bytes()
            )
    seen = {entry.seen.size for _, entry in centre.log.entries()}
    assert all((tmp_path / "replica" / "heads" / str(size)).is_file() for size in seen)


@pytest.mark.parametrize("answers", range(6))
def test_an_interrupted_pass_leaves_the_earlier_head_and_the_next_completes_it(
    centre: Centre, replica: Replica, tmp_path: Path, answers: int
) -> None:
    """Whenever the line goes dead, or the process: nothing half is shown, nothing is lost."""
    replica.follow(source(centre.path), centre.now_us)
    centre.fill(300, TOR)
    with pytest.raises(Stopped):
        replica.follow(cut_after(source(centre.path), answers), centre.now_us)
    between = verify(tmp_path / "replica", replica.trust)
    assert between.ok
    assert between.size in (601, 901)

    other_process = Replica.open(tmp_path / "replica")
    assert other_process.follow(source(centre.path), centre.now_us).head.size == 901
    assert verify(tmp_path / "replica", replica.trust, authors=True).ok


def test_what_was_checked_before_an_interruption_is_not_fetched_again(
    tmp_path: Path,
) -> None:
    """A long first copy over a bad line gets there, piece by piece."""
    made = founding.found(tmp_path / "centre")
    made.fill(256 * 70, VEL)
    trust = (made.path / "trust").read_bytes()
    with pytest.raises(Stopped):
        Replica.open(tmp_path / "replica", trust).follow(cut_after(source(made.path), 138), 0)
    asked: list[str] = []

    def get(path: str) -> bytes | None:
        asked.append(path)
        return source(made.path).get(path)

    Replica.open(tmp_path / "replica").follow(Source("the centre", get), made.now_us)

    assert tiles.path("entries", 63) not in asked
    assert tiles.path("entries", 69) in asked
    assert verify(tmp_path / "replica", authors=True).size == 256 * 70 + 1


def test_wrong_bytes_are_asked_for_again_and_said(centre: Centre, replica: Replica) -> None:
    """A byte turned on the way costs a second question; file and entry are named."""
    bad = changed(source(centre.path), tiles.path("entries", 1), flip, times=1)

    followed = replica.follow(bad, centre.now_us)

    (wrong,) = followed.wrong
    assert (wrong.source, wrong.path) == ("the centre", tiles.path("entries", 1))
    assert wrong.index in range(256, 512)
    assert followed.head.size == 601


@pytest.mark.parametrize(
    "file",
    [
        tiles.path("entries", 0),
        tiles.path(0, 1),
        tiles.path("entries", 2, 89),
        tiles.path(0, 2, 89),
        tiles.path(1, 0, 2),
    ],
)
def test_a_source_that_keeps_giving_wrong_bytes_is_named(
    centre: Centre, replica: Replica, file: str, tmp_path: Path
) -> None:
    """Nothing of it is kept as the log, and the one to ask about it is the source."""
    with pytest.raises(WrongBytes, match="the centre") as caught:
        replica.follow(changed(source(centre.path), file, flip), centre.now_us)
    edge = ".p/" in file and "entries" not in file
    assert caught.value.path == ("checkpoint" if edge else file)
    assert not (tmp_path / "replica" / CHECKPOINT).exists()


def test_a_missing_file_is_named_as_wrong(centre: Centre, replica: Replica) -> None:
    """A withheld bundle is the source's doing: its own head commits to it."""
    gone, whole = tiles.path("entries", 1), source(centre.path)
    lacking = Source("the centre", lambda path: None if path == gone else whole.get(path))
    with pytest.raises(WrongBytes) as caught:
        replica.follow(lacking, 0)
    assert (caught.value.path, caught.value.index) == (tiles.path("entries", 1), 256)


def test_an_older_answer_is_stale_and_takes_nothing_back(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """Whoever shows an old head is behind; how old it is, is said."""
    shutil.copytree(centre.path, tmp_path / "old")
    centre.fill(5, TOR)
    replica.follow(source(centre.path), centre.now_us)

    followed = replica.follow(source(tmp_path / "old"), centre.now_us + HOUR_US)

    assert followed.is_behind
    assert (followed.head.size, followed.shown) == (606, 601)
    assert followed.age_us > HOUR_US


def branch(centre: Centre, to: Path, count: int) -> Centre:
    """The log as its keys wrote it for somebody else: as long again, and different."""
    shutil.copytree(centre.path, to)
    other = Centre(to, Appender.open(to, LOG_KEYS), centre.now_us)
    other.fill(count, TOR)
    return other


@pytest.mark.parametrize(("ours", "theirs"), [(3, 3), (3, 40), (40, 3), (3, 400), (400, 3)])
def test_a_fork_is_seen_whichever_branch_is_longer_and_both_heads_are_kept(
    centre: Centre, replica: Replica, tmp_path: Path, ours: int, theirs: int
) -> None:
    """A log that tells two parties two things has signed the proof, and the replica keeps it."""
    other = branch(centre, tmp_path / "other", theirs)
    centre.fill(ours, VEL)
    replica.follow(source(centre.path), centre.now_us)
    held = replica.head()

    with pytest.raises(Forked) as caught:
        replica.follow(source(other.path), centre.now_us)

    kept = tmp_path / "replica" / caught.value.where
    heads = {
        replica.trust.open((kept / f"{side}.checkpoint").read_bytes()).root
        for side in ("kept", "shown")
    }
    assert heads == {centre.log.head().root, other.log.head().root}
    assert (kept / "prefix.proof").exists() == (ours != theirs)
    assert replica.head() == held
    assert replica.follow(source(centre.path), centre.now_us).head == held


def test_an_older_head_that_was_never_ours_is_a_fork(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """Every head an entry says it saw is fetched, and held against the tree it should be of."""
    lie = checkpoint.sign(Head(ORIGIN, 210, bytes(32)), LOG_KEYS, FOUNDED_US)
    with pytest.raises(Forked) as caught:
        replica.follow(changed(source(centre.path), "heads/210", lambda _raw: lie), centre.now_us)
    assert (caught.value.kept, caught.value.shown) == (210, 601)


def test_a_head_without_the_logs_signature_or_the_quorums_does_not_count(
    centre: Centre, replica: Replica
) -> None:
    """The trust file decides, not whoever answers."""
    unsigned = checkpoint.sign(centre.log.head(), LOG_KEYS[:1], centre.now_us)
    with pytest.raises(NoKnownKey):
        replica.follow(changed(source(centre.path), "checkpoint", lambda _raw: unsigned), 0)
    strangers = [
        keys.from_seed("who.example", bytes([n]) * 32, key.key.algorithm)
        for n, key in enumerate(LOG_KEYS)
    ]
    alien = checkpoint.sign(
        Head("who.example", 601, centre.log.head().root), strangers, centre.now_us
    )
    with pytest.raises(NoKnownKey, match="no handover"):
        replica.follow(changed(source(centre.path), "checkpoint", lambda _raw: alien), 0)
    with pytest.raises(Malformed, match="no checkpoint"):
        replica.follow(Source("nobody", lambda _path: None), 0)


def rewritten(centre: Centre, to: Path, index: int, raw: bytes) -> Path:
    """The log its keys would sign had they let in one entry that is none of its author's."""
    shutil.copytree(centre.path, to)
    entries = [held.raw for _, held in centre.log.entries()]
    entries[index] = raw
    growth = Growth()
    files: dict[str, bytes] = {}
    for held in entries:
        files |= growth.push(held, merkle.leaf_hash(held))
    files |= growth.partials(0)
    head = Head(ORIGIN, growth.size, growth.root())
    files["checkpoint"] = checkpoint.sign(head, LOG_KEYS, centre.now_us)
    for path, data in files.items():
        (to / "log" / path).unlink(missing_ok=True)
        (to / "log" / path).write_bytes(data)
    return to


@pytest.mark.parametrize("index", [300, 600])
def test_an_entry_nobody_signed_is_not_accepted_though_the_log_signed_it(
    centre: Centre, replica: Replica, tmp_path: Path, index: int
) -> None:
    """The centre cannot put words in a party's mouth: the entry, its proof and the rule are kept."""
    words = centre.log.raw(index).replace(b'"claimed":1774', b'"claimed":1775')
    assert words != centre.log.raw(index)
    forged = rewritten(centre, tmp_path / "forged", index, words)

    with pytest.raises(Unlawful) as caught:
        replica.follow(source(forged), centre.now_us)

    assert (caught.value.index, caught.value.code) == (index, "signature")
    assert (tmp_path / "replica" / caught.value.where / "entry.note").read_bytes() == words
    assert not (tmp_path / "replica" / CHECKPOINT).exists()


@pytest.mark.parametrize(
    "file",
    [
        tiles.path("entries", 0),
        tiles.path(0, 0),
        tiles.path("entries", 2, 89),
        tiles.path(0, 2, 89),
    ],
)
def test_what_is_damaged_in_the_replica_is_fetched_again(
    centre: Centre, replica: Replica, tmp_path: Path, file: str
) -> None:
    """Bit rot at home is mended from the source, and said."""
    replica.follow(source(centre.path), centre.now_us)
    held = tmp_path / "replica" / "log" / file
    raw = held.read_bytes()
    held.chmod(0o644)
    held.write_bytes(flip(raw))

    followed = Replica.open(tmp_path / "replica").follow(source(centre.path), centre.now_us)

    assert held.read_bytes() == raw
    assert {wrong.source for wrong in followed.wrong} == {"this folder"}
    assert verify(tmp_path / "replica", replica.trust, authors=True).ok


def test_a_head_somebody_put_into_the_folder_is_not_followed_on(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """The accepted head must still be the log's own when the folder is opened again."""
    replica.follow(source(centre.path), centre.now_us)
    at = tmp_path / "replica" / CHECKPOINT
    at.write_bytes(flip(at.read_bytes()))
    with pytest.raises(LedgerError):
        Replica.open(tmp_path / "replica").follow(source(centre.path), centre.now_us)


def test_torn_progress_is_checked_again_from_the_accepted_head(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """A power cut in the one file that says how far we are loses time, never a check."""
    replica.follow(source(centre.path), centre.now_us)
    (tmp_path / "replica" / FOLLOWING).write_bytes(b'{"size":9')
    centre.fill(2, TOR)
    assert (
        Replica.open(tmp_path / "replica").follow(source(centre.path), centre.now_us).head.size
        == 603
    )


def test_a_folder_follows_one_trust_file_and_one_process_at_a_time(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """Nobody is led to another log by a file put in place of the one people handed over."""
    where = tmp_path / "replica"
    with pytest.raises(NotFounded, match="trust file"):
        Replica.open(tmp_path / "nothing")
    with pytest.raises(Conflict, match="is a centre"):
        Replica.open(centre.path)
    other = (
        "\n".join(f"log {keys.from_seed('who.example', bytes(32)).key.vkey}".split("\n"))
        + "\nquorum none\n"
    )
    with pytest.raises(Conflict, match="another trust file"):
        Replica.open(where, other.encode())
    with replica._folder.following(), pytest.raises(FollowedElsewhere):
        Replica.open(where).follow(source(centre.path), 0)


def test_a_usb_copy_carries_the_log_to_a_party_that_is_offline(
    centre: Centre, replica: Replica, tmp_path: Path
) -> None:
    """A replica of a replica is a replica: who carried it need not be trusted."""
    replica.follow(source(centre.path), centre.now_us)
    far = Replica.open(tmp_path / "far", (centre.path / "trust").read_bytes())
    followed = far.follow(source(tmp_path / "replica", "the stick"), centre.now_us)
    assert (followed.head, followed.heads_missing) == (centre.log.head(), ())


def test_an_unread_state_is_no_state(replica: Replica) -> None:
    """Keys are not looked up before a single entry was checked."""
    assert replica.head() is None
    with pytest.raises(RuntimeError):
        _ = replica.state
    assert issubclass(Corrupt, LedgerError)
