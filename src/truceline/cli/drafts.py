"""`terms diff --centre`: what two drafts change for the incidents a centre has on record."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from truceline.cli.opening import opened
from truceline.cli.showing import counted, plain, print_json, progress
from truceline.desk.comparing import Weighed, weigh
from truceline.desk.drafting import Compared, compare
from truceline.desk.talking import talks
from truceline.talks.wording import STANCES
from truceline.terms.agreement import Agreement
from truceline.terms.differing import Change


def print_on_record(
    one: Agreement, other: Agreement, centre: Path, text: str | None, *, as_json: bool
) -> int:
    """Print differences, stances and what changes on the record; the exit code."""
    desk = opened(centre)
    desk.fuse()
    held = talks(desk).text(text) if text else None
    compared = list(compare(one.doc, other.doc, held))
    with progress("weigh", 1000, quiet=as_json) as tick:
        weighed = weigh(desk, one, other, lambda done, of: tick(done * 1000 // max(1, of)))
    if as_json:
        print_json("terms-diff", _fields(compared, weighed))
    else:
        for line in (*_compared(compared), *_weighed(weighed)):
            click.echo(plain(line))
    return 1 if compared else 0


def _fields(compared: Sequence[Compared], weighed: Weighed) -> dict[str, object]:
    articles = [
        {
            "article": one.article,
            "parts": sorted({change.part for change in one.changes}),
            "stances": {who: list(said) for who, said in one.stances.items()},
        }
        for one in compared
    ]
    return {
        "changes": [msgspec.to_builtins(change) for one in compared for change in one.changes],
        "articles": articles,
        "incidents": weighed.incidents,
        "judged": weighed.judged,
        "would_meet": weighed.would_meet,
        "cease_to_meet": weighed.cease_to_meet,
        "answers": msgspec.to_builtins(weighed.moved),
    }


def _compared(compared: Sequence[Compared]) -> Iterator[str]:
    for one in compared:
        yield from list(change_lines(one.changes))[:-1]
        for voice, (before, after) in one.stances.items():
            said = " → ".join(STANCES[word].en for word in (before, after))
            yield f"   {voice}: {said}"
    yield counted(sum(len(one.changes) for one in compared), "difference", "differences")


def _weighed(weighed: Weighed) -> Iterator[str]:
    yield (
        f"{counted(weighed.incidents, 'incident', 'incidents')} on record, "
        f"{weighed.judged:,} judged as alleged, of somebody bound and of no party"
    )
    would, cease = len(weighed.would_meet), len(weighed.cease_to_meet)
    yield f"{counted(would, 'incident', 'incidents')} would meet the test, {cease:,} cease to"
    for what, named in (("would", weighed.would_meet), ("cease", weighed.cease_to_meet)):
        if named:
            yield f"   {what}: {', '.join(named[:5])}{' …' if len(named) > 5 else ''}"
    for (clause, before, after), number in weighed.by_clause.items():
        verdicts = " → ".join(one or "no such clause" for one in (before, after))
        yield f"{clause}: {verdicts}: {number:,}"
    touched = len(Counter(one.case for one in weighed.moved))
    yield f"{counted(touched, 'incident is', 'incidents are')} answered differently"


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Differences for a person, a line each, and how many there are."""
    for change in changes:
        where = f"{change.part}, {change.field}" if change.field else change.part
        if change.words is not None:
            yield from (f"{where} ({one}): {said}" for one, said in change.words.items())
        elif change.before is None or change.after is None:
            held = change.before if change.after is None else change.after
            yield f"{where}: {'gone' if change.after is None else 'new'}: {_short(held)}"
        else:
            yield f"{where}: {_short(change.before)} → {_short(change.after)}"
    yield counted(len(changes), "difference", "differences")


def _short(held: object) -> str:
    said = held if isinstance(held, str) else msgspec.json.encode(held, order="sorted").decode()
    return said if len(said) <= 160 else f"{said[:159]}…"
