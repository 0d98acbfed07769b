"""The map of a bulletin: one deterministic drawing, beside a table made from the same rows.

Integers all the way: degrees × 10⁷ become whole units of the drawing by integer arithmetic, so
the same rows give the same bytes everywhere. One ink for everybody; who speaks is told by shape,
whether it is asserted by filling, an area nobody watched by hatching. No border and no country
name is drawn; a line appears only as somebody's, with the name of whose it is.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from truceline.bulletins.frame import WIDTH, Frame, frame_of
from truceline.bulletins.grammar import legible
from truceline.bulletins.marks import SHAPES, Mapped, Mark, drawn
from truceline.bulletins.snapshot import Area, Layer, Party, Ring, Snapshot
from truceline.values.mode import Mode
from truceline.values.place import E7
from truceline.values.texts import Text

_MARGIN = 28
_NAME_LETTERS = 30  # what fits into a quarter of the legend's row
_ROLE_SHAPES = {"guarantor": 2, "centre": 2, "monitor": 2, "outlet": 3}
_WATERMARKS = {
    Mode.EXERCISE: Text("EXERCISE", "НАВЧАННЯ", "УЧЕНИЕ"),
    Mode.REPLAY: Text("REPLAY", "ВІДТВОРЕННЯ", "ВОСПРОИЗВЕДЕНИЕ"),
}
_LEGEND = {
    "filled": Text("filled: says it happened", "заповнений: стверджує", "закрашен: утверждает"),
    "hollow": Text(
        "hollow: denies or did not perceive",
        "порожній: заперечує або не зафіксував",
        "пустой: отрицает или не зафиксировал",
    ),
    "ring": Text(
        "dashed ring: stated error", "штрихове коло: похибка", "штриховой круг: погрешность"
    ),
    "hatch": Text(
        "hatched: no observation", "заштриховано: без спостереження", "заштриховано: без наблюдения"
    ),
    "title": Text("Map of the claims", "Карта заяв", "Карта заявлений"),
}


def svg_map(snapshot: Snapshot, figures: Mapped, language: str) -> str:
    """Draw the map as self-contained SVG, without scripts or styles.

    Returns an empty string where there is nothing to draw: no area and no claim with a place.
    """
    marks = sorted(figures.marks, key=lambda mark: mark.number)
    points = [point for area in snapshot.areas for point in area.ring]
    points += [(mark.place.lon_e7, mark.place.lat_e7) for mark in marks]
    if not points:
        return ""
    frame = frame_of(points)
    shapes, legend = _shapes(marks, snapshot.parties, language)
    printed = {mark.number for mark in figures.marks_printed}
    height = frame.height + 26 * (1 + (len(legend) + 3) // 4) + 12
    # Where no land is known the ground is plain, so that nobody reads a city as standing at sea.
    ground = "#e3ebef" if any(each.kind == "land" for each in snapshot.layers) else "#f6f3ec"
    title = escape(_LEGEND["title"].in_(language))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{title}" font-family="inherit" font-size="12">'
    )
    return "\n".join(
        [
            opening,
            _DEFS.format(width=WIDTH, height=frame.height, ground=ground),
            *_ground(snapshot, frame, language),
            *_graticule(frame),
            *_areas(snapshot.areas, figures.unwatched, frame, language),
            *drawn(marks, frame, shapes, printed),
            _watermark(snapshot.mode, frame, language),
            _scale(frame, language),
            *_legend(legend, frame, language),
            "</svg>",
        ]
    )


def watermark(mode: Mode, language: str) -> str:
    """The word that keeps a centre's mode on every page; none for a live one."""
    word = _WATERMARKS.get(mode)
    return word.in_(language) if word else ""


_DEFS = """<defs><clipPath id="frame"><rect width="{width}" height="{height}"/></clipPath>\
<pattern id="hatch" width="9" height="9" patternUnits="userSpaceOnUse" \
patternTransform="rotate(45)"><path d="M0 0v9" stroke="#8a8577" stroke-width="1.6"/></pattern>\
</defs>
<rect width="{width}" height="{height}" fill="{ground}"/>"""


def _path(ring: Ring, frame: Frame, *, closed: bool) -> str:
    steps: list[tuple[int, int]] = []
    for lon_e7, lat_e7 in ring:
        step = frame.at(lon_e7, lat_e7)
        if not steps or step != steps[-1]:
            steps.append(step)
    return "M" + "L".join(f"{x} {y}" for x, y in steps) + ("z" if closed else "")


