"""What was erased by agreement, as the drawing needs to know it before it begins."""

from collections.abc import Mapping

import msgspec

from truceline.coordination.erasure import PayloadErased
from truceline.ledger.log import Log
from truceline.store.tables import Tables

ERASED = "payload/erased"


class Erased(Exception):
    """Something drawn before is erased by what is to be drawn now."""


def known(tables: Tables) -> dict[str, int]:
    """Blobs the tables know to be erased, each with the entry that says so."""
    rows = tables.select("SELECT blob, erased_in FROM erased")
    return {row["blob"]: row["erased_in"] for row in rows}


def collected(log: Log, size: int) -> dict[str, int]:
    """Every blob erased in the first `size` entries, each with the first that says so."""
    found: dict[str, int] = {}
    for index, entry in log.entries(0, size):
        for blob in entry.erases:
            found.setdefault(blob, index)
    return found


def newest_erasure(log: Log, start: int, stop: int) -> int:
    """The newest entry among some that erases anything; -1 if none does."""
    return max((index for index, one in log.entries(start, stop) if one.erases), default=-1)


def numbers_gone(plain: bytes | None) -> Mapping[int, int]:
    """How many complaint numbers each erased entry had taken up, as the erasing act says."""
    try:
        act = msgspec.json.decode(plain or b"", type=PayloadErased)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return {one.entry: one.complaints for one in act.erased}
