"""Forget, show a tribunal, report to a capital: `erase`, `open`, `opened`, `capital`."""

import time
from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.cli.sending import show_sent
from truceline.cli.showing import counted, plain, print_json
from truceline.desk import capital as capitals
from truceline.desk import erasing, tribunal
from truceline.desk.clock import Clock, machine_us
from truceline.desk.officers import standing, submit
from truceline.desk.sending import Party
from truceline.ledger import opening
from truceline.ledger.keys import load
from truceline.ledger.log import Log
from truceline.ledger.policy import parse as parse_trust
from truceline.ledger.store import open_store

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW = click.Path(path_type=Path)
_centre = click.option("--centre", "folder", required=True, type=_FOLDER)
_key = click.option("--key", "key_file", required=True, type=_FILE, help="Your private key.")
_out = click.option("-o", "--out", required=True, type=_NEW, help="The file to write.")


@click.group("erase")
def erase() -> None:
    """Forget what entries say, by agreement.

    The entries themselves stay, and can be verified.
    """


@erase.command("propose")
@click.argument("entries", nargs=-1, required=True, type=int)
@_centre
@_key
@click.option("--reason", required=True, help="Why; all will read it.")
@_out
def propose_command(
    entries: tuple[int, ...], folder: Path, key_file: Path, reason: str, out: Path
) -> None:
    """Write a note that erases what ENTRIES say. Others sign it, then `erase do` carries it out."""
    desk = opened(folder)
    now = standing(str(folder))
    raw = erasing.propose(desk, now, load(key_file), entries, reason)
    with out.open("xb") as file:
        file.write(raw)
    if (group := now.state.groups.get("erasure")) is not None:
        click.echo(f"wants the lines of {group.line('erasure')}: truceline sign {out} --key FILE")
    click.echo(f"{out}: written; then truceline erase do {out} --centre {folder}")


@erase.command("do")
@click.argument("file", type=_FILE, required=False)
@_centre
def do_command(file: Path | None, folder: Path) -> None:
    """Hand the note in FILE in, and destroy what the record says is erased. Safe to repeat."""
    if file is not None:
        click.echo(f"entry {submit(folder, file.read_bytes()).index}")
    for done in erasing.carry_out(opened(folder)):
        click.echo(
            f"{counted(len(done.blobs), 'blob', 'blobs')} destroyed, {done.absent} not held here"
        )
    click.echo("copies elsewhere are for their holders to destroy; backups are for you to find")


@click.command("open")
@click.argument("entry", type=int)
@_centre
@_out
def open_command(entry: int, folder: Path, out: Path) -> None:
    """Write the file that opens what ENTRY says before a tribunal; no key goes with it."""
    raw = tribunal.open_entry(Log.open(folder), entry)
    with out.open("xb") as file:
        file.write(raw)
    click.echo(f"{out}: opens entry {entry} to whoever has it; hand it over, do not publish it")


@click.command("opened")
@click.argument("file", type=_FILE)
@click.option("--policy", type=_FILE, required=True, help="The trust file you were handed.")
@click.option("--into", type=_NEW, help="A new folder to write the content and its files to.")
@click.option("--json", "as_json", is_flag=True)
def opened_command(file: Path, policy: Path, into: Path | None, *, as_json: bool) -> None:
    """Check an opening FILE against a trust file; exit code 2 if it does not hold."""
    found = opening.check(file.read_bytes(), parse_trust(policy.read_bytes()))
    if into is not None:
        into.mkdir(mode=0o700)
        for name, content in (("payload", found.plain), *_named(found.files)):
            (into / name).write_bytes(content)
    if as_json:
        fields = {"entry": found.index, "kind": found.entry.kind, "author": found.entry.author}
        print_json("opened", {**fields, "files": len(found.files), "unshown": found.unshown})
        return
    signers = ", ".join(name.rpartition("/")[2] for name in found.signed_by)
    click.echo(plain(f"entry {found.index} is in the log: {found.entry.kind}, signed by {signers}"))
    click.echo(
        f"its content is what was committed to: {len(found.plain):,} bytes, "
        f"{counted(len(found.files), 'file', 'files')} with it, {found.unshown} not shown"
    )


@click.group("capital")
def capital() -> None:
    """A party's reports to its capital, which no centre can read."""


@capital.command("write")
@click.argument("file", type=_FILE)
@click.option("--to", "recipient", required=True, help="The capital's age recipient, age1….")
@_centre
@_key
def write_command(file: Path, recipient: str, folder: Path, key_file: Path) -> None:
    """Seal FILE to the capital on this machine, sign it, and hand it to the centre."""
    now = standing(str(folder))
    raw, blob = capitals.write(now, load(key_file), file.read_bytes(), recipient, Clock().now_us())
    open_store(folder).put_blob(blob)
    receipt = submit(folder, raw)
    click.echo(f"entry {receipt.index}: received by the log, readable by the capital alone")


@capital.command("send")
@click.argument("file", type=_FILE)
@click.option("--capital", "recipient", required=True, help="Its age recipient, age1….")
@click.option("--to", "url", required=True, help="Where the centre is, as https://centre.example.")
@click.option("--as", "code", required=True, help="Your code, as VEL.")
@click.option(
    "--folder", default=".", type=_FOLDER, help="Your own folder, as `truceline send` uses it."
)
@click.option(
    "--relay", "relays", multiple=True, help="Another party's node, if the centre is silent."
)
def send_command(
    file: Path, recipient: str, url: str, code: str, folder: Path, relays: tuple[str, ...]
) -> None:
    """Seal FILE to the capital on this machine, sign it, and send it to the centre's address.

    It is kept in your outbox first; what cannot be sent now goes with `truceline send waiting`.
    Exit code 1 where it still waits or was refused.
    """
    party, now_us = Party(folder, code), machine_us()
    now = party.standing(url)
    capitals.put_in_outbox(party, now, file.read_bytes(), recipient, now_us)
    show_sent(party.send(url, relays=relays, rest=time.sleep), as_json=False)


@capital.command("read")
@click.argument("entry", type=int)
@_centre
@click.option("--identity", required=True, type=_FILE, help="The capital's age identity file.")
@_out
def read_command(entry: int, folder: Path, identity: Path, out: Path) -> None:
    """Open what ENTRY carries with the capital's identity."""
    content = capitals.read(Log.open(folder), entry, identity)
    with out.open("xb") as file:
        file.write(content)
    click.echo(f"{out}: {len(content):,} bytes, as signed for")


def _named(files: tuple[bytes, ...]) -> list[tuple[str, bytes]]:
    return [(f"file-{place}", content) for place, content in enumerate(files, start=1)]