_ORDER = {"land": 0, "water": 0, "river": 1, "line": 2, "place": 3}


def _depth(layer: Layer) -> tuple[int, int, str]:
    """What lies under what: the wider below, so an ocean under its islands, a lake on one."""
    lons = [lon for ring in layer.rings for lon, _ in ring]
    lats = [lat for ring in layer.rings for _, lat in ring]
    if not lons:
        return _ORDER[layer.kind], 0, repr(layer)
    extent = (max(lons) - min(lons)) * (max(lats) - min(lats))
    return _ORDER[layer.kind], -extent, repr(layer)


def _ground(snapshot: Snapshot, frame: Frame, language: str) -> list[str]:
    named = {party.code: party.names.in_(language) for party in snapshot.parties}
    drawn = {
        "land": 'fill="#f6f3ec" stroke="#b9b3a3" stroke-width="1"',
        "water": 'fill="#e3ebef" stroke="#b9c6cd" stroke-width="1"',
        "river": 'fill="none" stroke="#a9bfca" stroke-width="1.5"',
        "line": 'fill="none" stroke="#4a4a4a" stroke-width="1.6" stroke-dasharray="9 4"',
    }
    out = []
    for layer in sorted(snapshot.layers, key=_depth):
        if layer.kind == "place":
            out.append(_place(layer, frame, language))
            continue
        closed = layer.kind in {"land", "water"}
        d = "".join(_path(ring, frame, closed=closed) for ring in layer.rings)
        said = [layer.names.in_(language)] if layer.names else []
        whose = [named.get(layer.by, layer.by)] if layer.by else []
        title = escape(legible(" · ".join([*said, *whose])))
        out.append(
            f'<path d="{d}" {drawn[layer.kind]} fill-rule="evenodd" clip-path="url(#frame)">'
            f"<title>{title}</title></path>"
        )
        if layer.kind == "line":
            out.append(_line_label(layer, frame, title))
    return out


