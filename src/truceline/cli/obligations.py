"""`obligations`: the duties, powers and quiet days of an agreement at an instant."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from truceline.cli.opening import opened
from truceline.cli.showing import plain, print_json
from truceline.desk.duties import held_by
from truceline.desk.terms import BesideTerms
from truceline.terms import standing_words as words
from truceline.terms.agreement import Agreement
from truceline.terms.casereading import read_cases
from truceline.terms.counters import Counter, counters
from truceline.terms.loading import load
from truceline.terms.obligations import State, states
from truceline.terms.register import Record
from truceline.terms.wording import party_name
from truceline.values.instant import from_us, parse_instant

_path = click.Path(exists=True, path_type=Path)


@click.command("obligations")
@click.option("--centre", "folder", type=_path, help="The centre whose terms and register count.")
@click.option("--terms", "terms_path", type=_path, help="Or an agreement alone …")
@click.option("--cases", "cases_path", type=_path, help="… with the register of one of its cases.")
@click.option("--case", "case_id", help="Which case; by default the first.")
@click.option("--at", "at", required=True, help="The instant, as 2026-03-25T10:00-01:00.")
@click.option("--known", "known", help="What was known by then alone counts; by default: at it.")
@click.option("--lang", default="en", type=click.Choice(["en", "uk", "ru"]))
@click.option("--json", "as_json", is_flag=True)
def obligations_command(
    folder: Path | None, terms_path: Path | None, cases_path: Path | None, case_id: str | None,
    at: str, known: str | None, lang: str, *, as_json: bool,
) -> None:  # fmt: skip
    """Say how every duty, power and count of quiet days stands at an instant."""
    at_us = parse_instant(at)
    known_us = at_us if known is None else parse_instant(known)
    agreement, register = _held(folder, terms_path, cases_path, case_id)
    found = states(agreement, register, at_us, known_us)
    quiet = counters(agreement, register, at_us, known_us)
    if as_json:
        print_json("obligations", _fields(agreement, found, quiet, at_us, known_us))
        return
    for key, state in found.items():
        click.echo(plain(_line(agreement, key, state, lang)))
    for one in quiet:
        click.echo(plain("; ".join(_quiet(agreement, one, lang))))


def _held(
    folder: Path | None, terms_path: Path | None, cases_path: Path | None, case_id: str | None
) -> tuple[Agreement, Sequence[Record]]:
    if (folder is None) == (terms_path is None):
        raise click.UsageError("give either --centre DIR or --terms FILE")
    if folder is not None:
        return _of_centre(folder)
    assert terms_path is not None
    raw = terms_path.read_bytes()
    agreement = load(raw, str(terms_path), BesideTerms(terms_path, None)).agreement
    if cases_path is None:
        return agreement, ()
    cases = read_cases(cases_path.read_bytes(), str(cases_path)).cases
    for one in cases:
        if case_id in (None, one.id):
            return agreement, one.records
    raise click.UsageError(f"no case {case_id} in {cases_path}")


def _of_centre(folder: Path) -> tuple[Agreement, Sequence[Record]]:
    desk = opened(folder)
    desk.refresh()
    held = held_by(desk)
    if held is None:
        raise click.UsageError(
            f"{folder}: its terms are not held here, so it has no duties to show"
        )
    return held


def _line(agreement: Agreement, key: str, state: State, lang: str) -> str:
    parts = [f"{words.STATES[state.word].in_(lang)}"]
    if state.since_us is not None:
        parts.append(words.SINCE.in_(lang).format(when=_when(agreement, state.since_us)))
    if state.due_us is not None:
        parts.append(words.DUE.in_(lang).format(when=_when(agreement, state.due_us)))
    if state.record:
        parts.append(state.record)
    who = party_name(agreement, state.bearer, lang)
    return f"{key:<28} {who}: {', '.join(parts)}"


def _quiet(agreement: Agreement, one: Counter, lang: str) -> Iterator[str]:
    state = words.STATES[one.word].in_(lang)
    yield words.QUIET.in_(lang).format(
        anchor=one.anchor, zone=one.zone, days=one.days, wanted=one.wanted, state=state
    )
    if one.reset_by is not None:
        named = ", ".join((one.reset_by, *one.reset_clauses))
        yield words.RESET.in_(lang).format(record=named)
    if one.full_us is not None:
        yield words.DUE.in_(lang).format(when=_when(agreement, one.full_us))
    body = one.verified_by
    if body is None:
        yield words.UNWATCHED.in_(lang)
    else:
        yield words.VERIFIED.in_(lang).format(body=party_name(agreement, body, lang))


def _fields(
    agreement: Agreement, found: dict[str, State], quiet: list[Counter], at_us: int, known_us: int
) -> dict[str, object]:
    return {
        "terms_sha256": agreement.sha256,
        "at": _when(agreement, at_us),
        "known": _when(agreement, known_us),
        "states": [{"key": key, **_dated(agreement, state)} for key, state in found.items()],
        "quiet_days": [_dated(agreement, one) for one in quiet],
    }


def _dated(agreement: Agreement, held: State | Counter) -> dict[str, object]:
    """Every field, instants by the agreement's own clock."""
    plainly = msgspec.to_builtins(held)
    out: dict[str, object] = {}
    for name, value in plainly.items():
        dated = name.endswith("_us") and value is not None
        out[name.removesuffix("_us")] = _when(agreement, value) if dated else value
    return out


def _when(agreement: Agreement, at_us: int) -> str:
    return from_us(at_us, agreement.zone).isoformat(timespec="minutes")
