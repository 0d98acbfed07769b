"""`verify`, `fsck`, `key`: hold a record against its keys. Imports no engine: a check is quick."""

import sys
import time
from pathlib import Path

import click

from truceline.cli.showing import counted, plain, print_json
from truceline.desk.auditing import check_folder, check_log, public_keys


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
@click.option("--json", "as_json", is_flag=True)
def verify_command(
    where: str, keys: tuple[str, ...], policy: Path | None, copy: Path | None, *, as_json: bool
) -> None:
    """Check a log as an outsider would. WHERE is a centre, its `log/`, or a URL."""
    began = time.perf_counter()
    found = check_log(where, keys, policy, copy)
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


@click.group("key")
def key() -> None:
    """Keys of the log."""


@key.command("show")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--public", is_flag=True, required=True, help="Verifier keys only; no other kind is shown."
)
def show_key(folder: Path, *, public: bool) -> None:
    """Print the log's verifier key in note form, alone on the first line."""
    assert public  # click asked for it
    for line in public_keys(folder):
        click.echo(line)
