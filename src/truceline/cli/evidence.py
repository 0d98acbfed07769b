"""`evidence`, `case`: files that show an outsider one thing about a record. Imports no engine."""

import sys
from pathlib import Path

import click

from truceline.cli.showing import plain, print_json
from truceline.desk.evidencing import open_record
from truceline.ledger import policy
from truceline.ledger.evidence import making
from truceline.ledger.evidence.judging import judge_path
from truceline.values.texts import LANGUAGES

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
_LOG = click.option(
    "--log", "where", required=True, help="The record: a centre, its `log/`, or a URL."
)


@click.group("evidence")
def evidence() -> None:
    """Make and check files that show an outsider what was done."""


@evidence.command("check")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--trust", type=_FILE, required=True, help="The trust file you were handed.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en")
@click.option("--json", "as_json", is_flag=True)
def check(file: Path, trust: Path, lang: str, *, as_json: bool) -> None:
    """Say what FILE shows: kind, who answers, which entry. 0 proved, 1 not, 2 cannot be judged."""
    found = judge_path(file, policy.parse(trust.read_bytes()))
    if as_json:
        fields = found.as_fields(lang)
        print_json("judged", {name: value for name, value in fields.items() if name != "format"})
    else:
        for line in found.lines(lang):
            click.echo(plain(line))
    sys.exit(found.status)


@evidence.group("make")
def make() -> None:
    """Write evidence from a record and from what you kept. Check it before you send it."""


@make.command("fork")
@click.option("--kept", type=click.Path(exists=True, path_type=Path), required=True,
              help="The log you kept, or one signed head of it.")  # fmt: skip
@_LOG
@_OUT
def make_fork(kept: Path, where: str, output: Path) -> None:
    """Two histories that the log signed."""
    shown = open_record(where)
    if kept.is_dir():
        _write(output, making.fork(open_record(str(kept)), shown))
    else:
        _write(output, making.fork_of_head(kept.read_bytes(), shown))


@make.command("withheld")
@click.option("--entry", type=_FILE, required=True)
@click.option("--receipt", type=_FILE, required=True)
@_LOG
@_OUT
def make_withheld(entry: Path, receipt: Path, where: str, output: Path) -> None:
    """A receipt whose entry the log no longer holds in its place."""
    shown = open_record(where)
    _write(output, making.withheld(entry.read_bytes(), receipt.read_bytes(), shown))


@make.command("forgery")
@click.argument("index", type=int)
@_LOG
@_OUT
def make_forgery(index: int, where: str, output: Path) -> None:
    """The entry INDEX, which its author did not sign."""
    _write(output, making.forgery(open_record(where), index))


@make.command("equivocation")
@click.option("--one", type=_FILE, required=True)
@click.option("--two", type=_FILE, required=True)
@click.option("--refusal", "refusals", type=_FILE, multiple=True, help="The desk's, of either.")
@_LOG
@_OUT
def make_equivocation(
    one: Path, two: Path, refusals: tuple[Path, ...], where: str, output: Path
) -> None:
    """Two entries of one author under one number. A refusal of either frees the number."""
    notes = [path.read_bytes() for path in refusals]
    made = making.equivocation(open_record(where), one.read_bytes(), two.read_bytes(), notes)
    _write(output, made)


@make.command("refusal")
@click.option("--entry", type=_FILE, required=True)
@click.option("--refusal", type=_FILE, required=True)
@_LOG
@_OUT
def make_refusal(entry: Path, refusal: Path, where: str, output: Path) -> None:
    """A signed refusal and the entry it refused."""
    _write(output, making.refusal(open_record(where), entry.read_bytes(), refusal.read_bytes()))


@make.command("denial")
@click.option("--entry", type=_FILE, required=True)
@click.option("--relay", "relays", type=_FILE, multiple=True, required=True)
@_LOG
@_OUT
def make_denial(entry: Path, relays: tuple[Path, ...], where: str, output: Path) -> None:
    """An entry that others were shown in time and the log left out."""
    notes = [relay.read_bytes() for relay in relays]
    _write(output, making.denial(open_record(where), entry.read_bytes(), notes))


@make.command("suspect")
@click.argument("index", type=int)
@click.option("--revoked-in", type=int, required=True, help="The entry that revoked its key.")
@_LOG
@_OUT
def make_suspect(index: int, revoked_in: int, where: str, output: Path) -> None:
    """The entry INDEX, whose key was revoked as suspect."""
    _write(output, making.suspect(open_record(where), index, revoked_in))


def _write(output: Path, raw: bytes) -> None:
    output.write_bytes(raw)
    click.echo(f"{output}: {len(raw):,} bytes; check it with `truceline evidence check`")
