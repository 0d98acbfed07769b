"""`terms`: check an agreement, show it, hold two drafts against each other."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from truceline.cli.showing import counted, plain, print_json
from truceline.desk.terms import BesideTerms
from truceline.terms.agreement import Agreement
from truceline.terms.casefile import NEVER_US
from truceline.terms.casereading import read_cases
from truceline.terms.differing import Change, Moved, differences, moved
from truceline.terms.loading import load
from truceline.terms.wording import party_name, wording_of

_path = click.Path(exists=True, path_type=Path)


@click.group("terms")
def terms() -> None:
    """Agreements as data."""


@terms.command("check")
@click.argument("path", type=_path)
@click.option("--files", "files_folder", type=_path)
@click.option("--strict", is_flag=True, help="Refuse what is otherwise a warning.")
@click.option("--json", "as_json", is_flag=True)
def check_terms(path: Path, files_folder: Path | None, *, strict: bool, as_json: bool) -> None:
    """Check an agreement; each problem says where it is, what was found and what to do."""
    text = path.read_bytes()
    loaded = load(text, str(path), BesideTerms(path, files_folder))
    if as_json:
        print_json(
            "terms", {"sha256": loaded.sha256, "warnings": [str(one) for one in loaded.warnings]}
        )
    else:
        for problem in loaded.warnings:
            click.echo(str(problem))
        click.echo(f"{path}: {len(loaded.warnings)} warnings, sha256 {loaded.sha256}")
    sys.exit(2 if strict and loaded.warnings else 0)


@terms.command("show")
@click.argument("path", type=_path)
@click.option("--files", "files_folder", type=_path)
@click.option("--lang", default="en", type=click.Choice(["en", "uk", "ru"]))
def show_terms(path: Path, files_folder: Path | None, lang: str) -> None:
    """Print an agreement, article by article, with the rule each clause states."""
    text = path.read_bytes()
    loaded = load(text, str(path), BesideTerms(path, files_folder))
    agreement = loaded.agreement
    click.echo(wording_of(agreement.doc.title, lang))
    click.echo(", ".join(party_name(agreement, code, lang) for code in agreement.parties))
    for article in agreement.doc.articles:
        click.echo(f"\n{article.number}. {wording_of(article.text, lang)}")
        for clause in article.clauses:
            norm = type(clause).__name__.lower()
            who = ", ".join(agreement.bearers(clause))
            click.echo(f"   {clause.id:<14} {norm:<9} {clause.kind:<18} {who}")


@terms.command("diff")
@click.argument("before", type=_path)
@click.argument("after", type=_path)
@click.option("--cases", "cases_path", type=_path, help="Say which answers change on these cases.")
@click.option("--files", "files_folder", type=_path)
@click.option("--json", "as_json", is_flag=True)
def diff_terms(
    before: Path, after: Path, cases_path: Path | None, files_folder: Path | None, *, as_json: bool
) -> None:
    """Say in what two drafts differ and, with --cases, what that changes; exit 1 if they differ."""
    one, other = (_agreement(path, files_folder) for path in (before, after))
    changes = differences(one.doc, other.doc)
    answers = () if cases_path is None else tuple(_answers(one, other, cases_path))
    if as_json:
        fields = {"changes": msgspec.to_builtins(changes), "answers": msgspec.to_builtins(answers)}
        print_json("terms-diff", fields)
    else:
        for line in (*_changes(changes), *(_moves(answers) if cases_path else ())):
            click.echo(plain(line))
    sys.exit(1 if changes else 0)


def _agreement(path: Path, files_folder: Path | None) -> Agreement:
    return load(path.read_bytes(), str(path), BesideTerms(path, files_folder)).agreement


def _answers(one: Agreement, other: Agreement, path: Path) -> Iterator[Moved]:
    scenarios = read_cases(path.read_bytes(), str(path))
    for scenario in scenarios.cases:
        if scenario.case is not None:
            known = NEVER_US if scenario.known_us is None else scenario.known_us
            yield from moved(one, other, {scenario.id: scenario.case}, scenario.records, known)
    for problem in scenarios.problems:
        click.echo(str(problem), err=True)


def _changes(changes: Sequence[Change]) -> Iterator[str]:
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


def _moves(answers: Sequence[Moved]) -> Iterator[str]:
    kinds = Counter((one.clause, one.party, one.before, one.after) for one in answers)
    for (clause, party, before, after), number in kinds.items():
        cases = [
            one.case
            for one in answers
            if (one.clause, one.party, one.before, one.after) == (clause, party, before, after)
        ]
        named = ", ".join(cases[:5]) + (" …" if number > 5 else "")
        whom = f"{clause}/{party}" if party else clause
        verdicts = " → ".join(one or "no such clause" for one in (before, after))
        yield f"{whom}: {verdicts}: {number} ({named})"
    yield counted(len(answers), "answer changes", "answers change")


def _short(held: object) -> str:
    said = held if isinstance(held, str) else msgspec.json.encode(held, order="sorted").decode()
    return said if len(said) <= 160 else f"{said[:159]}…"
