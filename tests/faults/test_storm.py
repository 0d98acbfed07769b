"""Hundreds of kills of a loaded centre: nothing acknowledged is missing, nothing is there twice."""

from pathlib import Path

import pytest

from tests.faults.storm import Storm, kills_wanted, whole
from tests.ledger.founding import LOG_KEYS, found
from truceline.ledger.append import Appender
from truceline.ledger.audit import fsck

KILLS = kills_wanted(60)


@pytest.mark.real
def test_a_loaded_centre_is_killed_again_and_again(tmp_path: Path) -> None:
    """Three writers and a reader; `make faults` kills a thousand times, `make test-real` sixty."""
    centre = found(tmp_path / "centre")
    storm = Storm(centre.path, seed=20260402)
    storm.blow(KILLS, check_every=100)
    assert storm.kills == KILLS
    assert len(storm.acknowledged) > KILLS, "the processes were killed before they did anything"
    Appender.open(centre.path, LOG_KEYS)  # as after a restart
    whole(centre.path)
    assert fsck(centre.path).problems == []
