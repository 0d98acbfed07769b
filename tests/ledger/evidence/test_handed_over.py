"""What was signed under a record's old name is judged by the trust file of its successor."""

from pathlib import Path

import pytest

from tests.ledger.evidence import scenes
from tests.ledger.evidence.scenes import DESK, TOR, VEL, altered, offered, refusal, shown, statement
from tests.ledger.founding import FOUNDED_US, LOG_KEYS, ORIGIN, Centre
from tests.ledger.rewriting import rewrite
from tests.ledger.rooted import GROUPS, NEXT_KEYS, NEXT_ORIGIN, SIGNERS
from tests.ledger.test_handover import LATER_US, followed, signed_note
from truceline.ledger import handover
from truceline.ledger.append import Appender
from truceline.ledger.evidence import making
from truceline.ledger.evidence.judgement import NOT_PROVED, PROVED
from truceline.ledger.evidence.judging import judge_bytes, judge_receipt
from truceline.ledger.evidence.making import Record
from truceline.ledger.log import Log
from truceline.ledger.merkle import leaf_hash
from truceline.ledger.verifying import log_get
from truceline.values.mode import Mode


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre that was handed over to Velmark's replica after ten entries."""
    made = Centre(
        tmp_path / "centre",
        Appender.create(tmp_path / "centre", ORIGIN, LOG_KEYS, FOUNDED_US),
    )
    with made.appender.commit(FOUNDED_US) as batch:
        vkeys = [signer.key.vkey for signer in SIGNERS]
        batch.add(DESK, kind="centre/founded", mode=Mode.EXERCISE, vkeys=vkeys, groups=GROUPS)
    made.fill(5, VEL)
    made.fill(4, TOR)
    return made


@pytest.fixture
def successor(centre: Centre, tmp_path: Path) -> Path:
    """That replica, with an entry of its own."""
    replica = followed(centre, tmp_path / "replica")
    handover.take(replica, signed_note(replica), NEXT_KEYS, LATER_US)
    with Appender.open(replica, NEXT_KEYS).commit(LATER_US) as batch:
        batch.add(VEL, kind="report/taken")
    return replica


def test_a_receipt_of_the_old_log_holds_by_the_trust_file_of_the_new(
    centre: Centre, successor: Path
) -> None:
    """Whoever kept a receipt need not keep the old trust file as well."""
    found = judge_receipt(centre.log.prove(3), centre.log.raw(3), Log.open(successor).trust)
    assert (found.status, found.entry, found.origin) == (PROVED, 3, ORIGIN)


def test_two_entries_under_one_number_of_the_old_log_are_shown_by_the_new_one(
    centre: Centre, successor: Path
) -> None:
    """The author answers whether or not the centre it wrote to is still there."""
    one = centre.log.raw(2)
    log = Record.of(log_get(successor))
    found = judge_bytes(making.equivocation(log, one, altered(one, VEL)), Log.open(successor).trust)
    assert (found.status, found.culprits) == (PROVED, ("VEL",)), list(found.lines("en"))


def test_a_number_used_again_in_the_new_log_is_no_contradiction(
    centre: Centre, successor: Path
) -> None:
    """What was lost with the old centre is submitted anew, under the number it had."""
    lost, log = offered(centre), Log.open(successor)
    evidence = making.equivocation(Record.of(log_get(successor)), lost, log.raw(11))
    found = judge_bytes(evidence, log.trust)
    assert (found.status, found.culprits) == (NOT_PROVED, ())
    assert "different logs" in "".join(found.lines("en"))


def test_a_refusal_by_the_lost_desk_stays_its_word(centre: Centre, successor: Path) -> None:
    """The desk's key of then is in the record, though it admits nothing now."""
    raw = offered(centre)
    signed = statement(
        "truceline-refusal/v1", DESK, at=centre.now_us, code="signature",
        entry=leaf_hash(raw).hex(), head=scenes.seen(centre.log.head()),
    )  # fmt: skip
    evidence = making.refusal(Record.of(log_get(successor)), raw, signed)
    found = judge_bytes(evidence, Log.open(successor).trust)
    assert (found.status, found.culprits) == (PROVED, ("desk",)), list(found.lines("en"))


