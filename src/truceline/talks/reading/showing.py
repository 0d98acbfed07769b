"""How a person's name is shown, and the identifier made of it."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from truceline.talks.reading import keys
from truceline.talks.reading.parties import CYRILLIC


def shown(name: Sequence[str]) -> str:
    """A name as it is written, its initials with their full stops."""
    return " ".join(f"{word}." if len(word) == 1 else word for word in name)


def slug(name: str) -> str:
    """A name in plain letters, as identifiers are made of."""
    low = name.lower()
    latin = (
        low
        if not CYRILLIC.search(low)
        else " ".join(keys.key(word).lower() for word in low.split())
    )
    ascii_only = normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "unnamed"
