"""`verify`, `fsck`: hold a record against its keys. Imports no engine: a check is quick."""

import sys
import time
from pathlib import Path

import click

from truceline.cli.showing import counted, plain, print_json
from truceline.desk.auditing import check_folder, check_log


@click.command("verify")
@click.argument("where")
@click.option(
    "--key", "keys", multiple=True, help="The log's verifier key, or a file that holds it."
)
@click.option("--policy", type=click.Path(exists=True, path_type=Path), help="A trust file.")
@click.option(
    "--copy",
    type=click.Path(exists=True, path_type=Path),
    help="A copy of the log you kept: names the first entry that differs from it.",
)
@click.option(
    "--authors", is_flag=True, help="Also check every author's signatures, numbers and standing."
)
@click.option(
    "--max-age",
    type=click.IntRange(1),
    help="Refuse a head whose witnesses cosigned it longer ago than so many minutes.",
)
@click.option("--json", "as_json", is_flag=True)
def verify_command(
    where: str, keys: tuple[str, ...], policy: Path | None, copy: Path | None,
    max_age: int | None, *, authors: bool, as_json: bool,
) -> None:  # fmt: skip
    """Check a log as an outsider would. WHERE is a centre, its `log/`, or a URL."""
    began = time.perf_counter()
    oldest = max_age * 60 if max_age is not None else None
    found = check_log(where, keys, policy, copy, authors=authors, max_age_s=oldest)
    seconds = time.perf_counter() - began
    if as_json:
        print_json("verified", {**found.as_fields(), "milliseconds": round(seconds * 1000)})
    else:
        for line in found.lines():
            click.echo(plain(line))
        click.echo(f"{counted(found.entries, 'entry', 'entries')} in {seconds:.2f} s")
    sys.exit(2 if found.problems else 0)


@click.command("fsck")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def fsck_command(folder: Path, *, as_json: bool) -> None:
    """Check and explain every stored byte of the record in FOLDER, a centre."""
    found = check_folder(folder)
    if as_json:
        print_json("checked", found.as_fields())
    else:
        for line in found.lines():
            click.echo(plain(line))
    sys.exit(2 if found.problems else 0)
