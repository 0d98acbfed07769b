"""`case`: what one reader may open about an incident or an entry, for a tribunal."""

from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.desk.cases import case


@click.command("case")
@click.argument("subject")
@click.option("--centre", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--reader", required=True, help="The code of whoever opens it, as VEL.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
def case_command(subject: str, centre: Path, reader: str, output: Path) -> None:
    """Write what one reader may open about an incident or an entry, for a tribunal.

    SUBJECT is an incident's number or an entry's index.
    It opens whole payloads and whole files taken: everything in it can be read by whoever gets it.
    """
    desk = opened(centre)
    desk.refresh()
    desk.refuse_stranger(reader)
    raw = case(desk, subject, reader)
    output.write_bytes(raw)
    click.echo(f"{output}: {len(raw):,} bytes; check it with `truceline evidence check`")
