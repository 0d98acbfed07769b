"""Opening a centre for the length of one command."""

from pathlib import Path

import click

from truceline.desk.desk import Desk


def opened(folder: Path) -> Desk:
    """Open a centre; it is closed when the command ends, whichever way it ends.

    Left to the collector, it would hold its tables open for as long as the collector pleases.
    """
    desk = Desk.open(folder)
    click.get_current_context().call_on_close(desk.close)
    return desk
