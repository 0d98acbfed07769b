"""Found a centre: its keys, a log of size 0, and the entries that say what it is.

1. The folder must be empty or absent; nothing is ever founded over something.
2. The terms, the log's name and every code are checked before a single byte is written.
3. Keys: the log's own, the desk's, and in an exercise each party's and body's; mode 0600. In a
   live centre parties hand in the public halves, on cards.
4. A checkpoint of size 0 pins the log before its first entry.
5. Entry 0 says what the centre is and whose keys it takes; then the model, then the terms.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from truceline.coordination.adopted import ModelAdopted, TermsAdopted
from truceline.coordination.charter import Body, Charter, Part
from truceline.desk.centre import Settings, write_settings
from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.enrolling import (
    COMMON,
    NOBODY,
    Enrolled,
    common_groups,
    make_exercise,
    make_own,
    refuse_unusable,
)
from truceline.desk.errors import CentreRefused
from truceline.desk.keeping import wrap_for
from truceline.desk.keyring import log_keys, make_log_keys
from truceline.ledger.append import Appender
from truceline.ledger.errors import Malformed
from truceline.ledger.keys import load as load_key
from truceline.ledger.note import check_name
from truceline.ledger.seal import Wrap
from truceline.reports.taken import FileRef
from truceline.store.model import MODEL, PARTS
from truceline.terms.loading import Loaded, load
from truceline.terms.shapes import Files, file_bytes
from truceline.values.audience import ALL, CENTRE, PUBLIC
from truceline.values.canonical import canonical
from truceline.values.mode import Mode
from truceline.values.texts import LANGUAGES, Text

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")  # its officers' codes are eight longer
_RESERVED = frozenset({"log", "log-mldsa44", "desk", ALL, PUBLIC, *COMMON})
# Staff see what waits at once, so a slot delays nobody's help. Ninety-six entries a day cost a
# centre less than one busy hour, and a quarter of an hour is far below the day a party may learn.
SLOT_MINUTES = 15
_CLOSED = ("blobs", "state", "tables")  # what restricted reports say is in there


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a centre is to be.

    terms: the agreement's YAML; files: where geometry files it names are found.
    slot_minutes: how often what monitors hand in enters the log; None: as the mode has it.
    areas: the parts of the map bulletins speak of; map: GeoJSON drawn under them.
    guarantors, staff: codes of bodies named in the terms.
    enrolled: keys, recipients and groups of those who handed theirs in.
    """

    names: Text
    mode: Mode
    origin: str
    terms: bytes
    terms_name: str
    files: Files
    guarantors: tuple[str, ...] = ()
    staff: tuple[str, ...] = (CENTRE,)
    cutoff: str = "19:30"
    slot_minutes: int | None = None
    areas: tuple[Part, ...] = ()
    map: bytes | None = None
    enrolled: Enrolled = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What the first entries speak of."""

    charter: Charter
    terms: Loaded
    enrolled: Enrolled


def found(folder: Path, plan: Plan, clock: Clock) -> Desk:
    """Found a centre and open it. CentreRefused if the folder is taken, TermsRefused by terms."""
    if folder.exists() and any(folder.iterdir()):
        raise CentreRefused(
            f"{folder} is not empty; a centre is only ever founded in an empty folder"
        )
    loaded = load(plan.terms, plan.terms_name, plan.files)
    charter = _charter(plan, loaded)
    _refuse_unusable(plan, charter)
    folder.mkdir(parents=True, exist_ok=True)
    made = _Made(
        charter=charter, terms=loaded, enrolled=_make_keys(folder, plan, charter, clock.now_us())
    )
    write_settings(folder, Settings(name=plan.names.en, mode=plan.mode, origin=plan.origin))
    _first_entries(folder, plan, made, clock.now_us())
    return Desk.open(folder, clock)


def _charter(plan: Plan, loaded: Loaded) -> Charter:
    agreement = loaded.agreement
    parties = tuple(
        Body(code=code, names=dict(party.name)) for code, party in agreement.parties.items()
    )
    bodies = {
        code: Body(code=code, names=_names(name)) for code, name in agreement.doc.bodies.items()
    }
    bodies.setdefault(
        CENTRE, Body(code=CENTRE, names={"en": "centre", "uk": "центр", "ru": "центр"})
    )
    return Charter(
        names={language: plan.names.in_(language) for language in LANGUAGES},
        mode=plan.mode,
        origin=plan.origin,
        zone=agreement.doc.tz,
        cutoff=plan.cutoff,
        parties=parties,
        bodies=tuple(bodies.values()),
        guarantors=plan.guarantors,
        staff=plan.staff,
        areas=plan.areas,
        slot_minutes=_slot_minutes(plan),
    )


def _slot_minutes(plan: Plan) -> int:
    if plan.slot_minutes is not None:
        return plan.slot_minutes
    return 0 if plan.mode is Mode.REPLAY else SLOT_MINUTES  # what is studied was public already


def _refuse_unusable(plan: Plan, charter: Charter) -> None:
    """Names become key names and file names, and codes decide who reads: no slip may pass."""
    try:
        check_name(f"{plan.origin}/{'x' * 40}")
    except Malformed as problem:
        raise CentreRefused(
            f"the log cannot be called {plan.origin!r}; give it a name without spaces or plus "
            "signs, as --origin example.org/centre"
        ) from problem
    known = [body.code for body in (*charter.parties, *charter.bodies)]
    for code in known:
        taken = code in _RESERVED or code.endswith("-roots") or "-root-" in code
        if not _CODE.fullmatch(code) or taken or known.count(code) > 1:
            raise CentreRefused(
                f"{plan.terms_name}: {code!r} cannot be the code of a party or body; "
                "want at most 24 letters, digits, _ and -, each code once, none like VEL-roots or "
                f"VEL-root-1, and none of {', '.join(sorted(_RESERVED))}"
            )
    if strange := [code for code in (*plan.guarantors, *plan.staff) if code not in known]:
        raise CentreRefused(
            f"{', '.join(strange)}: no body of that code in {plan.terms_name}; "
            f"known are {', '.join(known)}"
        )
    refuse_unusable(charter, plan.enrolled)


def _names(name: str | Mapping[str, str]) -> dict[str, str]:
    return {"en": name, "uk": name, "ru": name} if isinstance(name, str) else dict(name)


def _make_keys(folder: Path, plan: Plan, charter: Charter, now_us: int) -> Enrolled:
    """Make and keep the keys; return what the founding entry says of everyone's."""
    keys = folder / "keys"
    keys.mkdir(mode=0o700)
    log_signers = make_log_keys(keys, plan.origin)
    Appender.create(folder, plan.origin, log_signers, now_us)
    for room in _CLOSED:
        (folder / room).chmod(0o700)
    enrolled = make_own(keys, plan.origin) + plan.enrolled
    if plan.mode is Mode.EXERCISE:
        enrolled += make_exercise(keys, charter, plan.enrolled)
    return enrolled + Enrolled(groups=common_groups(charter, enrolled))


