"""`handover`: a replica becomes the centre, by the signatures the parties agreed on."""

import sys
from pathlib import Path

import click

from truceline.cli.showing import plain
from truceline.desk import handing_over
from truceline.desk.clock import machine_us
from truceline.ledger.keys import load

_FOLDER = click.argument("folder", type=click.Path(exists=True, path_type=Path))
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("handover")
def handover() -> None:
    """Make a replica the centre: the same record goes on under a new name and new keys."""


@handover.command("propose")
@_FOLDER
@click.option("--origin", required=True, help="The new log's name.")
@click.option("--key", "key_file", required=True, type=_FILE, help="The first officer's key.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where the note goes.")
def propose_command(folder: Path, origin: str, key_file: Path, out: Path) -> None:
    """Write the note that would make the replica in FOLDER the centre, for officers to sign."""
    raw = handing_over.propose(folder, load(key_file), origin, machine_us())
    with out.open("xb") as file:
        file.write(raw)
    click.echo(f"{out}: to be signed by the other officers, each with `truceline sign`")


@handover.command("take")
@_FOLDER
@click.option("--note", required=True, type=_FILE, help="The note, signed by enough.")
@click.option("--also", multiple=True, help="Where a newer head might be: a URL or a folder.")
def take_command(folder: Path, note: Path, also: tuple[str, ...]) -> None:
    """Make the replica in FOLDER the centre."""
    taken = handing_over.take(folder, note.read_bytes(), machine_us(), also)
    for where in taken.unasked:
        click.echo(plain(f"{where}: no answer; if it shows a newer head later, that is evidence"))
    click.echo(plain(f"{taken.head.origin}: {taken.head.size:,} entries, head signed"))
    click.echo("hand the new trust file and the note to every party and witness")


@handover.command("lost")
@_FOLDER
@click.argument("entry", type=_FILE)
@click.argument("receipt", type=_FILE)
def lost_command(folder: Path, entry: Path, receipt: Path) -> None:
    """Hold a RECEIPT of the old log for ENTRY against its successor in FOLDER.

    Exit code 1 where the old centre acknowledged it and the successor does not hold it.
    """
    found = handing_over.lost(folder, entry.read_bytes(), receipt.read_bytes())
    if found is None:
        click.echo("held: it is in the record, in the same place")
        return
    click.echo(
        f"LOST entry {found.index}: the old log signed for it under a head of {found.size:,}, and "
        f"was handed over at {found.handed_at}; keep entry and receipt, and submit it anew"
    )
    sys.exit(1)
