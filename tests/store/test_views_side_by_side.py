"""Views share a connection, and never each other's eyes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.desk import acts
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take

READERS = ("VEL", "TOR", "ALD", "CENTRE", "PUBLIC")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A centre with what each party wrote and the other may not read in full."""
    made = centre(tmp_path_factory.mktemp("side"))
    acts.file_complaint(made, "VEL", COMPLAINT)
    raw = party_list(5)
    take(made, Incoming(source="party-list", name="l.csv", raw=raw, owner="TOR", by="TOR"))
    made.refresh()
    return made


@given(readers=st.lists(st.sampled_from(READERS), min_size=2, max_size=6))
def test_a_view_answers_its_own_reader_whoever_asked_in_between(
    desk: Desk, readers: list[str]
) -> None:
    """A bulletin reads as its audience although its coverage is summed with the centre's eyes."""
    alone = {reader: desk.view(reader).all_claims() for reader in READERS}
    opened = [(reader, desk.view(reader)) for reader in readers]
    for reader, view in [*opened, *reversed(opened)]:
        assert view.all_claims() == alone[reader]