def _first_entries(folder: Path, plan: Plan, made: _Made, now_us: int) -> None:
    """Say what the centre is, then the model, then the terms: one commit each, in this order."""
    appender = Appender.open(folder, log_keys(folder / "keys"))
    charter, wrap = made.charter, wrap_for(ALL, plan.mode, {})
    if plan.map is not None:
        charter = msgspec.structs.replace(charter, map=_file(appender, plan.map, wrap))
    files = {
        geometry.file: _file(appender, file_bytes(geometry.file, plan.files), wrap)
        for geometry in made.terms.agreement.doc.geometry.values()
        if geometry.file
    }
    terms = TermsAdopted(
        name=plan.terms_name, text=plan.terms.decode(), sha256=made.terms.sha256, files=files
    )
    desk_key = load_key(folder / "keys" / "desk")
    for kind, payload, enrolled in (
        ("centre/founded", charter, made.enrolled),
        ("model/adopted", ModelAdopted(model=MODEL, parts=PARTS), NOBODY),
        ("terms/adopted", terms, NOBODY),
    ):
        ref = appender.put_blob(canonical(payload), wrap)
        with appender.commit(now_us) as batch:
            batch.add(
                desk_key,
                kind=kind,
                mode=plan.mode,
                payload=ref,
                vkeys=enrolled.authors,
                readers=enrolled.readers,
                groups=enrolled.groups,
            )


def _file(appender: Appender, raw: bytes, wrap: Wrap) -> FileRef:
    ref = appender.put_blob(raw, wrap)
    return FileRef(blob=ref.blob, size=ref.size, com=ref.com, enc=ref.enc)
