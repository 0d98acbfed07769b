"""Numbers of incidents: drawn from the first claim, so that later arrivals do not change them."""

from base64 import b32encode
from collections.abc import Iterable
from hashlib import sha256

_SHORTEST = 8


def incident_id(anchor: str, length: int = _SHORTEST) -> str:
    """The number of the incident whose first asserting claim is `anchor`.

    >>> incident_id("17#3")
    'I-7JUXUUJY'
    """
    digest = sha256(f"truceline-incident/v1 {anchor}".encode()).digest()
    return "I-" + b32encode(digest).decode()[:length]


def incident_ids(anchors: Iterable[str]) -> list[str]:
    """Numbers for anchors in ledger order, no two alike.

    Eight letters are 40 bits, so among ten million incidents some tens would share a number. The
    later one takes as many more letters as it needs: the earlier never changes.
    """
    taken: set[str] = set()
    ids = []
    for anchor in anchors:
        length = _SHORTEST
        while (name := incident_id(anchor, length)) in taken:
            length += 1
        taken.add(name)
        ids.append(name)
    return ids
