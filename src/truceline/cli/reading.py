"""`read`: the talks reader alone, on files of coverage."""

import json
import sys
from pathlib import Path

import click

from truceline.cli.showing import plain
from truceline.talks.reading import Reading, read
from truceline.talks.reading.brief import brief
from truceline.talks.reading.output import as_fields
from truceline.talks.reading.roster import meta_of, roster_of
from truceline.talks.reading.tables import table
from truceline.talks.reading.wording import PROBLEMS
from truceline.values.texts import LANGUAGES

_path = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=_path, metavar="FILE…")
@click.option("--roster", type=_path, help="Persons you vouch for, YAML.")
@click.option("--meta", type=_path, help="Outlet, date and address of each file, YAML.")
@click.option("--json", "as_json", is_flag=True, help="One object, truceline-reading/1.")
@click.option("--csv", "as_csv", is_flag=True, help="One line per item.")
@click.option("--brief", "language", type=click.Choice(LANGUAGES), help="A brief, in Markdown.")
def read_command(
    files: tuple[Path, ...], roster: Path | None, meta: Path | None, language: str | None,
    *, as_json: bool, as_csv: bool,
) -> None:  # fmt: skip
    """Read coverage of talks: who is said to have said what, and where accounts differ.

    Everything proposed carries its place in the file; nothing is confirmed. Exit code 1 if a file
    could not be read, 2 if none could.
    """
    reading = read(
        {str(file): file.read_bytes() for file in files},
        roster_of(roster.read_text(encoding="utf-8")) if roster else None,
        meta_of(meta.read_text(encoding="utf-8")) if meta else None,
    )
    if as_json:
        click.echo(json.dumps(as_fields(reading), ensure_ascii=False, indent=1))
    elif as_csv:
        click.echo(table(reading), nl=False)
    elif language:
        click.echo(brief(reading, language))
    else:
        _summary(reading)
    _refusals(reading)


def _summary(reading: Reading) -> None:
    for one in reading.documents:
        high = sum(1 for quote in one.quotes if quote.confidence == "high")
        day = one.reference.isoformat() if one.reference else "no reference date"
        click.echo(
            plain(
                f"{one.document.file}: {len(one.quotes)} quotations ({high} high), "
                f"{len(one.statements)} statements, {len(one.mentions)} mentions of persons, {day}"
            )
        )
    differing = [fact for fact in reading.facts if fact.status == "differs"]
    click.echo(
        f"{len(reading.persons)} persons; accounts differ on {len(differing)} points (--brief en)"
    )


def _refusals(reading: Reading) -> None:
    for file, code in reading.problems.items():
        click.echo(plain(f"{file}: {PROBLEMS[code].en}"), err=True)
    if reading.problems:
        unread = [code for code in reading.problems.values() if code != "copy"]
        sys.exit(2 if len(unread) == len(reading.documents) else 1)
