"""`send`: a party's own writing end."""

import sys
import time
from pathlib import Path

import click

from truceline.cli.showing import counted, plain, print_json
from truceline.desk.clock import machine_us
from truceline.desk.handing_in import charter_of, hand_in
from truceline.desk.relaying import FOLDER as RELAYS
from truceline.desk.relaying import Relays
from truceline.desk.sending import Party, Report
from truceline.desk.taking import Incoming

WAITING = "waiting"
_WAYS = {
    "slot": "; what monitors notice enters in slots, so that nobody learns the minute: hand it in "
    "at the desk (`truceline take`)"
}


@click.command("send")
@click.argument("source")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "url", required=True, help="Where the centre is, as https://centre.example.")
@click.option("--as", "code", required=True, help="Your code, as VEL.")
@click.option(
    "--folder",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Your own folder: trust, keys/, and what was sent and answered.",
)
@click.option(
    "--relay", "relays", multiple=True, help="Another party's node, if the centre is silent."
)
@click.option(
    "--acl", default="", help="Who may read it, as CENTRE+VEL; by default you and the staff."
)
@click.option("--zone", default="", help="Zone of times that name none; the centre's by default.")
@click.option("--language", default="und", help="Language of the wording: en, uk, ru.")
@click.option("--json", "as_json", is_flag=True)
def send_command(
    source: str, files: tuple[Path, ...], url: str, code: str, folder: Path,
    relays: tuple[str, ...], acl: str, zone: str, language: str, *, as_json: bool,
) -> None:  # fmt: skip
    """Send FILES by SOURCE in your own name, signed here; SOURCE `waiting` sends what waits.

    Exit code 1 where something still waits or was refused.
    """
    party = Party(folder, code)
    if files:
        now, now_us = party.standing(url), machine_us()
        charter = charter_of(party, url, now, now_us)
        for path in files:
            given = Incoming(
                source=source, name=path.name, raw=path.read_bytes(), owner=code, by=code, acl=acl,
                zone=zone, language=language,
            )  # fmt: skip
            made = hand_in(party, now, charter, given, now_us)
            if not made and not as_json:
                click.echo(plain(f"{path.name}: known; it was handed in from here before"))
    elif source != WAITING:
        raise click.UsageError(f"name files to send, or `{WAITING}` for what waits")
    elif (folder / RELAYS).is_dir():  # a copy of the record that others showed entries to
        Relays(folder, party.signer, machine_us).put_on_record(party, url)
    show_sent(party.send(url, relays=relays, rest=time.sleep), as_json=as_json)


def show_sent(report: Report, *, as_json: bool) -> None:
    """Say what became of what was in the outbox; leaves with 1 where anything waits."""
    if as_json:
        print_json(
            "sent",
            {
                "receipts": [{"index": index, "leaf": leaf} for index, leaf in report.receipts],
                "refusals": [{"leaf": leaf, "code": code} for leaf, code in report.refusals],
                "relayed": report.relayed,
                "waiting": report.waiting,
                "why": report.why,
            },
        )
    else:
        for index, leaf in report.receipts:
            click.echo(f"entry {index} {leaf[:16]}: durable, receipt kept")
        for leaf, code in report.refusals:
            click.echo(f"{leaf[:16]}: refused ({code}), refusal kept{_WAYS.get(code, '')}")
        for line in report.relayed:
            click.echo(f"{line}: shown and signed for")
        if report.waiting:
            click.echo(
                plain(f"{counted(report.waiting, 'entry waits', 'entries wait')}: {report.why}")
            )
    sys.exit(1 if report.waiting or report.refusals else 0)
