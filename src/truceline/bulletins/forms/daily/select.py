"""Draw the figures of a daily bulletin from a snapshot.

Plan: 1 claims per speaker, 2 per area beside coverage, 3 per act, 4 incidents, 5 clocks, 6 late,
7 map, 8 annex. Every step sorts, so the order of the snapshot's rows cannot show. No step adds
what two speakers say.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from truceline.bulletins.forms.daily.figures import (
    ActFigures,
    Annex,
    AreaClaimant,
    AreaFigures,
    Claimant,
    Clock,
    Complaint,
    Daily,
    Incidents,
    Late,
    Observed,
    SpeakerActs,
    Tally,
)
from truceline.bulletins.forms.daily.placing import (
    MARKS_PRINTED,
    NUMBERS_PRINTED,
    marks_of,
    unplaced,
)
from truceline.bulletins.marks import CROWDED
from truceline.bulletins.snapshot import (
    ANY,
    NOWHERE,
    ClaimLine,
    ComplaintLine,
    CoverageLine,
    IncidentLine,
    PreviousCount,
    ProposalLine,
    Snapshot,
)
from truceline.bulletins.wording import VERDICTS
from truceline.values.counts import Count, total
from truceline.values.mode import Mode
from truceline.values.signatures import Basis, Stance

# A page of A4 holds about 45 rows. A group longer than most of a page is cut, and says so.
PRINTED_PER_GROUP = 30
INCIDENTS_PRINTED = 30
CHANGES_PRINTED = 60
MOST_COLUMNS = 5
MANY_BLANK = 4
Row = TypeVar("Row")
_VERDICTS = {code: place for place, code in enumerate(VERDICTS)}
_PERCEIVED = frozenset({Basis.SEEN, Basis.HEARD, Basis.RECORDED})


def select(snapshot: Snapshot) -> Daily:
    """The figures of a daily bulletin; equal for equal rows in any order."""
    claims = sorted(snapshot.claims, key=lambda line: (line.entry, line.row))
    current = [line for line in claims if not line.late]
    speakers = _speakers(snapshot, current)
    areas = _areas(snapshot, current)
    complaints = _complaints(snapshot)
    marks = marks_of(current)
    acts = _acts(current, speakers)
    annex = _annex(claims)
    windows = _ordered(snapshot.windows, lambda line: line.number)
    wide = len(speakers) > MOST_COLUMNS
    return Daily(
        claimants=_claimants(snapshot, current, speakers),
        areas=areas,
        blank=_blank(areas),
        watched=tuple(line for each in areas for line in _summed_up(each.coverage)),
        unwatched=tuple(each.area for each in areas if each.observed is Observed.NOT and each.area),
        previous_watched=tuple(
            line for each in areas for line in _summed_up(each.previous_coverage)
        ),
        previous_unwatched=tuple(
            each.area for each in areas if each.previous_observed is Observed.NOT and each.area
        ),
        speakers=tuple(speakers),
        acts=() if wide else acts,
        acts_by_speaker=_by_speaker(acts, speakers) if wide else (),
        incidents=_incidents(snapshot.incidents),
        complaints=complaints,
        overdue=tuple(
            each.line.number
            for each in complaints
            if Clock.OVERDUE in (each.acknowledgement, each.answer)
        ),
        windows=windows,
        open_windows=tuple(line.number for line in windows if line.state == "opened"),
        proposals=_ordered(snapshot.proposals, _proposal_order),
        restrictions=_ordered(snapshot.restrictions, lambda line: line.span.from_us),
        late=_late([line for line in claims if line.late]),
        unreadable=_ordered(snapshot.unreadable, lambda line: line.source),
        changes=_ordered(snapshot.changes, lambda each: each.at_us)[:CHANGES_PRINTED],
        more_changes=max(0, len(snapshot.changes) - CHANGES_PRINTED),
        objections=_ordered(snapshot.objections, lambda each: each.at_us),
        marks=marks,
        marks_printed=marks[:MARKS_PRINTED],
        crowded=len(marks) > CROWDED,
        unplaced=unplaced(current),
        annex=annex,
        cut=any(group.more for group in annex),
        printed_per_group=PRINTED_PER_GROUP,
        names_accused=snapshot.mode is not Mode.REPLAY,
    )


def _ordered(rows: Iterable[Row], key: Callable[[Row], object]) -> tuple[Row, ...]:
    """Rows by a key, ties by everything they hold, so the order they came in cannot show."""
    return tuple(sorted(rows, key=lambda row: (key(row), repr(row))))


def _speakers(snapshot: Snapshot, claims: Iterable[ClaimLine]) -> list[str]:
    """Parties always, even with nothing said; others if they said something now or before.

    In a replay the parties are those of an invented agreement: nobody could have heard them, and
    a row of zeros would read as their silence.
    """
    replay = snapshot.mode is Mode.REPLAY
    named = {party.code for party in snapshot.parties if party.role == "party" and not replay}
    heard = {line.speaker for line in claims}
    before = {line.speaker for line in snapshot.previous_claims}
    return sorted(named | heard | before)


def _tally(claims: Iterable[ClaimLine]) -> Tally:
    stances = Counter(line.stance for line in claims)
    return _tally_of(stances)


def _previous(counts: Iterable[PreviousCount]) -> Tally:
    stances: Counter[Stance] = Counter()
    for line in counts:
        stances[line.stance] += line.number
    return _tally_of(stances)


def _tally_of(stances: Counter[Stance]) -> Tally:
    return Tally(
        asserts=stances[Stance.ASSERTS],
        denies=stances[Stance.DENIES],
        not_perceived=stances[Stance.NOT_PERCEIVED],
    )


# 1 claims per speaker
def _claimants(
    snapshot: Snapshot, claims: list[ClaimLine], speakers: list[str]
) -> tuple[Claimant, ...]:
    rows = []
    for speaker in speakers:
        own = [line for line in claims if line.speaker == speaker]
        before = [line for line in snapshot.previous_claims if line.speaker == speaker]
        asserting = [line for line in own if line.stance is Stance.ASSERTS]
        counts = [line.count for line in asserting if isinstance(line.count, Count)]
        rows.append(
            Claimant(
                speaker=speaker,
                role=_role(snapshot, speaker, own),
                owner=own[0].owner if own else "",
                now=_tally(own),
                previous=_previous(before),
                previous_late=sum(line.late for line in before),
                stated=total(counts),
                giving=len(counts),
                silent=len(asserting) - len(counts),
            )
        )
    return tuple(rows)


def _role(snapshot: Snapshot, speaker: str, own: list[ClaimLine]) -> str:
    """As listed; else a party's own source, a monitor if it perceived, or some other source."""
    roles = {party.code: party.role for party in snapshot.parties}
    if speaker in roles:
        return roles[speaker]
    if own and roles.get(own[0].owner) == "party":
        return "of_party"
    return "monitor" if any(line.basis in _PERCEIVED for line in own) else "source"


