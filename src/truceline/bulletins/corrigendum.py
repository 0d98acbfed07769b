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
        *_before(published, new),
        *_coverage(published, new),
        *_incidents(published, new),
        *_states(published, new),
        *_counts(published, new),
    ]
    return tuple(sorted(found, key=lambda each: (each.at_us, repr(each))))


def _claims(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Claims about the period; one about an earlier period is that one's correction to make."""
    old = {line.id: line for line in published.claims if not line.late}
    now = {line.id: line for line in new.claims if not line.late}
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


def _before(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    """How the figures of the period before moved, which this one is compared with."""
    old, now = _earlier(published), _earlier(new)
    for who, stance in old.keys() | now.keys():
        was, number = old[who, stance], now[who, stance]
        if was != number:
            kind = f"before_{stance}"
            yield Change(kind=kind, at_us=new.cutoff_us, who=who, was=was, now=number)


def _earlier(snapshot: Snapshot) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for line in snapshot.previous_claims:
        sums[line.speaker, line.stance.value] += line.number
    return sums


def _coverage(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    pairs = (
        ("watched", published.coverage, new.coverage),
        ("watched_before", published.previous_coverage, new.previous_coverage),
    )
    for change, before, after in pairs:
        old = {_key(line): line.watched_us // MINUTE_US for line in before}
        now = {_key(line): line.watched_us // MINUTE_US for line in after}
        for area, owner, kind in old.keys() | now.keys():
            was, minutes = old.get((area, owner, kind)), now.get((area, owner, kind))
            if was != minutes:
                yield Change(
                    kind=change,
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
    old = {line.number: line for line in published.complaints}
    now = {line.number: line for line in new.complaints}
    for number in old.keys() | now.keys():
        if old.get(number) != now.get(number):
            line = now.get(number) or old[number]
            at_us = line.answered_us or line.acknowledged_us or line.received_us
            yield Change(kind="complaint_altered", at_us=at_us, subject=number, who=line.by)
    before = {line.number: line for line in published.windows}
    after = {line.number: line for line in new.windows}
    for number in before.keys() | after.keys():
        if before.get(number) != after.get(number):
            yield Change(kind="window_altered", at_us=new.cutoff_us, subject=number)


def _counts(published: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Figures that are mere counts: proposals by article and verdict, limits, unread rows."""
    old, now = _counted_lines(published), _counted_lines(new)
    for kind, subject, detail in old.keys() | now.keys():
        was, number = old[kind, subject, detail], now[kind, subject, detail]
        if was != number:
            yield Change(
                kind=kind,
                at_us=new.cutoff_us,
                subject=subject,
                detail=detail,
                was=was,
                now=number,
            )


def _counted_lines(snapshot: Snapshot) -> Counter[tuple[str, str, str]]:
    sums: Counter[tuple[str, str, str]] = Counter()
    sums["restrictions", "", ""] = len(snapshot.restrictions)
    for proposal in snapshot.proposals:
        sums["proposal", proposal.article, proposal.verdict] += proposal.number
    for unread in snapshot.unreadable:
        sums["unreadable", unread.source, ""] += unread.number
    return sums
