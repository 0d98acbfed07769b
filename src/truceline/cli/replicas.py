"""`follow`, `digests`: a party's own copy of the record, and what every holder's tables come to."""

import shutil
import sys
import time
from pathlib import Path

import click

from truceline.cli.showing import counted, plain, print_json, progress
from truceline.desk.clock import machine_us
from truceline.desk.couriers.holders import holder
from truceline.desk.couriers.logs import Unreachable
from truceline.desk.errors import CentreRefused
from truceline.desk.following import Follower, Passed
from truceline.desk.relaying import Relays
from truceline.ledger import permit
from truceline.ledger.digest import Shelf
from truceline.ledger.disk import Disk
from truceline.ledger.errors import LedgerError
from truceline.ledger.reading_on import Forked, Unlawful
from truceline.ledger.store import TRUST

_PAUSE_S = 10.0
_STALE_US = 10 * 60 * 1_000_000


@click.command("follow")
@click.argument("where")
@click.option("--into", "folder", required=True, type=click.Path(path_type=Path))
@click.option("--trust", type=click.Path(exists=True, path_type=Path), help="As handed to you.")
@click.option("--as", "reader", help="The code of the party that follows; kept from then on.")
@click.option("--keys", type=click.Path(exists=True, path_type=Path), help="Where its keys are.")
@click.option("--once", is_flag=True, help="One pass, then exit; 1 if anything needs a person.")
@click.option("--serve", "serve_at", metavar="HOST:PORT", help="Serve the copy to others.")
@click.option("--json", "as_json", is_flag=True)
def follow_command(
    where: str, folder: Path, trust: Path | None, reader: str | None, keys: Path | None,
    serve_at: str | None, *, once: bool, as_json: bool,
) -> None:  # fmt: skip
    """Keep a checked copy of the record at WHERE, a URL or a folder, and draw its tables.

    Exit code 2 where the log went back on its word or the source gives wrong bytes.
    """
    follower = Follower.open(folder, trust.read_bytes() if trust else None, reader)
    if keys is not None:
        _bring_keys(keys, folder / "keys", follower.reader)
    relays = None
    if serve_at is not None:
        relays = Relays(folder, follower.signer, machine_us) if follower.signer else None
        _serve(folder, serve_at, relays)
    while True:
        quiet = as_json or not sys.stderr.isatty()
        passed = _pass(follower, where, quiet=quiet, patient=not once)
        if passed is not None:
            _show(passed, where, as_json=as_json)
        if relays is not None:
            relays.pass_on(where.rstrip("/").removesuffix("/log"))
        if once:
            sys.exit(0 if passed is not None and passed.ok else 1)
        time.sleep(_PAUSE_S)


def _pass(follower: Follower, where: str, *, quiet: bool, patient: bool) -> Passed | None:
    """One pass; None where no good answer came and we are to ask again.

    A log that went back on its word ends the command all the same: people must hear of it.
    """
    signer = follower.signer

    def show_permit() -> str:
        assert signer is not None
        return permit.make(signer, follower.replica.trust.origin, machine_us())

    try:
        with progress("follow", None, quiet=quiet) as step:
            return follower.run(
                holder(where, show_permit if signer else None),
                machine_us(),
                lambda done, _of: step(done),
            )
    except (Unreachable, LedgerError) as problem:
        if not patient or isinstance(problem, Forked | Unlawful):
            raise
        click.echo(plain(f"{problem}"), err=True)
        return None


def _bring_keys(keys: Path, into: Path, reader: str) -> None:
    """Copy a party's own two key files into its replica; never over others."""
    for name in (reader, f"{reader}.age"):
        if (keys / name).is_file() and not (into / name).exists():
            shutil.copyfile(keys / name, into / name)
            (into / name).chmod(0o600)


