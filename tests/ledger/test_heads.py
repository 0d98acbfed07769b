"""How final an entry is and when it was made, as those who signed the heads over it say."""

from pathlib import Path

import pytest

from tests.ledger.founding import FOUNDED_US, LOG_KEYS, VEL, Centre, found
from truceline.ledger import checkpoint, keys, proof
from truceline.ledger.cosigning import gather
from truceline.ledger.errors import NoKnownKey
from truceline.ledger.log import Log
from truceline.ledger.store import open_store
from truceline.values.instant import SECOND_US

FOUNDED_S = FOUNDED_US // SECOND_US
WITNESSES = {
    code: keys.from_seed(f"witness.example/{code}", code.ljust(32, "?").encode(), 0x04)
    for code in ("ALD", "TOR", "VEL")
}
TRUST = "\n".join(
    [
        *(f"log {signer.key.vkey}" for signer in LOG_KEYS),
        *(f"witness {code} {signer.key.vkey}" for code, signer in WITNESSES.items()),
        "group watch 2 ALD TOR VEL",
        "# level final all ALD TOR VEL",
        "quorum watch",
        "",
    ]
)


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre with witnesses in its trust file, and heads of 1, 3 and 4; entry 2 is in the second."""
    made = found(tmp_path / "centre")
    made.add(2)
    made.add(1)
    (made.path / "trust").write_text(TRUST)
    return made


def cosign(centre: Centre, size: int, **at_s: int) -> None:
    """Have a head cosigned, each witness at its own time after the founding."""
    signed = centre.log.head_at(size)
    assert signed is not None
    text = checkpoint.encode(checkpoint.parse(signed))
    lines = [WITNESSES[code].sign(text, FOUNDED_S + late) for code, late in at_s.items()]
    gather(open_store(centre.path), signed, lines)


def after_founding(log: Log, index: int) -> tuple[int, int | None]:
    """The bounds of an entry, in seconds after the founding."""
    early, late = log.bounds(index)
    return early // SECOND_US - FOUNDED_S, None if late is None else late // SECOND_US - FOUNDED_S


def test_an_entry_becomes_final_as_heads_over_it_are_cosigned(centre: Centre) -> None:
    """Any covering head does, an earlier one does not, and replicas count apart from witnesses."""
    assert [centre.log.level(2), centre.log.level(3)] == ["logged", "logged"]
    assert centre.log.level(2, lambda _size: ("VEL", "TOR")) == "replicated"
    cosign(centre, 1, VEL=1, TOR=1, ALD=1)
    assert [centre.log.level(0), centre.log.level(2)] == ["final", "logged"]
    cosign(centre, 4, VEL=200, TOR=200)
    assert [centre.log.level(2), centre.log.level(3)] == ["witnessed", "witnessed"]
    cosign(centre, 3, VEL=300, TOR=300, ALD=300)
    assert [centre.log.level(2), centre.log.level(3)] == ["final", "witnessed"]


def test_the_median_of_the_witnesses_ends_the_bracket(centre: Centre) -> None:
    """The log's own date counts only until a quorum has spoken; one lying clock moves nothing."""
    assert after_founding(centre.log, 2) == (0, 60)
    cosign(centre, 4, VEL=190)
    assert after_founding(centre.log, 2) == (0, 60)
    cosign(centre, 4, TOR=200, ALD=40_000)
    assert after_founding(centre.log, 2) == (0, 200)
    assert after_founding(centre.log, 3) == (60, 200)
    cosign(centre, 3, VEL=90, TOR=95)
    assert after_founding(centre.log, 2) == (0, 95)


def test_a_log_that_dates_its_heads_too_late_is_corrected(centre: Centre) -> None:
    """The witnesses had the head before the log says it signed it: nothing rests on its clock."""
    cosign(centre, 3, VEL=20, TOR=30)
    assert after_founding(centre.log, 3) == (30, 120)


def test_a_proof_is_drawn_against_a_head_that_counts(centre: Centre) -> None:
    """A receipt that nobody's trust file accepts is no receipt, so the cosigned head is taken."""
    log, raw = centre.log, centre.log.raw(2)
    with pytest.raises(NoKnownKey, match="quorum"):
        proof.check(log.prove(2), raw, log.trust)
    cosign(centre, 3, VEL=90, TOR=95)
    assert proof.check(centre.log.prove(2), raw, log.trust) == 2
    assert checkpoint.parse(centre.log.prove(2).split(b"\n\n", 1)[1]).size == 3
    assert checkpoint.parse(centre.log.prove(3).split(b"\n\n", 1)[1]).size == 4


def test_a_head_the_log_did_not_sign_dates_nothing(centre: Centre) -> None:
    """A line in the log's name by another key is nobody's, whatever date it carries."""
    stranger = keys.from_seed(
        LOG_KEYS[0].key.name, b"in the log's name, by a stranger".ljust(32), 6
    )
    signed = centre.log.head_at(3)
    assert signed is not None
    line = stranger.sign(checkpoint.encode(checkpoint.parse(signed)), 1)
    gather(open_store(centre.path), signed, [line])
    assert after_founding(centre.log, 2) == (0, 60)


def test_work_goes_on_while_no_witness_answers(centre: Centre) -> None:
    """The centre reads and writes its own log by its own keys; the quorum is what others ask."""
    centre.add(1, VEL)
    assert centre.log.head().size == 5


def test_an_entry_is_behind_by_as_long_as_a_newer_head_had_been_there(centre: Centre) -> None:
    """In a quiet hour nobody is late: what counts is what the author could have seen and had not."""
    heads = centre.log.heads
    assert heads.behind_us(3, 3) == 0  # saw the newest
    assert heads.behind_us(1, 2) == 0  # the first newer one is the one that covers it
    assert heads.behind_us(1, 3) == 60 * SECOND_US  # the head of 3 was there a minute before
    centre.later(3600)
    centre.add(1)
    assert centre.log.heads.behind_us(4, 4) == 0
    assert centre.log.heads.behind_us(1, 4) == (60 + 3660) * SECOND_US
    assert centre.log.heads.behind_us(1, 99) == 0  # nothing covers it yet
