"""What a party shows a tribunal: one payload, opened, with all it takes to check it."""

from collections.abc import Iterator

from truceline.desk.errors import ActRefused
from truceline.ledger import opening
from truceline.ledger.entry import Entry
from truceline.ledger.log import Log
from truceline.ledger.note import Key
from truceline.ledger.seal import references


def open_entry(log: Log, index: int) -> bytes:
    """Write the opening file of an entry's payload and of the files it names.

    ActRefused where it has none, or what it says cannot be read here.
    """
    try:
        found = log.entry(index)
    except IndexError as problem:
        raise ActRefused(f"there is no entry {index} in this log yet") from problem
    if found.payload is None:
        raise ActRefused(f"entry {index} ({found.kind}) has no payload to open")
    opened = log.opened(found.payload)
    if opened is None:
        raise ActRefused(
            f"entry {index}: what it says is for {found.audience}, or erased; ask one of them"
        )
    files = [
        (ref, *inner) for ref in references(opened[1]) if (inner := log.opened(ref)) is not None
    ]
    return opening.render(
        found.raw, log.prove(index), opened, files=files, keys=_registrations(log, found)
    )


def _registrations(log: Log, of: Entry) -> Iterator[tuple[bytes, bytes]]:
    """The entries that register the keys whose lines stand under this one."""
    names = set(of.signed_by)
    for index, one in log.entries(0, of.index):
        if one.vkeys and names & {Key.parse(vkey).name for vkey in one.vkeys}:
            yield one.raw, log.prove(index)
    if of.index == 0:
        yield of.raw, log.prove(0)