# 2 claims per area, beside coverage
def _areas(snapshot: Snapshot, claims: list[ClaimLine]) -> tuple[AreaFigures, ...]:
    codes = sorted(area.code for area in snapshot.areas)
    used = {line.area for line in claims} | {line.area for line in snapshot.previous_claims}
    outside = bool(used.difference(codes))
    return tuple(
        _area(snapshot, code, [line for line in claims if _in(line.area, codes) == code], codes)
        for code in [*codes, *([NOWHERE] if outside else [])]
    )


def _in(area: str, codes: list[str]) -> str:
    return area if area in codes else NOWHERE


def _area(snapshot: Snapshot, code: str, claims: list[ClaimLine], codes: list[str]) -> AreaFigures:
    before = [line for line in snapshot.previous_claims if _in(line.area, codes) == code]
    speakers = sorted({line.speaker for line in claims} | {line.speaker for line in before})
    coverage = _coverage(snapshot.coverage, code)
    earlier = _coverage(snapshot.previous_coverage, code)
    return AreaFigures(
        area=code,
        observed=_observed(coverage),
        coverage=coverage,
        previous_observed=_observed(earlier),
        previous_coverage=earlier,
        claimants=tuple(_in_area(speaker, claims, before) for speaker in speakers),
        silent=not claims,
    )


def _blank(areas: tuple[AreaFigures, ...]) -> tuple[str, ...]:
    """Areas with nothing to say, to be named in one place where they are many."""
    empty = tuple(
        each.area
        for each in areas
        if not (each.claimants or each.coverage or each.previous_coverage)
    )
    return empty if len(empty) >= MANY_BLANK else ()


def _in_area(speaker: str, claims: list[ClaimLine], before: list[PreviousCount]) -> AreaClaimant:
    own = [line for line in claims if line.speaker == speaker]
    return AreaClaimant(
        speaker=speaker,
        now=_tally(own),
        previous=_previous([line for line in before if line.speaker == speaker]),
        elsewhere=sum(bool(line.also) for line in own if line.stance is Stance.ASSERTS),
    )


def _coverage(lines: Iterable[CoverageLine], area: str) -> tuple[CoverageLine, ...]:
    here = [line for line in lines if line.area == area]
    return _ordered(here, lambda line: (line.owner, line.kind != ANY, line.kind))


def _summed_up(lines: tuple[CoverageLine, ...]) -> tuple[CoverageLine, ...]:
    """One owner's `any` line where there is one, else its lines kind by kind; zeros left out."""
    summed = {line.owner for line in lines if line.kind == ANY}
    return tuple(
        line
        for line in lines
        if (line.kind == ANY or line.owner not in summed) and line.watched_us + line.degraded_us
    )


