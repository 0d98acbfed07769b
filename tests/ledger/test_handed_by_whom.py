"""A witness believes of a log's officers only what the rules of admission let into the log."""

from pathlib import Path

import pytest

from tests.ledger.founding import DESK, LOG_KEYS, ORIGIN, VEL
from tests.ledger.rooted import TOR_1, TOR_2, VEL_1, VEL_2
from tests.ledger.test_suspects import rooted
from truceline.ledger import checkpoint
from truceline.ledger.handing_on import NotHandedOver, state_at
from truceline.ledger.standing import Group
from truceline.ledger.verifying import log_get
from truceline.ledger.witness_book import PINNED, Followed


def followed(path: Path) -> Followed:
    """The log as a witness knows it that has cosigned its newest head."""
    head = checkpoint.parse((path / "log" / "checkpoint").read_bytes())
    return Followed(
        origin=ORIGIN,
        keys=tuple(signer.key for signer in LOG_KEYS),
        url="",
        size=head.size,
        root=head.root,
        time_s=0,
        start=PINNED,
    )


def test_officers_named_by_those_who_may_are_believed(tmp_path: Path) -> None:
    """All parties' officers agreed on who hands the log over from now on."""
    centre = rooted(tmp_path)
    with centre.appender.commit(centre.later()) as batch:
        batch.add(
            DESK,
            kind="roots/changed",
            groups=["handover any VEL-roots TOR-roots"],
            cosigners=[VEL_1, VEL_2, TOR_1, TOR_2],
        )
    state = state_at(followed(tmp_path), log_get(tmp_path))
    assert state.groups["handover"] == Group(1, ("VEL-roots", "TOR-roots"))


def test_officers_a_centre_named_by_itself_hand_nothing_over(tmp_path: Path) -> None:
    """It can put an entry into its own log that nobody may sign alone; no witness follows it."""
    centre = rooted(tmp_path)
    state = centre.appender._state
    honest = state.groups
    state.groups = {**honest, "roots": Group(1, ("desk",))}
    with centre.appender.commit(centre.later()) as batch:
        batch.add(DESK, kind="roots/changed", groups=["handover any desk"])
    centre.fill(1, VEL)
    with pytest.raises(NotHandedOver, match="entry 1 should not be in the log"):
        state_at(followed(tmp_path), log_get(tmp_path))
