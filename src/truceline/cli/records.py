"""`take` and `redraw`: into the record, and the tables out of it."""

import sys
from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.cli.showing import Stages, plain, print_json, progress
from truceline.desk.desk import TABLES
from truceline.desk.doors import door
from truceline.desk.errors import NothingTaken
from truceline.desk.taking import Incoming, Outcome, take
from truceline.ledger.log import Log
from truceline.store.redrawing import redraw
from truceline.values.audience import CENTRE

_centre = click.option(
    "--centre", "folder", required=True, type=click.Path(exists=True, path_type=Path)
)


@click.command("take")
@click.argument("source")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_centre
@click.option("--owner", default=CENTRE, show_default=True, help="Whose material it is.")
@click.option("--by", default=CENTRE, show_default=True, help="Who hands it in.")
@click.option("--zone", default="", help="IANA zone of clock readings without an offset.")
@click.option("--language", default="und", help="en, uk, ru or und.")
@click.option("--acl", default="", help="Who may read it in full, as ALL or CENTRE+VEL.")
@click.option("--json", "as_json", is_flag=True)
def take_command(
    source: str, files: tuple[Path, ...], folder: Path, owner: str, by: str, zone: str,
    language: str, acl: str, *, as_json: bool,
) -> None:  # fmt: skip
    """Take FILES in by SOURCE. A part is acknowledged when its entry is durable.

    Exit code 1 if anything was unreadable or a file was refused, 2 if nothing could be taken.
    """
    desk = opened(folder)
    done: list[tuple[str, Outcome]] = []
    refused: list[tuple[str, str]] = []
    for path in files:
        try:
            incoming = Incoming(
                source=source, name=path.name, raw=path.read_bytes(), owner=owner, by=by,
                zone=zone, language=language, acl=acl,
            )  # fmt: skip
            with progress(f"take {plain(path.name)}", None, quiet=as_json) as step:
                done.append((path.name, take(desk, incoming, step)))
        except (NothingTaken, OSError) as problem:  # one bad file keeps no other from being taken
            refused.append((path.name, str(problem)))
    desk.draw()
    _show_taken(done, refused, as_json=as_json)


def _show_taken(
    done: list[tuple[str, Outcome]], refused: list[tuple[str, str]], *, as_json: bool
) -> None:
    taken = sum(outcome.taken for _, outcome in done)
    known = sum(outcome.known for _, outcome in done)
    broken = [(name, row) for name, outcome in done for row in outcome.unreadable]
    if as_json:
        rows = [
            {"file": name, "row": row.row, "line": row.line, "reason": row.reason}
            for name, row in broken
        ]
        files = [{"file": name, "reason": reason} for name, reason in refused]
        fields = {"taken": taken, "known": known, "unreadable": rows, "refused": files}
        print_json("taken", fields)
    else:
        for name, row in broken:
            click.echo(plain(f"{name}:{row.line}: {row.reason}"))
        for name, reason in refused:
            click.echo(plain(f"{name}: refused: {reason}"))
        click.echo(f"{taken:,} taken, {known:,} known, {len(broken):,} unreadable")
        if any(outcome.due_us for _, outcome in done):
            click.echo("kept, and on the record with the next slot: truceline slot DIR --list")
    if broken or refused:
        sys.exit(1 if taken or known else 2)


@click.command("redraw")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def redraw_command(folder: Path, *, as_json: bool) -> None:
    """Draw the tables again from the ledger and compare digests."""
    stages = Stages()
    log = Log.open(folder)
    size = log.head().size
    with door(folder, "redrawing"), progress("redraw", size, quiet=as_json) as step:
        found = redraw(folder / TABLES, log, stages.begin, lambda done, _of: step(done))
    stages.end()
    same = not found.differing
    if as_json:
        print_json(
            "redrawn",
            {
                "size": found.size,
                "common": found.common,
                "differing": list(found.differing),
                "compared": found.compared,
                "milliseconds": {
                    name: round(spent * 1000) for name, spent in stages.seconds.items()
                },
            },
        )
    else:
        click.echo(f"drawn to {found.size:,} entries: {stages.line()}")
        click.echo(f"digest of what every party may read: {found.common}")
        if not same:
            click.echo(
                "these tables were not what the record says and are put right: "
                f"{', '.join(found.differing)}"
            )
        elif found.compared:
            click.echo("every table came out the same")
    sys.exit(0 if same else 1)
