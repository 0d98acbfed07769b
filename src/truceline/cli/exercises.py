"""`exercise`, and what `make demo` runs: hold an exercise and serve it, damage a copy of it."""

import importlib
import secrets
import shutil
import sys
from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.cli.showing import Stages, counted, progress
from truceline.desk.drills import flip_drill, rewrite_drill
from truceline.desk.errors import CentreRefused
from truceline.desk.exercising import hold_exercise, is_held
from truceline.exercise.generating import generate
from truceline.exercise.writing import write

SEED, DAYS, SIZE = 20260321, 14, 2_000
ACCOUNTS = "people/accounts.txt"
SEATS = (
    ("watch", "CENTRE", "watch_officer", "en", "watch officer of the centre"),
    ("velmark", "VEL", "liaison", "uk", "liaison officer of Velmark"),
    ("torrin", "TOR", "liaison", "ru", "liaison officer of Torrin"),
)


@click.command("exercise")
@click.option("--seed", default=SEED, show_default=True)
@click.option("--days", default=DAYS, show_default=True)
@click.option("--size", default=SIZE, show_default=True, help="About how many claims.")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path))
def exercise_command(seed: int, days: int, size: int, out: Path) -> None:
    """Generate an invented ceasefire: files, script, and the truth in a file of its own."""
    written = write(generate(seed, days, size), out)
    click.echo(f"{out}: {written}")


@click.command("play", hidden=True)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--no-serve", is_flag=True)
@click.option("--host", default="127.0.0.1")
@click.option("--port", default=8730)
def play_command(folder: Path, host: str, port: int, *, no_serve: bool) -> None:
    """Hold the exercise in FOLDER, or take up one that was held, and serve its desk."""
    if not _ready(folder):
        _hold(folder)
    desk = opened(folder)
    head = desk.log.head()
    click.echo(
        f"EXERCISE centre in {folder}: {counted(head.size, 'entry', 'entries')}, root {head.root64}"
    )
    click.echo("sign in as")
    click.echo((folder / ACCOUNTS).read_text(encoding="utf-8").rstrip())
    click.echo(f"open    http://{host}:{port}/")
    click.echo(f"check   .venv/bin/truceline verify {folder}")
    click.echo("damage  make demo-tamper")
    if not no_serve:
        importlib.import_module("truceline.web.serving").serve(folder.resolve(), host, port)


def _ready(folder: Path) -> bool:
    """Whether an exercise was held here to its end; what an interrupted one left is removed."""
    if not folder.exists() or not any(folder.iterdir()):
        return False
    try:
        if is_held(folder):
            return (folder / ACCOUNTS).is_file()
    except CentreRefused as problem:
        raise click.ClickException(f"{folder} is not ours to use: {problem}") from problem
    click.echo(f"{folder} holds an exercise that was interrupted; it is held again from the start")
    shutil.rmtree(folder)
    return False


def _hold(folder: Path) -> None:
    stages = Stages()
    stages.begin("invent")
    steps = list(generate(SEED, DAYS, SIZE).steps)
    stages.begin("play")
    with progress(f"fourteen days, {len(steps)} acts", len(steps), quiet=False) as step:
        hold_exercise(folder, steps, step).close()
    stages.begin("accounts")
    _make_accounts(folder)
    stages.end()
    click.echo(stages.line())


def _make_accounts(folder: Path) -> None:
    """Three accounts with fresh passwords, kept where only the owner of the folder can read."""
    accounts = importlib.import_module("truceline.web.people.accounts")
    lines = []
    for username, reader, role, language, who in SEATS:
        password = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"
        accounts.add(folder.resolve(), username, password, reader, role, who, language)
        lines.append(f"  {username:<8} {password:<18} {who}\n")
    path = folder / ACCOUNTS
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    path.write_text("".join(lines), encoding="utf-8")


@click.command("demo-tamper", hidden=True)
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
def demo_tamper(folder: Path) -> None:
    """Damage copies of the record in FOLDER; exit 0 only if each time the right entry is named."""
    desk = opened(folder)
    drill = rewrite_drill(desk)
    click.echo("1. Somebody at the centre, holding all its keys, rewrites yesterday in a copy:")
    click.echo(
        f"   entry {drill.rewritten} of {drill.size} ({drill.kind}); "
        "every tile and the head are signed anew."
    )
    alone = "finds nothing wrong: the rewritten log is consistent in itself"
    click.echo(
        f"   A stranger with only the log's key {alone if not drill.alone else drill.alone[0]}."
    )
    click.echo(f"   The other party holds its own copy against it: {drill.found}")
    if drill.both_signed:
        click.echo("   The log's key stands under both histories: that proves it to anyone.")
    flip = flip_drill(desk, drill.rewritten)
    click.echo(f"2. One bit of the same entry is flipped on the disk, in {flip.file}:")
    for line in flip.lines:
        click.echo(f"   {line}")
    right = drill.named == drill.rewritten and drill.rewritten in flip.named
    click.echo(
        f"entry {drill.rewritten} was named both times"
        if right
        else "the damaged entry was NOT named"
    )
    sys.exit(0 if right else 2)
