"""The number a stranger knows a watcher's report by, which is not its place in the ledger.

A claim's number names its entry, and the leaf of an entry tells everybody when it was made: with
its own number a report shown only by the day would give the hour away. So its coarse row has
another one, drawn from a secret of its compartment: the address of the first file taken there, a
hash over salt that only those who may read the file hold. Whoever draws the same record draws the
same numbers.
"""

from hashlib import sha256

from truceline.claims.claim import Origin

# Twelve digits, which no ledger's index reaches, and a row of at most three.
_LEAST, _MOST, _ROWS = 10**11, 10**12, 999


def blind_number(secret: str, origin: Origin) -> tuple[int, int]:
    """The entry and row a stranger is told, alike in form to a claim's number."""
    drawn = int.from_bytes(sha256(f"{secret} number {origin.id}".encode()).digest())
    return _LEAST + drawn % (_MOST - _LEAST), 1 + (drawn >> 128) % _ROWS


def blind_key(secret: str, source_key: str) -> str:
    """A key that is equal for one watcher's claims, and that no list of names can be tried on."""
    return f"voice:{sha256(f'{secret} key {source_key}'.encode()).hexdigest()[:16]}"
