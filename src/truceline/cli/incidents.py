"""`incident`: what people decide about which claims stand together."""

from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.desk import acts

_centre = click.option(
    "--centre", "folder", required=True, type=click.Path(exists=True, path_type=Path)
)
_by = click.option("--by", default="CENTRE", show_default=True)
_reason = click.option("--reason", required=True, help="Why; others will read it.")


@click.group("incident")
def incident() -> None:
    """Say which claims stand together, or do not. Each act is an entry and can be undone."""


@incident.command("confirm")
@click.argument("claims", nargs=-1, required=True)
@_centre
@_by
@_reason
def confirm(claims: tuple[str, ...], folder: Path, by: str, reason: str) -> None:
    """CLAIMS (as 17#3 18#1) stand together: one event."""
    _done(folder, acts.confirm_incident(opened(folder), by, claims, reason))


@incident.command("merge")
@click.argument("incidents", nargs=-1, required=True)
@_centre
@_by
@_reason
def merge(incidents: tuple[str, ...], folder: Path, by: str, reason: str) -> None:
    """INCIDENTS (as I-ABCDEFGH) are one: all their claims stand together."""
    desk = opened(folder)
    desk.refresh()
    view = desk.view()
    claims: list[str] = []
    for number in incidents:
        found = view.incident(number)
        if found is None:
            raise click.ClickException(
                f"there is no incident {number}; see `truceline fuse --centre`"
            )
        claims += found.claims
    _done(folder, acts.confirm_incident(desk, by, claims, reason))


@incident.command("split")
@click.argument("claims", nargs=-1, required=True)
@_centre
@_by
@_reason
def split(claims: tuple[str, ...], folder: Path, by: str, reason: str) -> None:
    """CLAIMS do not stand together: not one event."""
    _done(folder, acts.split_incident(opened(folder), by, claims, reason))


@incident.command("undo")
@click.argument("entry", type=int)
@_centre
@_by
@_reason
def undo(entry: int, folder: Path, by: str, reason: str) -> None:
    """Forget the act in ENTRY; both stay on the record."""
    _done(folder, acts.undo(opened(folder), by, entry, reason))


def _done(folder: Path, entry: int) -> None:
    desk = opened(folder)
    desk.refresh()
    click.echo(f"entry {entry}")
