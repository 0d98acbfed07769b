"""Checking the signatures of many entries at once, in two threads.

PyNaCl lets go of the interpreter while it works, so two threads check nearly twice as many.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

from truceline.ledger import note
from truceline.ledger.errors import LedgerError
from truceline.ledger.note import Key

Keys = Mapping[tuple[str, bytes], Key]


def vouched(entries: Sequence[bytes], keys: Keys, pool: Executor) -> list[bool]:
    """Say of each entry whether every line of it is by one of these keys, and holds.

    False only means that it is not settled here: admission then looks itself, and says what is
    wrong. Whether a key may still sign is for admission in either case.
    """
    middle = len(entries) // 2
    later = pool.submit(_vouched, entries[middle:], keys)
    return _vouched(entries[:middle], keys) + later.result()


def _vouched(entries: Sequence[bytes], keys: Keys) -> list[bool]:
    return [_holds(raw, keys) for raw in entries]


def _holds(raw: bytes, keys: Keys) -> bool:
    try:
        signed = note.parse(raw)
    except LedgerError:
        return False
    for line in signed.signatures:
        key = keys.get((line.name, line.key_id))
        if key is None or not note.signed_by(key, signed.text, line.blob):
            return False
    return True