def test_an_old_head_that_the_new_log_does_not_continue_accuses_neither(
    centre: Centre, successor: Path, tmp_path: Path
) -> None:
    """The two contradict each other; on which side of the handover it happened is not shown."""
    rewrite(centre.log, 4, tmp_path / "other", TOR)
    other = Record.of(log_get(tmp_path / "other"))
    evidence = making.fork(other, Record.of(log_get(successor)))
    found = judge_bytes(evidence, Log.open(successor).trust)
    assert (found.status, found.culprits, found.entry) == (PROVED, (), 4)
    assert NEXT_ORIGIN in "".join(found.lines("uk"))


def test_nobody_is_accused_of_leaving_out_what_was_written_for_the_log_before(
    centre: Centre, successor: Path
) -> None:
    """A successor cannot take an entry whose first line names the old log."""
    raw = offered(centre)
    relays = [scenes.relay(centre, signer, raw, centre.now_us) for signer in (TOR, scenes.ALD)]
    evidence = making.denial(Record.of(log_get(successor)), raw, relays)
    found = judge_bytes(evidence, Log.open(successor).trust)
    assert (found.status, found.culprits) == (NOT_PROVED, ())


@pytest.mark.parametrize("order", [1, -1])
def test_a_refusal_shown_frees_the_number_and_accuses_nobody(tmp_path: Path, order: int) -> None:
    """The desk refused one of the two: its author may use the number for another."""
    scene = refusal(tmp_path, "policy")
    raw = offered(scene.centre)
    signed = statement(
        "truceline-refusal/v1", DESK, at=scene.centre.now_us, code="policy",
        entry=leaf_hash(raw).hex(), head=scenes.seen(scene.centre.log.head()),
    )  # fmt: skip
    one, two = (raw, altered(raw, VEL))[::order]
    bare = judge_bytes(making.equivocation(shown(scene.centre), one, two), scene.trust)
    assert (bare.status, bare.culprits) == (PROVED, ("VEL",))
    assert "no-refusal-shown" in {point.code for point in bare.points}

    evidence = making.equivocation(shown(scene.centre), one, two, [signed])
    found = judge_bytes(evidence, scene.trust)
    assert (found.status, found.culprits) == (NOT_PROVED, ())
    assert "frees the number" in "".join(found.lines("en"))


def test_a_second_entry_refused_because_the_first_was_in_does_not_excuse_its_author(
    tmp_path: Path,
) -> None:
    """The refusal names the size it was made at, and the first is proved to be below it."""
    scene = scenes.equivocation(tmp_path)
    raw = scene.centre.log.raw(2)
    second = altered(raw, VEL)
    signed = statement(
        "truceline-refusal/v1", DESK, at=scene.centre.now_us, code="seq",
        entry=leaf_hash(second).hex(), head=scenes.seen(scene.centre.log.head()),
    )  # fmt: skip
    evidence = making.equivocation(shown(scene.centre), raw, second, [signed])
    found = judge_bytes(evidence, scene.trust)
    assert (found.status, found.culprits) == (PROVED, ("VEL",)), list(found.lines("en"))
    assert "taken-before" in {point.code for point in found.points}


def test_a_refusal_that_the_desk_did_not_sign_frees_nothing(tmp_path: Path) -> None:
    """Otherwise whoever contradicted itself would write its own excuse; it proves nothing alone."""
    scene = scenes.equivocation(tmp_path)
    raw = scene.centre.log.raw(2)
    signed = statement(
        "truceline-refusal/v1", VEL, at=1, code="policy", entry=leaf_hash(raw).hex(),
        head=scenes.seen(scene.centre.log.head()),
    )  # fmt: skip
    evidence = making.equivocation(shown(scene.centre), raw, altered(raw, VEL), [signed])
    found = judge_bytes(evidence, scene.trust)
    assert found.status == NOT_PROVED
    assert "frees the number" not in "".join(found.lines("en"))
