"""Tables are a drawing of the record: deleted, interrupted or drawn in pieces, they come out the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.desk import acts
from truceline.desk.desk import TABLES, Desk
from truceline.desk.taking import Incoming, take
from truceline.store.digests import common_digest, compartment_digests, table_digests
from truceline.store.drawing import draw
from truceline.store.redrawing import redraw
from truceline.store.tables import Tables, TablesOutOfDate


def busy(folder: Path) -> Desk:
    """A centre with a complaint, its answer, two parties' lists and a person's act on record."""
    desk = centre(folder)
    number, _ = acts.file_complaint(desk, "VEL", COMPLAINT)
    acts.answer_complaint(desk, "TOR", number, "denies", acts.Wording(text="No.", language="en"))
    for owner in ("VEL", "TOR"):
        raw = party_list(30)
        take(
            desk,
            Incoming(source="party-list", name="a.csv", raw=raw, owner=owner, by=owner),
            part_rows=7,
        )
    desk.refresh()
    claims = desk.view().incidents(limit=2)
    acts.confirm_incident(desk, "CENTRE", [one.claims[0] for one in claims], "seen by one camera")
    desk.refresh()
    return desk


def test_deleted_tables_come_back_row_for_row(tmp_path: Path) -> None:
    """The tables hold no fact of their own."""
    desk = busy(tmp_path)
    before = table_digests(desk.tables)
    desk.close()
    (desk.folder / TABLES).unlink()

    found = redraw(desk.folder / TABLES, desk.log)

    assert not found.compared
    assert table_digests(Tables(desk.folder / TABLES)) == before


def test_a_row_somebody_changed_is_found_and_put_right(tmp_path: Path) -> None:
    """An edit to the tables lasts until the next drawing, and is named by it."""
    desk = busy(tmp_path)
    before = table_digests(desk.tables)
    desk.tables.db.execute("UPDATE claims SET act = 'fire.artillery' WHERE row = 3")
    desk.close()

    found = redraw(desk.folder / TABLES, desk.log)

    assert found.differing == ("claims",)
    assert table_digests(Tables(desk.folder / TABLES)) == before


class _Short:
    """A log that ends earlier than it does: what a reader saw at some instant."""

    def __init__(self, desk: Desk, size: int) -> None:
        self._log = desk.log
        self._size = size

    def head(self) -> object:
        head = self._log.head()
        return type(head)(head.origin, min(self._size, head.size), head.root)

    def __getattr__(self, name: str) -> object:
        return getattr(self._log, name)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """One busy centre, only read from."""
    return busy(tmp_path_factory.mktemp("busy"))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stops=st.lists(st.integers(1, 20), max_size=6))
def test_drawing_in_pieces_is_drawing_at_once(
    shared: Desk, tmp_path_factory: pytest.TempPathFactory, stops: list[int]
) -> None:
    """Wherever a reader stopped and went on, its tables are the same."""
    pieces = Tables(tmp_path_factory.mktemp("pieces") / "t.sqlite3")
    for stop in sorted(stops):
        draw(pieces, _Short(shared, stop))  # type: ignore[arg-type]
    draw(pieces, shared.log)
    whole = Tables(tmp_path_factory.mktemp("whole") / "t.sqlite3")
    draw(whole, shared.log)

    assert table_digests(pieces) == table_digests(whole)


def test_who_holds_less_shares_the_common_digest_and_lacks_the_rest(tmp_path: Path) -> None:
    """A replica without a compartment's payloads agrees on what everyone may read, to the bit."""
    desk = busy(tmp_path)
    common, compartments = common_digest(desk.tables), compartment_digests(desk.tables)
    restricted = [entry.payload for _, entry in desk.log.entries() if entry.acl and entry.payload]
    assert restricted
    for payload in restricted:
        (desk.folder / "blobs" / "sha256" / payload.blob[:2] / payload.blob).unlink()

    less = Tables(tmp_path / "less.sqlite3")
    draw(less, desk.log)

    assert common_digest(less) == common
    assert compartment_digests(less) != compartments
    withheld = less.select("SELECT count(*) AS n FROM entries WHERE payload = 'withheld'")[0]["n"]
    assert withheld == len(restricted)


def test_tables_drawn_by_other_code_are_refused_by_name(tmp_path: Path) -> None:
    """Old tables are never read as if they were new; the message says what to run."""
    path = tmp_path / "t.sqlite3"
    tables = Tables(path)
    tables.set_meta("schema", "1")
    tables.close()

    with pytest.raises(TablesOutOfDate, match="redraw"):
        Tables(path)
