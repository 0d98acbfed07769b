"""What a patrol or post perceived, what it did not, and when it was watching.

Format: docs/formats/sources/patrol-log.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from truceline.reports.fields import (
    BadField,
    Cells,
    act_of,
    choice_of,
    code_of,
    count_of,
    language_of,
    must,
    whole_of,
)
from truceline.reports.report import Covered, Receipt, Report, Said, Unreadable
from truceline.reports.statement import COLUMN_NAMES, when
from truceline.reports.tables import Columns, read_table
from truceline.reports.times import stretch_of
from truceline.reports.watching import own_place, perceived_at, state_of
from truceline.values.acts import EXPLOSION, UNKNOWN
from truceline.values.signatures import Basis, Direction, Signature, Stance

OWN_ERROR_M = 20  # a hand-held receiver in the open, generously
_SHARED = ("ref", "date", "time", "until", "zone", "datum", "act", "weapon", "count", "wording")
COLUMNS = Columns(
    names={name: COLUMN_NAMES[name] for name in (*_SHARED, "language")}
    | {
        "record": ("запис", "запись"),
        "patrol": ("патруль",),
        "own_position": ("власна позиція", "собственная позиция"),
        "own_lat": (),
        "own_lon": (),
        "own_error_m": (),
        "bearing_deg": ("азимут",),
        "bearing_error_deg": (),
        "range_min_m": ("дальність від", "дальность от"),
        "range_max_m": ("дальність до", "дальность до"),
        "perceived": ("сприйняття", "восприятие"),
        "signature": ("ознака", "признак"),
        "direction": ("напрямок", "направление"),
        "kind": (),
        "state": (),
        "reason": (),
    },
    required=(
        (("record",),),
        (("patrol",),),
        (("date",),),
        (("own_position",), ("own_lat", "own_lon")),
    ),
    page="docs/formats/sources/patrol-log.md",
)
ACT_OF_SIGNATURE = {
    Signature.EXPLOSION: EXPLOSION,
    Signature.MUZZLE_FLASH: "fire",
    Signature.BURST: "fire",
    Signature.SHOT: "fire",
    Signature.AERIAL_OBJECT: "flight",
    Signature.WEAPON_PRESENT: "presence.weapon",
}
_SENSES = {basis.value: basis for basis in (Basis.SEEN, Basis.HEARD, Basis.RECORDED)}
_SIGNATURES = {signature.value: signature for signature in Signature}
_DIRECTIONS = {"": Direction.UNDETERMINED} | {way.value: way for way in Direction}


def parse(raw: bytes, receipt: Receipt) -> Iterator[Report | Unreadable]:
    """Yield an observation, a non-observation or a stretch of watching per row, in order."""
    return read_table(raw, COLUMNS, partial(_body, receipt=receipt))


def _body(row: Cells, receipt: Receipt) -> Said | Covered:
    record = must(row, "record").casefold()
    if record == "watch":
        return _watch(row, receipt)
    if record == "observed":
        return _observed(row, receipt)
    if record == "nothing":
        return _nothing(row, receipt)
    raise BadField(f"record {record!r} is not read; write observed, nothing or watch")


def _observed(row: Cells, receipt: Receipt) -> Said:
    signature = choice_of(must(row, "signature"), "signature", _SIGNATURES)
    said = _perceived(row, receipt, Stance.ASSERTS)
    act = said.act if row["act"] else ACT_OF_SIGNATURE.get(signature, UNKNOWN)
    return replace(
        said, act=act, type_given=said.type_given or signature.value, signature=signature
    )


def _nothing(row: Cells, receipt: Receipt) -> Said:
    if row["signature"] or row["count"]:
        raise BadField("record nothing has no signature and no count; is it an observed one?")
    return _perceived(row, receipt, Stance.NOT_PERCEIVED)


def _perceived(row: Cells, receipt: Receipt, stance: Stance) -> Said:
    patrol = code_of(must(row, "patrol"), "patrol")
    own = own_place(row, "own_", OWN_ERROR_M)
    act, type_given = act_of(row["act"]) if row["act"] else (UNKNOWN, "")
    return Said(
        speaker=patrol,
        chain=(patrol,),
        ref=row["ref"],
        basis=choice_of(must(row, "perceived"), "perceived", _SENSES),
        stance=stance,
        span=when(row, receipt),
        place=perceived_at(own, row),
        observer=own,
        act=act,
        type_given=type_given,
        direction=choice_of(row["direction"], "direction", _DIRECTIONS),
        count=count_of(row["count"]),
        weapon=row["weapon"],
        wording=row["wording"],
        language=language_of(row["language"], receipt.language),
    )


def _watch(row: Cells, receipt: Receipt) -> Covered:
    reach_m = whole_of(must(row, "range_max_m"), "range_max_m", low=1, high=100_000)
    own = own_place(row, "own_", OWN_ERROR_M)
    kind = row["kind"].casefold() or "patrol"
    if kind not in {"patrol", "fixed_post"}:
        raise BadField(f"kind {kind!r} is not read; write patrol or fixed_post")
    state, reason = state_of(row)
    return Covered(
        watcher=code_of(must(row, "patrol"), "patrol"),
        kind=kind,
        span=stretch_of(
            must(row, "date"),
            row["time"],
            row["until"],
            stated_zone=row["zone"],
            file_zone=receipt.zone,
        ),
        place=replace(own, a_m=reach_m, b_m=reach_m),
        state=state,
        reason=reason,
        wording=row["wording"],
    )