def _line_label(layer: Layer, frame: Frame, title: str) -> str:
    ring = layer.rings[0]
    x, y = frame.at(*ring[len(ring) // 2])
    return (
        f'<text x="{x + 6}" y="{y - 6}" font-size="11" fill="#4a4a4a" '
        f'clip-path="url(#frame)">{title}</text>'
    )


def _place(layer: Layer, frame: Frame, language: str) -> str:
    x, y = frame.at(*layer.rings[0][0])
    name = escape(_short(layer.names.in_(language))) if layer.names else ""
    return (
        f'<g clip-path="url(#frame)"><circle cx="{x}" cy="{y}" r="2" fill="#77705f"/>'
        f'<text x="{x}" y="{y + 14}" text-anchor="middle" font-size="11" fill="#5d574a">'
        f"{name}</text></g>"
    )


def _graticule(frame: Frame) -> list[str]:
    wide = frame.east_e7 - frame.west_e7
    steps = (E7 // 20, E7 // 10, E7 // 4, E7 // 2, E7, 2 * E7, 5 * E7)
    step = next((each for each in steps if wide // each <= 9), steps[-1])
    out = []
    for lon_e7 in range(-(-frame.west_e7 // step) * step, frame.east_e7, step):
        x, _ = frame.at(lon_e7, frame.north_e7)
        out.append(f'<path d="M{x} 0V{frame.height}" stroke="#cfcabd" stroke-width=".6"/>')
        out.append(_degree_label(x + 3, frame.height - 5, lon_e7))
    for lat_e7 in range(-(-frame.south_e7 // step) * step, frame.north_e7, step):
        _, y = frame.at(frame.west_e7, lat_e7)
        out.append(f'<path d="M0 {y}H{WIDTH}" stroke="#cfcabd" stroke-width=".6"/>')
        out.append(_degree_label(4, y - 3, lat_e7))
    return out


def _degree_label(x: int, y: int, value_e7: int) -> str:
    hundredths = round(abs(value_e7) * 100 / E7)
    sign = "−" if value_e7 < 0 else ""
    said = f"{sign}{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f'<text x="{x}" y="{y}" font-size="9" fill="#918b7c">{said}°</text>'


def _areas(
    areas: Sequence[Area], unwatched: Iterable[str], frame: Frame, language: str
) -> list[str]:
    blind, out = set(unwatched), []
    for area in sorted(areas, key=lambda each: each.code):
        d = _path(area.ring, frame, closed=True)
        fill = 'fill="url(#hatch)" fill-opacity=".45"' if area.code in blind else 'fill="none"'
        out.append(f'<path d="{d}" {fill} stroke="#77705f" stroke-width="1.1"/>')
        x = sum(frame.at(*point)[0] for point in area.ring) // len(area.ring)
        y = min(frame.at(*point)[1] for point in area.ring) + 16
        name = escape(_short(area.names.in_(language)))
        out.append(
            f'<text x="{x}" y="{y}" text-anchor="middle" fill="#4b463a" font-weight="600" '
            f'stroke="#fff" stroke-width="3" paint-order="stroke">{name}</text>'
        )
    return out


def _shapes(
    marks: list[Mark], parties: Sequence[Party], language: str
) -> tuple[Callable[[str], int], list[tuple[int, str]]]:
    """A shape for each speaker while there are enough, else one for each party and each role."""
    speakers = sorted({mark.speaker for mark in marks})
    named = {party.code: party for party in parties}
    if len(speakers) <= len(SHAPES):
        given = {speaker: number for number, speaker in enumerate(speakers)}
    else:
        roles = {code: named[code].role if code in named else "outlet" for code in speakers}
        sides = [code for code in speakers if roles[code] == "party"]
        given = {code: _ROLE_SHAPES.get(roles[code], 3) for code in speakers}
        given.update({code: (0, 1, 4, 5)[number % 4] for number, code in enumerate(sides)})
    words: dict[int, list[str]] = {}
    for speaker in speakers:
        name = named[speaker].names.in_(language) if speaker in named else speaker
        words.setdefault(given[speaker], []).append(name)
    legend = [
        (shape, names[0] if len(names) == 1 else f"{names[0]} … {names[-1]}")
        for shape, names in sorted(words.items())
    ]
    return given.__getitem__, legend


def _watermark(mode: Mode, frame: Frame, language: str) -> str:
    x, y = WIDTH // 2, frame.height // 2
    return (
        f'<text x="{x}" y="{y}" text-anchor="middle" font-size="110" font-weight="700" '
        f'fill="#8c2f2f" fill-opacity=".09" transform="rotate(-18 {x} {y})">'
        f"{watermark(mode, language)}</text>"
    )


def _scale(frame: Frame, language: str) -> str:
    lengths = (100, 50, 20, 10, 5, 2, 1)
    km = next((each for each in lengths if frame.units(each * 1000) <= WIDTH // 4), lengths[-1])
    long = frame.units(km * 1000)
    unit = "km" if language == "en" else "км"
    right, y = WIDTH - _MARGIN, frame.height - 26
    return (
        f'<rect x="{right - long - 8}" y="{y - 10}" width="{long + 16}" height="28" fill="#fff" '
        f'fill-opacity=".75"/>'
        f'<path d="M{right - long} {y - 5}v5h{long}v-5" fill="none" stroke="#4b463a"/>'
        f'<text x="{right}" y="{y + 14}" text-anchor="end" font-size="10" fill="#4b463a">'
        f"{km} {unit}</text>"
    )


def _short(name: str) -> str:
    """A name that fits on the map; the table beside it has the whole."""
    said = legible(name)
    return said if len(said) <= _NAME_LETTERS else f"{said[: _NAME_LETTERS - 1]}…"


def _legend(legend: list[tuple[int, str]], frame: Frame, language: str) -> list[str]:
    out = []
    for number, (shape, name) in enumerate(legend):
        x, y = 16 + number % 4 * 236, frame.height + 26 + number // 4 * 26
        out.append(
            f'<path d="{SHAPES[shape][1]}" fill="#1f3a4d" transform="translate({x} {y - 4})"/>'
            f'<text x="{x + 14}" y="{y}" fill="#333">{escape(_short(name))}</text>'
        )
    y = frame.height + 26 * (1 + (len(legend) + 3) // 4)
    words = " · ".join(_LEGEND[key].in_(language) for key in ("filled", "hollow", "ring", "hatch"))
    out.append(f'<text x="10" y="{y}" font-size="11" fill="#555">{escape(words)}</text>')
    return out
