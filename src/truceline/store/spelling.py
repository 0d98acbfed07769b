"""How values are spelt in a table cell, and read back: the only place that knows both."""

import msgspec

from truceline.values.counts import Count
from truceline.values.instant import Span
from truceline.values.place import Place
from truceline.values.unknown import Unknown

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.decode
_decode_place = msgspec.json.Decoder(Place).decode
_decode_count = msgspec.json.Decoder(Count).decode
_decode_unknown = msgspec.json.Decoder(Unknown).decode
_decode_codes = msgspec.json.Decoder(tuple[str, ...]).decode


def codes(values: tuple[str, ...]) -> str:
    """A tuple of codes as a JSON array."""
    return _encode(values).decode() if values else "[]"


def read_codes(cell: str) -> tuple[str, ...]:
    """The tuple of codes in a cell."""
    return _decode_codes(cell) if cell != "[]" else ()


def value(given: Place | Count | Unknown | None) -> str:
    """A place, a count or a reason for having none, as a JSON object; empty for None."""
    return "" if given is None else _encode(given).decode()


def read_place(cell: str) -> Place | Unknown:
    """The place in a cell, or why there is none."""
    return _decode_place(cell) if '"lat_e7"' in cell else _decode_unknown(cell)


def read_place_or_none(cell: str) -> Place | None:
    """The place in a cell that may be empty."""
    return _decode_place(cell) if cell else None


def read_count(cell: str) -> Count | Unknown:
    """The count in a cell, or why there is none."""
    return _decode_count(cell) if '"low"' in cell else _decode_unknown(cell)


def span_cells(span: Span | Unknown) -> tuple[int | None, int | None, str]:
    """A span as (from, until, said); an unknown one as (NULL, NULL, its reason and words)."""
    if isinstance(span, Span):
        return span.from_us, span.until_us, span.said
    return None, None, _encode(span).decode()


def read_span(from_us: int | None, until_us: int | None, said: str) -> Span | Unknown:
    """The span in three cells, or why there is none."""
    if from_us is None or until_us is None:
        return _decode_unknown(said)
    return Span(from_us=from_us, until_us=until_us, said=said)


def tree(plain: object) -> str:
    """Anything msgspec can spell, sorted, for cells that are only ever read whole."""
    return _encode(plain).decode()


def read_span_or_none(from_us: int | None, until_us: int | None) -> Span | None:
    """The span in two cells that may be empty."""
    if from_us is None or until_us is None:
        return None
    return Span(from_us=from_us, until_us=until_us)