def _observed(lines: Iterable[CoverageLine]) -> Observed:
    if any(line.watched_us for line in lines):
        return Observed.PARTLY
    return Observed.BADLY if any(line.degraded_us for line in lines) else Observed.NOT


# 3 claims per act
def _acts(claims: list[ClaimLine], speakers: list[str]) -> tuple[ActFigures, ...]:
    asserting = [line for line in claims if line.stance is Stance.ASSERTS]
    counted = Counter((line.act, line.speaker) for line in asserting)
    return tuple(
        ActFigures(act=act, numbers=tuple((who, counted[act, who]) for who in speakers))
        for act in sorted({line.act for line in asserting})
    )


def _by_speaker(acts: tuple[ActFigures, ...], speakers: list[str]) -> tuple[SpeakerActs, ...]:
    rows: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for each in acts:
        for speaker, number in each.numbers:
            if number:
                rows[speaker].append((each.act, number))
    return tuple(
        SpeakerActs(
            speaker=speaker,
            numbers=tuple(sorted(rows[speaker], key=lambda pair: (-pair[1], pair[0]))),
        )
        for speaker in speakers
        if rows[speaker]
    )


# 4 incidents
def _incidents(lines: tuple[IncidentLine, ...]) -> Incidents:
    worth = _ordered(
        [line for line in lines if line.contradictions or line.origins > 1], _incident_order
    )
    levels = Counter(line.level for line in lines)
    listed = worth[:INCIDENTS_PRINTED]
    return Incidents(
        number=len(lines),
        contradicted=sum(bool(line.contradictions) for line in lines),
        several_origins=sum(line.origins > 1 for line in lines),
        listed=listed,
        unlisted=len(lines) - len(listed),
        cut=len(worth) > len(listed),
        levels=tuple(sorted(levels.items())),
    )


def _incident_order(line: IncidentLine) -> tuple[bool, int, str]:
    return not line.contradictions, line.span.from_us if line.span else 0, line.id


def _proposal_order(line: ProposalLine) -> tuple[list[tuple[int, str]], int]:
    """Articles as a person counts them, 2 before 10; verdicts as `wording` lists them."""
    parts = [(int(part), "") if part.isdecimal() else (0, part) for part in line.article.split(".")]
    return parts, _VERDICTS.get(line.verdict, len(_VERDICTS))


# 5 clocks
def _complaints(snapshot: Snapshot) -> tuple[Complaint, ...]:
    lines = _ordered(snapshot.complaints, lambda line: line.number)
    return tuple(_complaint(line, snapshot.cutoff_us) for line in lines)


def _complaint(line: ComplaintLine, cutoff_us: int) -> Complaint:
    acknowledgement = _clock(line.acknowledged_us, line.acknowledge_due_us, cutoff_us)
    answer = _clock(line.answered_us, line.answer_due_us, cutoff_us)
    return Complaint(
        line=line,
        acknowledgement=acknowledgement[0],
        acknowledgement_by_us=acknowledgement[1],
        answer=answer[0],
        answer_by_us=answer[1],
    )


def _clock(done_us: int | None, due_us: int | None, cutoff_us: int) -> tuple[Clock, int]:
    if done_us is not None and done_us < cutoff_us:
        late = due_us is not None and done_us > due_us
        return (Clock.DONE_LATE, done_us - (due_us or 0)) if late else (Clock.DONE, 0)
    if due_us is None:
        return Clock.NONE, 0
    over_us = cutoff_us - due_us
    return (Clock.OVERDUE, over_us) if over_us > 0 else (Clock.RUNNING, -over_us)


# 6 late arrivals
def _late(claims: list[ClaimLine]) -> tuple[Late, ...]:
    rows = []
    for speaker in sorted({line.speaker for line in claims}):
        ids = [line.id for line in claims if line.speaker == speaker]
        rows.append(
            Late(
                speaker=speaker,
                number=len(ids),
                claims=tuple(ids[:NUMBERS_PRINTED]),
                more=max(0, len(ids) - NUMBERS_PRINTED),
            )
        )
    return tuple(rows)


# 8 annex
def _annex(claims: list[ClaimLine]) -> tuple[Annex, ...]:
    groups: dict[tuple[bool, bool, str, str], list[ClaimLine]] = defaultdict(list)
    for line in claims:
        groups[line.late, line.area == NOWHERE, line.area, line.speaker].append(line)
    return tuple(
        Annex(
            area=key[2],
            speaker=key[3],
            late=key[0],
            rows=tuple(groups[key][:PRINTED_PER_GROUP]),
            more=max(0, len(groups[key]) - PRINTED_PER_GROUP),
        )
        for key in sorted(groups)
    )
