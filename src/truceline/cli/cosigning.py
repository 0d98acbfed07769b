"""`cosign` and `level`: have heads cosigned, and see how final an entry is."""

import sys
import threading
from pathlib import Path

import click

from truceline.cli.showing import counted, plain, print_json
from truceline.desk.couriers.witnesses import Outcome, Witnesses
from truceline.desk.finality import level
from truceline.ledger.heads import LATE_US
from truceline.ledger.log import Log
from truceline.values.instant import MINUTE_US, iso


@click.command("cosign")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--once", is_flag=True, help="Ask each witness once, and say what came of it.")
def cosign_command(folder: Path, *, once: bool) -> None:
    """Have the newest head of FOLDER, a centre, cosigned.

    Asks every witness of its trust file. Without --once it goes on for every new head, as `serve`
    does. Exit 1 if a witness did not cosign.
    """
    witnesses = Witnesses(folder)
    if not once:
        with witnesses.going_round(_say):
            threading.Event().wait()  # until interrupted
    outcomes = witnesses.once()
    if not outcomes:
        raise click.ClickException(f"{folder / 'trust'} names no witness with an address")
    for outcome in outcomes:
        _say(outcome)
    sys.exit(1 if any(outcome.problem for outcome in outcomes) else 0)


@click.command("level")
@click.argument("entry", type=click.IntRange(0))
@click.option("--centre", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True)
def level_command(entry: int, centre: Path, *, as_json: bool) -> None:
    """Say how final ENTRY of a centre is."""
    log = Log.open(centre)
    if entry >= log.head().size:
        raise click.ClickException(f"the log has {log.head().size} entries, 0 the first")
    reached = level(centre, log, entry)
    after_us, before_us = log.bounds(entry)
    behind_us, doubt = log.behind_us(entry), log.suspect(entry)
    if as_json:
        fields = {
            "entry": entry, "level": reached, "after_us": after_us, "before_us": before_us,
            "behind_us": behind_us, "doubt": str(doubt) if doubt else None,
        }  # fmt: skip
        print_json("level", fields)
        return
    ended = "not yet dated" if before_us is None else iso(before_us)
    click.echo(f"entry {entry}: {reached}; made between {iso(after_us)} and {ended}")
    if behind_us > LATE_US:
        minutes = counted(behind_us // MINUTE_US, "minute", "minutes")
        click.echo(f"late: its author had not seen the record for {minutes}")
    if doubt:
        click.echo(plain(f"in doubt: {doubt}"))


def _say(outcome: Outcome) -> None:
    who = ", ".join(outcome.names)
    what = f"did not cosign: {outcome.problem}" if outcome.problem else f"cosigned {outcome.size}"
    click.echo(plain(f"{who} at {outcome.url} {what}"))
