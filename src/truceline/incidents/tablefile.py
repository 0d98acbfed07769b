"""The fusion engine on a table of claims: bytes in, bytes out.

Format: docs/formats/claims-table.md.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.engines.arrays import I64
from truceline.incidents.fusing import Fused, fuse_fully
from truceline.incidents.naming import incident_ids
from truceline.incidents.tablerows import Refused, numbered, read_rows
from truceline.incidents.weights import FIT
from truceline.values.errors import BadValue

PAIR_FORMAT = "truceline-fusion-pair/1"
Table = dict[str, list[str] | list[int] | list[int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A table fused.

    out: the table of claims with their incidents, ready to be written. refused: rows not read.
    numbers: the table's own number of each claim, in the order of `fused.claims`.
    """

    out: bytes
    refused: tuple[Refused, ...]
    fused: Fused
    numbers: tuple[str, ...]

    def summary(self) -> str:
        """What happened, one line and one more for each row refused."""
        claims, incidents = len(self.numbers), len(self.fused.incidents)
        beside = int((self.fused.label < 0).sum())
        first = f"claims {claims}, incidents {incidents}, answers to nothing here {beside}"
        lines = [f"{first}, rows refused {len(self.refused)}"]
        return "\n".join(lines + [f"row {one.row}: {one.reason}" for one in self.refused])


def fuse_table(raw: bytes, suffix: str, out_suffix: str) -> Done:
    """Fuse a table of claims. suffix, out_suffix: `.csv`, `.jsonl` or `.parquet`.

    Raises BadValue for another ending. Rows that cannot be read are refused by number and reason.
    """
    _writer(out_suffix)
    rows, refused = read_rows(raw, suffix)
    claims = numbered(rows)
    fused = fuse_fully(list(claims.values()))
    numbers = tuple(claims)
    own = dict(zip((claim.id for claim in fused.claims), numbers, strict=True))
    names = _names(fused, own)
    out: Table = {
        "claim": list(numbers),
        "incident": [names.get(number, ("", None))[0] for number in numbers],
        "origins": [names.get(number, ("", None))[1] for number in numbers],
    }
    table = _writer(out_suffix)(out)
    return Done(out=table, refused=tuple(refused), fused=fused, numbers=numbers)


def pairs_table(done: Done, suffix: str) -> bytes:
    """Every pair that came within reach of a link, with its evidence and whether it stands."""
    chosen = _shown(done.fused)
    evidence = done.fused.evidence.at(chosen)
    one, other = _ends(done, chosen)
    out: Table = {
        "one": one,
        "other": other,
        "millibits": evidence.total.tolist(),
        "copy": evidence.copy.astype(np.int64).tolist(),
        "together": _together(done.fused, chosen).tolist(),
    }
    return _writer(suffix)(out)


def explained(done: Done) -> bytes:
    """The same pairs with their reasons, one JSON object per line."""
    chosen = _shown(done.fused)
    one, other = _ends(done, chosen)
    together = _together(done.fused, chosen).tolist()
    evidence = done.fused.evidence
    lines = []
    for at, number in enumerate(chosen.tolist()):
        reasons = [
            {"code": reason.code, "millibits": reason.millibits, "facts": dict(reason.facts)}
            for reason in evidence.reasons(number)
        ]
        line = {
            "format": PAIR_FORMAT,
            "one": one[at],
            "other": other[at],
            "millibits": int(evidence.total[number]),
            "copy": bool(evidence.copy[number]),
            "together": bool(together[at]),
            "reasons": reasons,
        }
        lines.append(msgspec.json.encode(line))
    return b"".join(line + b"\n" for line in lines)


def _names(fused: Fused, own: dict[str, str]) -> dict[str, tuple[str, int]]:
    """For each claim's own number its incident's name and origins.

    Names are drawn anew from the table's own numbers: the ones the engine was given depend on how
    many rows come before.
    """
    asserting = {fused.claims[row].id for row in fused.asserting.tolist()}
    anchors = [
        own[next(claim for claim in incident.claims if claim in asserting)]
        for incident in fused.incidents
    ]
    return {
        own[claim]: (name, incident.origins)
        for incident, name in zip(fused.incidents, incident_ids(anchors), strict=True)
        for claim in incident.claims
    }


def _shown(fused: Fused) -> I64:
    evidence = fused.evidence
    rows = np.flatnonzero(evidence.total >= FIT)
    order = np.lexsort((fused.of.claim[evidence.other[rows]], fused.of.claim[evidence.one[rows]]))
    return rows[order]


def _together(fused: Fused, chosen: I64) -> I64:
    label = fused.label[fused.of.claim]
    one, other = label[fused.evidence.one[chosen]], label[fused.evidence.other[chosen]]
    return np.asarray((one == other) & (one >= 0), dtype=np.int64)


def _ends(done: Done, chosen: I64) -> tuple[list[str], list[str]]:
    of, evidence = done.fused.of, done.fused.evidence
    names = np.array(done.numbers, dtype=object)
    one, other = of.claim[evidence.one[chosen]], of.claim[evidence.other[chosen]]
    return names[one].tolist(), names[other].tolist()


def _writer(suffix: str) -> Callable[[Table], bytes]:
    writers = {".csv": _csv, ".jsonl": _jsonl, ".parquet": _parquet}
    if suffix.lower() not in writers:
        raise BadValue(f"a table is written as .csv, .jsonl or .parquet, not {suffix!r}")
    return writers[suffix.lower()]


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(_rows(table))
    return text.getvalue().encode()


def _jsonl(table: Table) -> bytes:
    lines = (msgspec.json.encode(dict(zip(table, row, strict=True))) for row in _rows(table))
    return b"".join(line + b"\n" for line in lines)


def _parquet(table: Table) -> bytes:
    kinds = {
        "claim": pa.string(),
        "incident": pa.string(),
        "one": pa.string(),
        "other": pa.string(),
    }
    fields = [pa.field(name, kinds.get(name, pa.int64())) for name in table]
    out = io.BytesIO()
    pq.write_table(pa.table(table, schema=pa.schema(fields)), out)
    return out.getvalue()


def _rows(table: Table) -> Iterator[tuple[object, ...]]:
    return zip(*table.values(), strict=True)
