"""Tables that other code drew are drawn again before a centre is served: they hold no fact."""

import logging
from pathlib import Path

from truceline.desk.desk import TABLES
from truceline.desk.doors import door
from truceline.ledger.log import Log
from truceline.store.redrawing import redraw
from truceline.store.tables import Tables, TablesOutOfDate

_LOG = logging.getLogger(__name__)
_EACH = 10_000


def renew(folder: Path) -> bool:
    """Draw a folder's tables again if other code drew them, saying how far; say whether it did."""
    if not _older(folder):
        return False
    with door(folder, "redrawing"):
        if not _older(folder):  # somebody else has, while we waited
            return False
        log = Log.open(folder)
        _LOG.warning("tables of an older version: drawing %d entries again", log.head().size)
        redraw(folder / TABLES, log, lambda stage: _LOG.warning("redraw: %s", stage), _say)
    return True


def _older(folder: Path) -> bool:
    try:
        Tables(folder / TABLES).close()
    except TablesOutOfDate:
        return True
    return False


def _say(done: int, of: int) -> None:
    if done % _EACH == 0:
        _LOG.warning("redraw: %d of %d entries", done, of)