def _show(passed: Passed, where: str, *, as_json: bool) -> None:
    if as_json:
        print_json("followed", _fields(passed))
        return
    done = passed.followed
    for wrong in passed.wrong:
        at = "" if wrong.index is None else f", entry {wrong.index}"
        click.echo(plain(f"{wrong.path}{at}: wrong bytes from {wrong.source}; asked for again"))
    for line in (one.line(where) for one in passed.lacking):
        click.echo(plain(line))
    for table in passed.mended:
        click.echo(f"our own table {table} was not what the record says; drawn again")
    for differs in passed.differs:
        click.echo(plain(f"DIFFERS {differs.line()}"))
    if done.is_behind:
        click.echo(f"stale: {plain(where)} shows {done.shown:,}, held here are {done.head.size:,}")
    elif done.age_us > _STALE_US:
        click.echo(f"stale: the newest head was signed {done.age_us // 60_000_000:,} minutes ago")
    new = counted(done.head.size - done.old, "new entry", "new entries")
    lacking = counted(len(passed.lacking), "payload", "payloads")
    click.echo(f"{new}, {done.head.size:,} held and checked; {lacking} lacking")


def _fields(passed: Passed) -> dict[str, object]:
    done = passed.followed
    return {
        "size": done.head.size,
        "root": done.head.root64,
        "new": done.head.size - done.old,
        "shown": done.shown,
        "age_us": done.age_us,
        "wrong": [
            {"source": one.source, "file": one.path, "entry": one.index} for one in passed.wrong
        ],
        "heads_missing": list(done.heads_missing),
        "lacking": [{"entry": one.entry, "blob": one.ref.blob} for one in passed.lacking],
        "stated": list(passed.stated),
        "mended": list(passed.mended),
        "differs": [one.line() for one in passed.differs],
    }


def _serve(folder: Path, at: str, relays: Relays | None) -> None:
    """Serve the copy in a thread of its own; a party's is shown what the centre does not take."""
    from threading import Thread  # noqa: PLC0415 - only who serves needs any of this

    import uvicorn  # noqa: PLC0415

    from truceline.desk.gates.asgi import gate  # noqa: PLC0415
    from truceline.desk.gates.blobs import blobs  # noqa: PLC0415
    from truceline.desk.gates.digests import digests  # noqa: PLC0415
    from truceline.desk.gates.log import reading  # noqa: PLC0415
    from truceline.desk.gates.relaying import relaying  # noqa: PLC0415

    host, _, port = at.rpartition(":")
    if not host or not port.isdigit():
        raise CentreRefused(f"--serve {at}: want HOST:PORT, as 0.0.0.0:8731")
    routes = [*reading(folder), *blobs(folder, machine_us), *digests(folder)]
    routes += relaying(relays) if relays is not None else []
    config = uvicorn.Config(
        gate(routes), host=host, port=int(port), log_level="warning", server_header=False,
        lifespan="off",
    )  # fmt: skip
    server = uvicorn.Server(config)
    Thread(target=server.run, daemon=True, name="serve the copy").start()


@click.command("digests")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def digests_command(folder: Path, *, as_json: bool) -> None:
    """List what every holder has stated its tables come to, in FOLDER, a centre or replica.

    Exit code 1 where two holders state different things of one size and model.
    """
    if not (folder / TRUST).is_file():
        raise CentreRefused(f"{folder} is no centre and no replica")
    try:
        notes = [one for _, one in Shelf(Disk(folder)).notes()]
    except LedgerError as problem:
        raise CentreRefused(f"{folder}: {problem}") from problem
    said: dict[tuple[int, str], set[str]] = {}
    for one in notes:
        said.setdefault((one.size, one.model), set()).add(one.common)
    split = [key for key, commons in said.items() if len(commons) > 1]
    if as_json:
        rows = [{"by": n.by, "size": n.size, "model": n.model, "common": n.common} for n in notes]
        print_json("digests", {"digests": rows, "differ_at": sorted(size for size, _ in split)})
    else:
        for one in sorted(notes, key=lambda note: (note.size, note.by)):
            mark = "  DIFFERS" if (one.size, one.model) in split else ""
            click.echo(f"{one.size:>10,}  {one.by:<12} {one.common}{mark}")
    sys.exit(1 if split else 0)
