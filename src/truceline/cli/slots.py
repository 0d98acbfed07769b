"""`slot`: enter what monitors handed in, or see what waits."""

from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.cli.showing import plain, print_json
from truceline.desk import inbox, slots
from truceline.desk.desk import Desk
from truceline.reports.report import Said, Unreadable
from truceline.values.instant import from_us

_ROWS_SHOWN = 20


@click.command("slot")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--list", "listing", is_flag=True, help="Show what waits; enter nothing.")
@click.option("--json", "as_json", is_flag=True)
def slot_command(folder: Path, *, listing: bool, as_json: bool) -> None:
    """Enter the slot that is due, once; run it from a timer where `serve` does not run.

    With --list: what monitors handed in that is kept and not yet on the record, for the staff.
    """
    desk = opened(folder)
    entered = None if listing else slots.tick(desk)
    waiting = inbox.waiting(desk)
    next_us = slots.next_us(desk)
    if as_json:
        print_json("slot", _fields(entered, waiting, next_us))
        return
    if next_us is None:
        click.echo("this centre has no slots: what comes in is on the record at once")
        return
    if entered:
        click.echo(f"entry {entered.entry}: a slot with {entered.parts} parts")
    elif not listing:
        click.echo("no slot is due; this one is on the record already")
    for item in waiting:
        _show(desk, item)
    at = from_us(next_us, desk.charter.where)
    click.echo(f"{len(waiting)} kept and not yet on the record; the next slot is at {at:%H:%M}")


def _show(desk: Desk, item: inbox.Kept) -> None:
    at = from_us(item.received_us, desk.charter.where)
    heading = f"{at:%Y-%m-%d %H:%M} {item.owner} {item.source} {item.name}: {item.rows} rows"
    click.echo(plain(heading))
    for row in inbox.rows_of(desk, item, _ROWS_SHOWN):
        if isinstance(row, Unreadable):
            click.echo(plain(f"  line {row.line}: {row.reason}"))
        elif isinstance(row.body, Said):
            click.echo(plain(f"  {row.body.speaker}: {row.body.act} {row.body.wording}"))


def _fields(
    entered: slots.Entered | None, waiting: tuple[inbox.Kept, ...], next_us: int | None
) -> dict[str, object]:
    return {
        "entry": entered.entry if entered else None,
        "parts": entered.parts if entered else 0,
        "waiting": [
            {"name": one.name, "owner": one.owner, "source": one.source, "rows": one.rows,
             "received_us": one.received_us}
            for one in waiting
        ],
        "next_us": next_us,
    }  # fmt: skip
