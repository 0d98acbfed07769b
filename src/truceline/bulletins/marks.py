"""The marks on a map: one claimant's claims at one place, each a symbol with its number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from truceline.bulletins.frame import WIDTH, Frame
from truceline.values.place import Place

CROWDED = 40  # more marks than this, and boxes would cover one another
_CELL = (38, 20)  # room of one symbol and its number in a box
SHAPES: tuple[tuple[str, str], ...] = (
    ("circle", "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"),
    ("square", "M-5-5h10v10h-10z"),
    ("triangle", "M0-7l7 12h-14z"),
    ("diamond", "M0-8l6 8-6 8-6-8z"),
    ("cross", "M-2-7h4v5h5v4h-5v5h-4v-5h-5v-4h5z"),
    ("hexagon", "M-3-6h6l4 6-4 6h-6l-4-6z"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One symbol on the map and its row beside it: one speaker's claims at one place.

    claims: numbers of the first of them; more: how many further ones there are.
    """

    number: int
    speaker: str
    asserting: bool
    place: Place
    area: str
    claims: tuple[str, ...]
    more: int

    @property
    def total(self) -> int:
        """How many of this one speaker's claims the symbol stands for."""
        return len(self.claims) + self.more


class Mapped(Protocol):
    """What the figures of a form must offer for a map to be drawn of them."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every symbol, in the order of their numbers."""
        ...

    @property
    def marks_printed(self) -> tuple[Mark, ...]:
        """Those whose number is shown and stands in the table."""
        ...

    @property
    def crowded(self) -> bool:
        """Whether there are too many marks to box those of one point."""
        ...

    @property
    def unwatched(self) -> tuple[str, ...]:
        """Codes of areas with no observation on record."""
        ...


def drawn(
    marks: list[Mark], frame: Frame, shapes: Callable[[str], int], printed: set[int]
) -> list[str]:
    """Error rings first, then the symbols, so that no ring hides one."""
    rings: dict[tuple[int, int, int], None] = {}
    spots: dict[tuple[int, int], dict[tuple[int, bool], list[int]]] = {}
    for mark in marks:
        x, y = frame.at(mark.place.lon_e7, mark.place.lat_e7)
        reach = min(frame.units(max(mark.place.a_m, mark.place.b_m)), WIDTH)
        if reach > 7:
            rings[x, y, reach] = None
        here = spots.setdefault((x, y), {})
        here.setdefault((shapes(mark.speaker), mark.asserting), []).append(mark.number)
    circles = (
        f'<circle cx="{x}" cy="{y}" r="{reach}" fill="none" stroke="#1f3a4d" '
        'stroke-opacity=".35" stroke-dasharray="3 3" clip-path="url(#frame)"/>'
        for x, y, reach in rings
    )
    draw = _crowd if len(marks) > CROWDED else _spot
    return [*circles, *(part for spot, here in spots.items() for part in draw(spot, here, printed))]


def _crowd(
    spot: tuple[int, int], here: dict[tuple[int, bool], list[int]], printed: set[int]
) -> Iterator[str]:
    """On a crowded map: the one symbol of a point, or how many marks stand on it."""
    x, y = spot
    numbers = [number for group in here.values() for number in group]
    if len(here) == 1:
        ((shape, filled),) = here
        yield _symbol((shape, filled, _span(numbers, printed)), x, y)
        return
    yield (
        f'<g transform="translate({x} {y})"><circle r="9" fill="#fff" stroke="#1f3a4d" '
        f'stroke-width="1.4"/><text y="4" text-anchor="middle" font-size="11" fill="#1f3a4d">'
        f"{len(numbers)}</text></g>"
    )


def _spot(
    spot: tuple[int, int], here: dict[tuple[int, bool], list[int]], printed: set[int]
) -> Iterator[str]:
    """The symbols of one point: alone on it, or several in a box tied to it.

    Symbols set side by side on the map itself would stand where nobody put them, perhaps on the
    other side of a line.
    """
    x, y = spot
    symbols = [
        (shape, filled, _span(numbers, printed)) for (shape, filled), numbers in here.items()
    ]
    if len(symbols) == 1:
        yield _symbol(symbols[0], x, y)
        return
    columns, rows = min(len(symbols), 4), -(-len(symbols) // 4)
    wide, tall = columns * _CELL[0] + 4, rows * _CELL[1] + 2
    left = max(2, min(x - wide // 2, WIDTH - wide - 2))
    top = y - tall - 12 if y - tall - 12 > 2 else y + 12
    yield f'<path d="M{x} {y}V{top + tall if top < y else top}" stroke="#1f3a4d"/>'
    yield f'<circle cx="{x}" cy="{y}" r="3" fill="#1f3a4d"/>'
    yield (
        f'<rect class="box" x="{left}" y="{top}" width="{wide}" height="{tall}" rx="3" '
        'fill="#fff" fill-opacity=".92" stroke="#1f3a4d" stroke-width=".7"/>'
    )
    for nth, symbol in enumerate(symbols):
        column, row = nth % 4, nth // 4
        yield _symbol(symbol, left + 12 + column * _CELL[0], top + 12 + row * _CELL[1])


def _symbol(symbol: tuple[int, bool, str], x: int, y: int) -> str:
    shape, filled, label = symbol
    said = f'<text x="8" y="4" font-size="10" fill="#1f3a4d">{label}</text>' if label else ""
    return (
        f'<g transform="translate({x} {y})"><path d="{SHAPES[shape][1]}" '
        f'fill="{"#1f3a4d" if filled else "#fff"}" stroke="#1f3a4d" stroke-width="1.4"/>{said}</g>'
    )


def _span(numbers: list[int], printed: set[int]) -> str:
    """Numbers of the rows one symbol stands for, as far as they have a row: `7`, `1–12`, `3, 9`."""
    shown = sorted(printed.intersection(numbers))
    if len(shown) > 1 and shown[-1] - shown[0] == len(shown) - 1:
        return f"{shown[0]}–{shown[-1]}"
    return ", ".join(str(number) for number in shown[:3]) + ("…" if len(shown) > 3 else "")
