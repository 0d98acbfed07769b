"""A replica under everything at once: growth, cuts, wrong bytes, old answers, restarts, damage."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.ledger import founding
from tests.ledger.founding import TOR, VEL
from tests.ledger.test_replica import Stopped, changed, cut_after, flip, source
from truceline.ledger.audit import verify
from truceline.ledger.fetching import WrongBytes
from truceline.ledger.keys import Signer
from truceline.ledger.replica import Replica
from truceline.ledger.store import CHECKPOINT


class Following(RuleBasedStateMachine):
    """Whatever happens between, what the replica holds is a whole beginning of the log."""

    @initialize()
    def found(self) -> None:
        """A centre and a replica of nothing yet."""
        self.folder = Path(tempfile.mkdtemp())
        self.centre = founding.found(self.folder / "centre")
        self.where = self.folder / "replica"
        self.replica = Replica.open(self.where, (self.centre.path / "trust").read_bytes())
        self.held = 0
        self.old: Path | None = None

    def teardown(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @rule(count=st.integers(1, 300), by=st.sampled_from([VEL, TOR]))
    def grow(self, count: int, by: Signer) -> None:
        """The centre takes entries."""
        self.centre.fill(count, by)

    @rule()
    def follow(self) -> None:
        """A whole pass brings everything."""
        done = self.replica.follow(source(self.centre.path), self.centre.now_us)
        assert done.head == self.centre.log.head()

    @rule(answers=st.integers(0, 12))
    def follow_and_be_cut(self, answers: int) -> None:
        """A pass that may be cut."""
        try:
            self.replica.follow(cut_after(source(self.centre.path), answers), 0)
        except Stopped:
            return

    @rule(which=st.integers(0, 20))
    def follow_a_liar(self, which: int) -> None:
        """A pass in which one file is wrong, however often it is asked for."""
        log = self.centre.path / "log"
        files = sorted(str(one.relative_to(log)) for one in log.rglob("tile/**/*") if one.is_file())
        try:
            self.replica.follow(
                changed(source(self.centre.path), files[which % len(files)], flip), 0
            )
        except WrongBytes:
            return

    @rule()
    def keep_an_old_answer(self) -> None:
        """Somebody copies the log as it is now."""
        self.old = self.folder / f"old-{self.centre.log.head().size}"
        shutil.copytree(self.centre.path, self.old, dirs_exist_ok=True)

    @precondition(lambda self: self.old is not None)
    @rule()
    def follow_an_old_answer(self) -> None:
        """A pass from a source that has stood still."""
        assert self.old is not None
        self.replica.follow(source(self.old), 0)

    @rule()
    def restart(self) -> None:
        """Another process goes on."""
        self.replica = Replica.open(self.where)

    @rule(which=st.integers(0, 20))
    def rot(self, which: int) -> None:
        """A file of the replica is damaged on disk; the next process finds and mends it."""
        files = sorted(one for one in self.where.glob("log/tile/**/*") if one.is_file())
        if files and (self.where / CHECKPOINT).exists():
            bad = files[which % len(files)]
            bad.chmod(0o644)
            bad.write_bytes(flip(bad.read_bytes()))
            self.restart()
            self.replica.follow(source(self.centre.path), 0)

    @invariant()
    def holds_a_whole_beginning(self) -> None:
        """What is held verifies to the last byte, is the log's, and never shrinks."""
        head = self.replica.head()
        if head is None:
            return
        assert verify(self.where, self.replica.trust).ok
        there = self.centre.log
        assert head.size >= self.held
        assert head.size <= there.head().size
        self.held = head.size


TestFollowing = Following.TestCase
TestFollowing.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
