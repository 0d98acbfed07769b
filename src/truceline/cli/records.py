"""`take` and `redraw`: into the record, and the tables out of it."""

import sys
from pathlib import Path

import click

from truceline.cli.showing import Stages, print_json, progress
from truceline.desk.desk import TABLES, Desk
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
    """Take FILES in by SOURCE. A part is acknowledged when its entry is durable."""
    desk = Desk.open(folder)
    done: list[tuple[str, Outcome]] = []
    for path in files:
        incoming = Incoming(
            source=source, name=path.name, raw=path.read_bytes(), owner=owner, by=by, zone=zone,
            language=language, acl=acl,
        )  # fmt: skip
        with progress(f"take {path.name}", None, quiet=as_json) as step:
            done.append((path.name, take(desk, incoming, step)))
    desk.draw()
    _show_taken(done, as_json=as_json)


def _show_taken(done: list[tuple[str, Outcome]], *, as_json: bool) -> None:
    taken = sum(outcome.taken for _, outcome in done)
    known = sum(outcome.known for _, outcome in done)
    broken = [(name, row) for name, outcome in done for row in outcome.unreadable]
    if as_json:
        rows = [
            {"file": name, "row": row.row, "line": row.line, "reason": row.reason}
            for name, row in broken
        ]
        print_json("taken", {"taken": taken, "known": known, "unreadable": rows})
    else:
        for name, row in broken:
            click.echo(f"{name}:{row.line}: {row.reason}")
        click.echo(f"{taken:,} taken, {known:,} known, {len(broken):,} unreadable")
    if broken:
        sys.exit(1 if taken or known else 2)


@click.command("redraw")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def redraw_command(folder: Path, *, as_json: bool) -> None:
    """Draw the tables again from the ledger and compare digests."""
    stages = Stages()
    log = Log.open(folder)
    with progress("redraw", log.head().size, quiet=as_json) as step:
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
