"""What a corrected bulletin changes: every difference, dated by what brought it about.

A published bulletin is never altered. The new one is drawn for the same period at a later ledger
index, stands beside the old one, and lists what differs and since when that was known.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from truceline.bulletins.snapshot import Change, ClaimLine, CoverageLine, Snapshot
from truceline.values.errors import BadValue
from truceline.values.instant import MINUTE_US
from truceline.values.texts import Text


def corrigendum(published: Snapshot, new: Snapshot, notes: tuple[Text, ...] = ()) -> Snapshot:
    """The new snapshot as a correction of the published one.

    Raises BadValue where the two do not speak of the same period to the same readers, where the
    new one was drawn no later, or where the published one never had a number.
    """
    if not published.number:
        raise BadValue("a draft was never published; draw it again instead of correcting it")
    for name in ("mode", "zone", "from_us", "until_us", "audience"):
        was, now = getattr(published, name), getattr(new, name)
        if was != now:
            raise BadValue(f"{published.number} has {name} {was}, not {now}; it cannot correct it")
    if new.size < published.size:
        raise BadValue(
            f"{published.number} was drawn at {published.size}; "
            f"a correction cannot be drawn at {new.size}, before it"
        )
    return replace(new, corrects=published.number, notes=notes, changes=changes(published, new))


def changes(published: Snapshot, new: Snapshot) -> tuple[Change, ...]:
    """Every difference between two snapshots of one period, by when it became known."""
    found = [
        *_claims(published, new),
        *_tallies(published, new),
        *_coverage(published, new),
        *_incidents(published, new),
        *_states(published, new),
    ]
    return tuple(sorted(found, key=lambda each: (each.at_us, repr(each))))


def _claims(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    old = {line.id: line for line in published.claims}
    now = {line.id: line for line in new.claims}
    for number in old.keys() | now.keys():
        if number not in old:
            yield _claim("claim_added", now[number], at_us=now[number].known_us)
        elif number not in now:
            yield _claim("claim_removed", old[number], at_us=new.cutoff_us)
        elif old[number] != now[number]:
            yield _claim("claim_altered", now[number], at_us=new.cutoff_us)


def _claim(kind: str, line: ClaimLine, *, at_us: int) -> Change:
    return Change(kind=kind, at_us=at_us, subject=line.id, who=line.speaker)


def _tallies(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    """How one speaker's own counts moved; dated by the last of its claims that came in since."""
    old, now = _counted(published), _counted(new)
    known = {line.id for line in published.claims}
    for who, stance in old.keys() | now.keys():
        was, number = old[who, stance], now[who, stance]
        if was != number:
            since = [
                each.known_us for each in new.claims if each.id not in known and each.speaker == who
            ]
            at_us = max(since, default=new.cutoff_us)
            yield Change(kind=stance, at_us=at_us, who=who, was=was, now=number)


def _counted(snapshot: Snapshot) -> Counter[tuple[str, str]]:
    return Counter((line.speaker, line.stance.value) for line in snapshot.claims if not line.late)


def _coverage(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    old = {_key(line): line.watched_us // MINUTE_US for line in published.coverage}
    now = {_key(line): line.watched_us // MINUTE_US for line in new.coverage}
    for area, owner, kind in old.keys() | now.keys():
        was, minutes = old.get((area, owner, kind)), now.get((area, owner, kind))
        if was != minutes:
            yield Change(
                kind="watched",
                at_us=new.cutoff_us,
                subject=area,
                who=owner,
                detail=kind,
                was=was,
                now=minutes,
            )


def _key(line: CoverageLine) -> tuple[str, str, str]:
    return line.area, line.owner, line.kind


def _incidents(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    old = {line.id: line for line in published.incidents}
    now = {line.id: line for line in new.incidents}
    known = {line.id: line.known_us for line in new.claims}
    for number in old.keys() | now.keys():
        if old.get(number) == now.get(number):
            continue
        kind = "added" if number not in old else "removed" if number not in now else "altered"
        before = old[number].claims if number in old else ()
        joined = [
            each for each in (now[number].claims if number in now else ()) if each not in before
        ]
        at_us = max((known[each] for each in joined if each in known), default=new.cutoff_us)
        yield Change(kind=f"incident_{kind}", at_us=at_us, subject=number)


def _states(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    complaints = {line.number: line for line in published.complaints}
    for complaint in new.complaints:
        if complaints.get(complaint.number) != complaint:
            at_us = complaint.answered_us or complaint.acknowledged_us or complaint.received_us
            yield Change(
                kind="complaint_altered", at_us=at_us, subject=complaint.number, who=complaint.by
            )
    windows = {line.number: line for line in published.windows}
    for window in new.windows:
        if windows.get(window.number) != window:
            yield Change(kind="window_altered", at_us=new.cutoff_us, subject=window.number)
