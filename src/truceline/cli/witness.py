"""`witness`: a party keeps watch that a record only grows."""

import sys
from pathlib import Path

import click

from truceline.cli.showing import plain, print_json
from truceline.desk.auditing import given_keys
from truceline.desk.gates.witness import serve
from truceline.desk.witnessing import Post
from truceline.ledger.witness_book import FIRST_USE, PINNED, Followed, origin_hash
from truceline.values.instant import SECOND_US, iso

_FOLDER = click.Path(path_type=Path)
_THERE = click.Path(exists=True, path_type=Path)


@click.group("witness")
def witness() -> None:
    """A party's witness of logs that only grow."""


@witness.command("init")
@click.argument("folder", type=_FOLDER)
@click.option("--name", required=True, help="Its name for ever, as witness.example.org/VEL.")
def init_command(folder: Path, name: str) -> None:
    """Make a witness in FOLDER and print its verifier keys."""
    for vkey in Post.init(folder, name).vkeys:
        click.echo(vkey)


@witness.command("add-log")
@click.argument("folder", type=_THERE)
@click.argument("keys", nargs=-1, required=True)
@click.option("--head", type=_THERE, help="A head of the log to start from: the founding one, say.")
@click.option("--url", default="", help="Where the log is served; wanted for --mirror.")
def add_log_command(folder: Path, keys: tuple[str, ...], head: Path | None, url: str) -> None:
    """Follow the log of KEYS: verifier keys, or files that hold one a line."""
    parsed = [key for given in keys for key in given_keys(given)]
    start = head.read_bytes() if head is not None else None
    log = Post.open(folder).add_log(parsed, start, url)
    click.echo(f"follows {log.origin} from size {log.size}")
    if log.start == FIRST_USE and log.note is None:
        click.echo("no head was given: the first one shown will be believed as it stands")
    elif log.start == PINNED and log.size == 0:
        click.echo("a head of size 0 rules nothing out: the first one shown will be believed")


@witness.command("serve")
@click.argument("folder", type=_THERE)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=7380, show_default=True)
@click.option("--mirror", is_flag=True, help="Keep every entry before its head is cosigned.")
def serve_command(folder: Path, host: str, port: int, *, mirror: bool) -> None:
    """Answer logs and monitors, as c2sp.org/tlog-witness says."""
    serve(folder, host, port, mirroring=mirror)


@witness.command("show")
@click.argument("folder", type=_THERE)
@click.option("--public", is_flag=True, help="Its verifier keys, one a line, and nothing else.")
@click.option("--json", "as_json", is_flag=True)
def show_command(folder: Path, *, public: bool, as_json: bool) -> None:
    """Print its keys, the logs it follows, and every fork it was shown. Exit 1 if there is one."""
    post = Post.open(folder)
    if public:
        for vkey in post.vkeys:
            click.echo(vkey)
        return
    forks, logs = post.forks(), post.book.logs()
    if as_json:
        fields = {
            "keys": post.vkeys,
            "logs": [_fields(log) for log in logs],
            "forks": [
                {
                    "origin": fork.origin,
                    "at": iso(fork.at_s * SECOND_US),
                    "found": fork.found,
                    "kept": fork.kept.decode(),
                    "shown": fork.shown.decode(),
                }
                for fork in forks
            ],
        }
        print_json("witness", fields)
    else:
        for log in logs:
            when = iso(log.time_s * SECOND_US) if log.time_s else "not yet cosigned"
            frozen = f", handed over to {log.handed_to}" if log.handed_to else ""
            click.echo(plain(f"{log.origin}: size {log.size}, {when}, {log.start}{frozen}"))
        for fork in forks:
            when = iso(fork.at_s * SECOND_US)
            click.echo(plain(f"FORK {fork.origin}, {when}: {fork.found}; --json has both heads"))
    sys.exit(1 if forks else 0)


@witness.command("handover")
@click.argument("folder", type=_THERE)
@click.argument("note", type=_THERE)
@click.option("--log", "where", required=True, help="Who serves the log now: a URL or a folder.")
def handover_command(folder: Path, note: Path, where: str) -> None:
    """Follow a log to the successor that NOTE, its log/handed-over entry, names."""
    log = Post.open(folder).hand_over(note.read_bytes(), where)
    click.echo(f"follows {log.origin} from size {log.size}; the old log is cosigned no more")


def _fields(log: Followed) -> dict[str, object]:
    return {
        "origin": log.origin,
        "hash": origin_hash(log.origin),
        "size": log.size,
        "cosigned": iso(log.time_s * SECOND_US) if log.time_s else None,
        "start": log.start,
        "handed_to": log.handed_to or None,
        "head": log.note.decode() if log.note else None,
    }
