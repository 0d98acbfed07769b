"""`terms`: check an agreement, show it, hold two drafts against each other."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import msgspec

from truceline.cli import drafts
from truceline.cli.drafts import change_lines
from truceline.cli.showing import counted, plain, print_json
from truceline.desk.auditing import given_keys
from truceline.desk.signing import check_signatures, sign, text_of
from truceline.desk.terms import BesideTerms
from truceline.ledger.keys import load as load_key
from truceline.ledger.note import parse as parse_note
from truceline.terms.agreement import Agreement
from truceline.terms.casefile import NEVER_US
from truceline.terms.casereading import read_cases
from truceline.terms.differing import Moved, differences, moved
from truceline.terms.loading import Loaded, load
from truceline.terms.rules import rule, vague_words
from truceline.terms.wording import party_name, wording_of

_path = click.Path(exists=True, path_type=Path)


@click.group("terms")
def terms() -> None:
    """Agreements as data."""


@terms.command("check")
@click.argument("path", type=_path)
@click.option("--files", "files_folder", type=_path)
@click.option("--strict", is_flag=True, help="Refuse what is otherwise a warning.")
@click.option("--signatures", "note", type=_path, help="A signed note over it, checked too.")
@click.option("--trust-key", "given", multiple=True, help="A signer's verifier key, or its file.")
@click.option("--json", "as_json", is_flag=True)
def check_terms(
    path: Path, files_folder: Path | None, note: Path | None, given: tuple[str, ...],
    *, strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Check an agreement; each problem says where it is, what was found and what to do."""
    text = path.read_bytes()
    loaded = load(text, str(path), BesideTerms(path, files_folder))
    signers = _signers(loaded, note, given)
    if as_json:
        said = {"warnings": loaded.warnings, "remarks": loaded.remarks}
        told = {name: [str(one) for one in some] for name, some in said.items()}
        held = {} if note is None else {"signed_by": signers}
        print_json("terms", {"sha256": loaded.sha256, **told, **held})
    else:
        for signer in signers:
            click.echo(plain(f"signed by {signer}"))
        for problem in loaded.warnings:
            click.echo(plain(str(problem)))
        for problem in loaded.remarks:
            click.echo(plain(f"remark: {problem}"))
        told_of = ", ".join(
            (
                counted(len(loaded.warnings), "warning", "warnings"),
                counted(len(loaded.remarks), "remark", "remarks"),
            )
        )
        click.echo(f"{path}: {told_of}, sha256 {loaded.sha256}")
    sys.exit(2 if strict and loaded.warnings else 0)


@terms.command("sign")
@click.argument("path", type=_path)
@click.option("--key", "key_file", required=True, type=_path, help="Your private key.")
@click.option("--files", "files_folder", type=_path)
@click.option(
    "-o", "--out", "note", type=click.Path(path_type=Path), help="The note; FILE.note by default."
)
def sign_terms(path: Path, key_file: Path, files_folder: Path | None, note: Path | None) -> None:
    """Sign an agreement: make the note over its hash, or put your line under the one there is."""
    loaded = load(path.read_bytes(), str(path), BesideTerms(path, files_folder))
    kept = note if note is not None else path.with_name(f"{path.name}.note")
    raw = sign(loaded, load_key(key_file), kept.read_bytes() if kept.exists() else None)
    written = kept.with_name(f".{kept.name}.new")
    written.write_bytes(raw)
    written.replace(kept)
    click.echo(text_of(loaded).decode(), nl=False)
    names = [line.name for line in parse_note(raw).signatures]
    click.echo(plain(f"{kept}: signed by {', '.join(names)}"))


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
            click.echo(f"   {clause.id}")
            for line in rule(agreement, clause, lang):
                click.echo(plain(f"      {line}"))
    for line in vague_words(agreement, lang):
        click.echo(plain(f"? {line}"))


@terms.command("diff")
@click.argument("before", type=_path)
@click.argument("after", type=_path)
@click.option("--cases", "cases_path", type=_path, help="Say which answers change on these cases.")
@click.option("--centre", type=_path, help="Say what changes for the incidents on its record.")
@click.option("--text", "text_name", help="With --centre: each voice's stance, article by article.")
@click.option("--files", "files_folder", type=_path)
@click.option("--json", "as_json", is_flag=True)
def diff_terms(
    before: Path, after: Path, cases_path: Path | None, centre: Path | None,
    text_name: str | None, files_folder: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Say in what two drafts differ and, with --cases or --centre, what that changes.

    Exit code 1 if they differ.
    """
    one, other = (_agreement(path, files_folder) for path in (before, after))
    if centre is not None:
        sys.exit(drafts.print_on_record(one, other, centre, text_name, as_json=as_json))
    changes = differences(one.doc, other.doc)
    answers = () if cases_path is None else tuple(_answers(one, other, cases_path))
    if as_json:
        fields = {"changes": msgspec.to_builtins(changes), "answers": msgspec.to_builtins(answers)}
        print_json("terms-diff", fields)
    else:
        for line in (*change_lines(changes), *(_moves(answers) if cases_path else ())):
            click.echo(plain(line))
    sys.exit(1 if changes else 0)


def _signers(loaded: Loaded, note: Path | None, given: Sequence[str]) -> tuple[str, ...]:
    if note is None:
        return ()
    keys = [key for one in given for key in given_keys(one)]
    if not keys:
        raise click.UsageError("signatures are checked with the signers' own keys: --trust-key")
    return check_signatures(loaded, note.read_bytes(), keys)


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
