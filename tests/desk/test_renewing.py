"""A centre whose tables older code drew is served all the same: they are drawn again first."""

from pathlib import Path

import pytest

from tests.desk.founded import centre
from truceline.desk.desk import TABLES, Desk
from truceline.desk.officers import standing
from truceline.desk.renewing import renew
from truceline.ledger import keys
from truceline.ledger.note import MLDSA44
from truceline.store.tables import Tables, TablesOutOfDate


def test_tables_of_an_older_version_are_drawn_again_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever starts a newer version need not know of tables at all."""
    desk = centre(tmp_path)
    desk.refresh()
    desk.tables.set_meta("schema", "5")
    desk.close()
    with pytest.raises(TablesOutOfDate):
        Tables(desk.folder / TABLES)
    assert renew(desk.folder)
    assert "drawing 3 entries again" in caplog.text
    assert not renew(desk.folder)
    assert Desk.open(desk.folder).view("VEL").size == 3


def test_officers_read_a_log_that_its_witnesses_have_not_cosigned_yet(tmp_path: Path) -> None:
    """They must be able to revoke a key while witnesses are silent, and are told whose word it is."""
    desk = centre(tmp_path)
    held = (desk.folder / "trust").read_text().replace("quorum none", "")
    trust = tmp_path / "trust"
    key = keys.generate("near.example/witness", MLDSA44).key
    trust.write_text(held + f"witness near {key.vkey}\nquorum near\n")
    assert standing(str(desk.folder), policy=trust).alone
    assert not standing(str(desk.folder)).alone
