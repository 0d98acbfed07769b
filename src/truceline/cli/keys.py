"""`key`, `sign`, `submit`, `trust`: what officers do with keys. Imports no engine."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from truceline.cli.showing import plain, print_json
from truceline.desk.auditing import given_keys, public_keys
from truceline.desk.clock import Clock
from truceline.desk.officers import (
    Standing,
    adopt_trust,
    begin,
    card_of,
    countersign,
    make_keys,
    revoke,
    rotate,
    standing,
    submit,
    submit_to,
    switch,
    write_trust,
)
from truceline.ledger.card import render
from truceline.ledger.keys import load
from truceline.ledger.policy import parse

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW = click.Path(path_type=Path)

_LOG = [
    click.option(
        "--log", "where", required=True, help="The log: a centre, its `log/`, or a URL; read whole."
    ),
    click.option(
        "--trust-key", "given", multiple=True, help="The log's verifier key, or its file."
    ),
    click.option("--policy", type=_FILE, help="A trust file, in place of the log's own."),
]
_ALONE = "the quorum has not cosigned this head: the log's word alone; compare it with others"
_OUT = click.option("-o", "--out", required=True, type=_NEW, help="Where the note is written.")
_AS = click.option("--key", "key_file", required=True, type=_FILE, help="Your private key.")


def _reads_log(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_LOG):
        command = option(command)
    return command


@click.group("key")
def key() -> None:
    """Keys: made, handed out, replaced, taken out of use."""


@key.command("make")
@click.argument("name")
@click.option("--origin", required=True, help="The log's name, as example.org/centre.")
@click.option("--into", default=".", type=_NEW, help="The folder to keep them in.")
def make_command(name: str, origin: str, into: Path) -> None:
    """Make the keys of NAME: a party or body such as VEL, or an officer such as VEL-root-1.

    Prints what may be handed out: a card, or an officer's verifier key.
    """
    officer = "-root-" in name
    public = make_keys(into, origin, name, reads=not officer)
    if officer:
        click.echo(public.vkey)
    else:
        click.echo(render(card_of(into, name, (), 0)).decode(), nl=False)
    click.echo(f"key id {public.key_id.hex()}: read it to the others aloud", err=True)


@key.command("card")
@click.argument("code")
@click.option("--keys", "folder", required=True, type=_FOLDER, help="Where its keys are.")
@click.option("--root", "roots", multiple=True, help="An officer's verifier key, or its file.")
@click.option("-k", "enough", type=int, help="How many officers answer together; half and one.")
def card_command(code: str, folder: Path, roots: tuple[str, ...], enough: int | None) -> None:
    """Print the card of CODE with its officers, to hand to whoever founds the centre."""
    listed = [one for given in roots for one in given_keys(given)]
    wanted = enough if enough is not None else len(listed) // 2 + bool(listed)
    click.echo(render(card_of(folder, code, listed, wanted)).decode(), nl=False)


@key.command("rotate")
@click.argument("name")
@click.option("--keys", "folder", required=True, type=_FOLDER, help="Where its keys are.")
@click.option("--by", type=_FILE, help="An officer's key, when the current one is lost or revoked.")
@_reads_log
@_OUT
def rotate_command(
    name: str, folder: Path, by: Path | None, where: str, given: tuple[str, ...],
    policy: Path | None, out: Path,
) -> None:  # fmt: skip
    """Make new keys for NAME and the entry that registers them; the old go on until `switch`."""
    now = standing(where, given, policy)
    raw = rotate(now, folder, name, by, Clock().now_us())
    _write(out, raw, now, now.state.roots_of(name) if by else "")


@key.command("switch")
@click.argument("name")
@click.option("--keys", "folder", required=True, type=_FOLDER, help="Where its keys are.")
@_reads_log
def switch_command(
    name: str, folder: Path, where: str, given: tuple[str, ...], policy: Path | None
) -> None:
    """Use the new keys of NAME from now on, once the log has them."""
    used = switch(standing(where, given, policy), folder, name)
    click.echo(f"{name} signs with {used.key_id.hex()}; revoke the one before when all have it")


@key.command("introduce")
@click.argument("vkeys", nargs=-1, required=True)
@_AS
@_reads_log
@_OUT
def introduce_command(
    vkeys: tuple[str, ...], key_file: Path, where: str, given: tuple[str, ...],
    policy: Path | None, out: Path,
) -> None:  # fmt: skip
    """Write the entry by which the desk introduces authors nobody knows yet: VKEYS, or files."""
    now = standing(where, given, policy)
    listed = [one.vkey for each in vkeys for one in given_keys(each)]
    raw = begin(now, load(key_file), Clock().now_us(), kind="key/registered", vkeys=listed)
    _write(out, raw, now, "")


@key.command("revoke")
@click.argument("name")
@click.option("--key-id", default="", help="Which of its keys, in hex; not needed for an only one.")
@click.option(
    "--suspect-from",
    type=int,
    help="The entry from which on what it signed is in doubt; none: it was replaced, not stolen.",
)
@_AS
@_reads_log
@_OUT
def revoke_command(
    name: str, key_id: str, suspect_from: int | None, key_file: Path, where: str,
    given: tuple[str, ...], policy: Path | None, out: Path,
) -> None:  # fmt: skip
    """Write the entry that takes a key of NAME out; enough officers must sign it."""
    now = standing(where, given, policy)
    raw = revoke(
        now, load(key_file), name, Clock().now_us(), key_id=key_id, suspect_from=suspect_from
    )
    _write(out, raw, now, now.state.roots_of(name))


@key.command("roots")
@click.argument("groups", nargs=-1, required=True)
@_AS
@_reads_log
@_OUT
def roots_command(
    groups: tuple[str, ...], key_file: Path, where: str, given: tuple[str, ...],
    policy: Path | None, out: Path,
) -> None:  # fmt: skip
    """Write the entry that defines GROUPS anew, as "VEL-roots 2 VEL-root-2 VEL-root-3"."""
    now = standing(where, given, policy)
    raw = begin(now, load(key_file), Clock().now_us(), kind="roots/changed", groups=groups)
    nick = groups[0].partition(" ")[0]
    own = len(groups) == 1 and nick.endswith("-roots") and nick in now.state.groups
    _write(out, raw, now, nick if own else "roots")


@key.command("show")
@click.argument("where")
@click.option("--public", is_flag=True, help="The log's verifier keys only, alone on their lines.")
@click.option("--json", "as_json", is_flag=True)
@click.option("--trust-key", "given", multiple=True, help="The log's verifier key, or its file.")
@click.option("--policy", type=_FILE, help="A trust file, in place of the log's own.")
def show_command(
    where: str, given: tuple[str, ...], policy: Path | None, *, public: bool, as_json: bool
) -> None:
    """Show who may sign what in the log at WHERE: keys, groups, readers, revocations."""
    if public:
        for line in public_keys(Path(where)):
            click.echo(line)
        return
    fields = _fields(standing(where, given, policy))
    if as_json:
        print_json("keys", fields)
        return
    for one in fields["keys"]:
        state = "in use, REGISTERED BY AN ENTRY IN DOUBT" if one["doubtful"] else "in use"
        if one["revoked_at"] is not None:
            state = f"revoked in {one['revoked_at']}, in doubt from {one['suspect_from']} on"
        click.echo(plain(f"{one['author']} {one['key_id']} {state}"))
    for line in fields["groups"]:
        click.echo(plain(f"group {line}"))
    for code, recipients in fields["readers"].items():
        click.echo(plain(f"reader {code} {recipients[0]}"))
    click.echo(
        plain(f"log {fields['origin']}, {fields['size']} entries, every one of them checked")
    )
    click.echo(_ALONE if fields["alone"] else "", nl=bool(fields["alone"]))


@click.command("sign")
@click.argument("file", type=_FILE)
@_AS
def sign_command(file: Path, key_file: Path) -> None:
    """Put your line under the note in FILE, having read it."""
    text = file.read_bytes().rpartition(b"\n\n")[0].decode(errors="replace")
    for line in text.splitlines():
        click.echo(plain(line))
    names = countersign(file, load(key_file))
    click.echo(plain(f"signed by {', '.join(name.rpartition('/')[2] for name in names)}"))


@click.command("submit")
@click.argument("file", type=_FILE)
@click.option("--centre", required=True, help="The centre it is handed to: its folder, or a URL.")
@click.option(
    "--policy", type=_FILE, help="Your trust file; wanted for a URL, to check its answer."
)
def submit_command(file: Path, centre: str, policy: Path | None) -> None:
    """Hand the note in FILE to a centre; it enters if enough of those who must have signed it."""
    raw = file.read_bytes()
    if not centre.startswith(("http://", "https://")):
        click.echo(f"entry {submit(Path(centre), raw).index}")
        return
    if policy is None:
        raise click.UsageError("a centre's answer is checked with your own trust file: --policy")
    click.echo(f"entry {submit_to(centre, raw, parse(policy.read_bytes()))}")


@click.group("trust")
def trust() -> None:
    """The trust file: whose signatures make a head count."""


@trust.command("write")
@click.argument("file", type=_FILE)
@click.option("--serial", required=True, type=int, help="One more than the last one's; 1 at first.")
@_AS
@_reads_log
@_OUT
def write_trust_command(
    file: Path, serial: int, key_file: Path, where: str, given: tuple[str, ...],
    policy: Path | None, out: Path,
) -> None:  # fmt: skip
    """Put the trust file FILE into a note for the officers of all parties to sign."""
    now = standing(where, given, policy)
    raw = write_trust(now, file.read_bytes(), load(key_file), serial, Clock().now_us())
    _write(out, raw, now, "roots")


@trust.command("adopt")
@click.argument("file", type=_FILE)
@click.option("--into", required=True, type=_FOLDER, help="The folder whose `trust` is replaced.")
@_reads_log
def adopt_trust_command(
    file: Path, into: Path, where: str, given: tuple[str, ...], policy: Path | None
) -> None:
    """Trust whom the note in FILE names, if enough officers signed it and it is not an old one."""
    found = adopt_trust(standing(where, given, policy), file.read_bytes(), into)
    click.echo(f"trust file number {found.serial} is in use in {into}")


def _write(out: Path, raw: bytes, now: Standing, group: str) -> None:
    """Write a note where none is, and say who has to sign it."""
    with out.open("xb") as file:
        file.write(raw)
    if (held := now.state.groups.get(group)) is not None:
        click.echo(f"{out}: wants the lines of {held.line(group)}; truceline sign {out} --key FILE")
    click.echo(f"{out}: written")


def _fields(now: Standing) -> dict[str, Any]:
    state = now.state
    keys = []
    for identity in state.keys:
        revoked = state.suspects.get(identity)
        keys.append(
            {
                "author": state.author_of(identity[0]),
                "key_id": identity[1].hex(),
                "revoked_at": revoked.index if revoked else None,
                "suspect_from": revoked.suspect_from if revoked else None,
                "doubtful": identity in now.doubtful,
            }
        )
    return {
        "origin": state.origin,
        "size": now.head.size,
        "alone": now.alone,
        "keys": keys,
        "groups": [group.line(nick) for nick, group in state.groups.items()],
        "readers": {code: list(recipients) for code, recipients in state.readers.items()},
    }
