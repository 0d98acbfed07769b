"""What a centre does not take at its gate though any log would: monitors' material beside slots.

The public log dates every entry and names its author. A patrol's report sent under the patrol's
own key would tell the parties the minute in which it noticed something (docs/formats/slot.md).
"""

from collections.abc import Callable

import msgspec

from truceline.coordination.charter import Charter
from truceline.ledger import entry
from truceline.ledger.errors import LedgerError, Refused
from truceline.ledger.log import Log

SLOT = "slot"
_ROOMS = (b'"kind":"report/', b'"kind":"incident/')


def house_of(log: Log) -> Callable[[bytes], None]:
    """The rule of a centre's gate: it raises Refused for what has to be handed in at the desk."""
    charter = _charter(log)
    if charter is None or not charter.slot_us:
        return lambda _raw: None
    pool = frozenset(charter.pool)

    def refuse(raw: bytes) -> None:
        if not any(room in raw for room in _ROOMS):
            return
        try:
            read = entry.decode(raw, 0)
        except LedgerError:
            return  # admission says what is wrong with it
        if read.author in pool and charter.by_slot(read.author, read.audience):
            raise Refused(
                SLOT,
                f"what {read.author} notices enters the record in slots, or its minute would be "
                "public: hand it in at the desk (`truceline take`)",
            )

    return refuse


def _charter(log: Log) -> Charter | None:
    """What the centre was founded with; None where this machine may not open it."""
    try:
        raw = log.payload(log.entry(0))
        return None if raw is None else msgspec.json.decode(raw, type=Charter)
    except (LedgerError, msgspec.DecodeError):
        return None
