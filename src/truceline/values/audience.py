"""Who may read a row: one rule for tables, pages, bulletins, exports and replicas.

A *reader* is the code of a party (`VEL`), of a body (`CENTRE`) or `PUBLIC`. An *audience* is the
set of readers a row is meant for, spelt as sorted codes joined by `+`; `ALL` means every party and
body of the centre but not the public, and `PUBLIC` means everyone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.values.errors import BadValue

PUBLIC = "PUBLIC"
ALL = "ALL"
CENTRE = "CENTRE"


def audience(readers: Iterable[str]) -> str:
    """Spell an audience from reader codes.

    >>> audience(["VEL", "CENTRE"])
    'CENTRE+VEL'
    """
    codes = sorted(set(readers))
    if not codes or any(not code.isascii() or "+" in code or not code for code in codes):
        raise BadValue(f"an audience is one or more plain codes, not {codes}")
    if PUBLIC in codes:
        return PUBLIC
    return ALL if ALL in codes else "+".join(codes)


def may_read(reader: str, of: str) -> bool:
    """Say whether a reader is in an audience. Anyone reads PUBLIC; default deny.

    A reader with no code, or an audience that is spelt as nobody's, reads and shows nothing.
    """
    if of == PUBLIC:
        return True
    if reader in {PUBLIC, ""}:
        return False
    return of == ALL or reader in of.split("+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """How coarse a stranger's view of monitors and sensors is: the no-targeting-value policy.

    cell_m: side of the square cells places are snapped to, metres.
    delay_us: how long nothing is shown, and the grain of time after that, microseconds.
    """

    cell_m: int = 10_000
    delay_us: int = 24 * 3_600_000_000
