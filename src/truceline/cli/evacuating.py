"""`evacuate`: lock a site or a device, unlock it, or destroy what opens and shows what it holds."""

import sys
from pathlib import Path

import click

from truceline.cli.showing import counted, plain
from truceline.desk.evacuating import Left, evacuate, lock, unlock

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evacuate")
@click.argument("folder", type=_FOLDER)
@click.option("--lock", "to", multiple=True, help="Lock only; the age recipient that unlocks it.")
@click.option("--unlock", "identity", type=_FILE, help="The age identity that unlocks it.")
@click.option("--yes", is_flag=True, help="Do not ask; there may be no time.")
def evacuate_command(
    folder: Path, to: tuple[str, ...], identity: Path | None, *, yes: bool
) -> None:
    """Destroy the keys in FOLDER, and all that is not public there; or lock it, or unlock it."""
    if identity is not None:
        click.echo(f"unlocked {folder}: {counted(unlock(folder, identity), 'file', 'files')} back")
        return
    if to:
        _tell(folder, lock(folder, to), "locked")
        return
    if not yes:
        click.confirm(f"destroy the keys in {folder} for ever, and what they open", abort=True)
    _tell(folder, evacuate(folder), "evacuated")


def _tell(folder: Path, left: Left, what: str) -> None:
    gone = (
        f"{counted(left.keys, 'key file', 'key files')}, {counted(left.files, 'other', 'others')}"
    )
    click.echo(f"{what} {folder}: {gone}, {counted(left.blobs, 'payload', 'payloads')} in clear")
    if left.sealed:
        click.echo(
            f"{counted(left.sealed, 'payload', 'payloads')} stay sealed; nothing here opens them"
        )
    if left.origin:
        click.echo(
            plain(f"still provable wherever it is held: {left.origin}, {left.size:,} entries")
        )
        click.echo(f"root {left.root}, {left.level or 'of unknown level'}")
    for name in left.witnesses:
        click.echo(plain(f"heads are also held by the witness {name}"))
    for line in left.failed:
        click.echo(plain(f"NOT DESTROYED {line}"), err=True)
    sys.exit(1 if left.failed else 0)
