"""`found` and `serve`."""

import importlib
from pathlib import Path

import click

from truceline.desk.areas import parts_in
from truceline.desk.clock import Clock
from truceline.desk.enrolling import Enrolled, from_cards
from truceline.desk.founding import Plan, found
from truceline.desk.terms import BesideTerms
from truceline.ledger.card import parse
from truceline.values.mode import Mode
from truceline.values.texts import Text


@click.command("found")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--terms", "terms_path", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--exercise", "mode", flag_value="exercise", help="Invented parties, invented map.")
@click.option("--replay", "mode", flag_value="replay", help="Real past reports, for study.")
@click.option(
    "--files",
    "files_folder",
    type=click.Path(exists=True, path_type=Path),
    help="Where geometry files named in the terms are found, besides beside the terms.",
)
@click.option("--name", default="Truceline", help="What the centre is called.")
@click.option("--origin", default="", help="The log's name for ever, as example.org/centre.")
@click.option("--guarantor", "guarantors", multiple=True, help="Code of a body that guarantees.")
@click.option("--staff", multiple=True, help="Code of a body that reads monitors' reports in full.")
@click.option(
    "--areas",
    type=click.Path(exists=True, path_type=Path),
    help="GeoJSON of the areas bulletins give figures for.",
)
@click.option(
    "--map",
    "map_path",
    type=click.Path(exists=True, path_type=Path),
    help="GeoJSON drawn under everything: land, water, rivers, places.",
)
@click.option("--cutoff", default="19:30", help="Local time at which the reporting day ends.")
@click.option(
    "--slot-minutes",
    type=int,
    help="How often what monitors hand in enters the record; 0: at once. Default 15.",
)
@click.option(
    "--card",
    "cards",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The card a party or body handed in (`truceline key make`); once for each.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    help='So many of whom decide, as "erasure 2 VEL-roots TOR-roots".',
)
def found_command(
    folder: Path, terms_path: Path, mode: str | None, files_folder: Path | None, name: str,
    origin: str, guarantors: tuple[str, ...], staff: tuple[str, ...], cutoff: str,
    areas: Path | None, map_path: Path | None, slot_minutes: int | None,
    cards: tuple[Path, ...], groups: tuple[str, ...],
) -> None:  # fmt: skip
    """Found a centre in FOLDER: keys, an empty log, and the terms. The mode is fixed for ever."""
    text = terms_path.read_bytes()
    plan = Plan(
        names=Text(name, name, name),
        mode=Mode(mode or "live"),
        origin=origin or f"truceline.example/{folder.resolve().name}",
        terms=text,
        terms_name=terms_path.name,
        files=BesideTerms(terms_path, files_folder),
        guarantors=guarantors,
        staff=("CENTRE", *(code for code in staff if code != "CENTRE")),
        cutoff=cutoff,
        slot_minutes=slot_minutes,
        areas=parts_in(areas.read_bytes()) if areas else (),
        map=map_path.read_bytes() if map_path else None,
        enrolled=from_cards([parse(path.read_bytes()) for path in cards]) + Enrolled(groups=groups),
    )
    desk = found(folder, plan, Clock())
    head = desk.log.head()
    click.echo(f"founded {folder} as {plan.mode.upper()}: {head.size} entries, log {head.origin}")
    click.echo("hand its verifier key to every party: truceline key show " + f"{folder} --public")


@click.command("serve")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8730, show_default=True)
def serve_command(folder: Path, host: str, port: int) -> None:
    """Serve the desk's pages for the centre in FOLDER."""
    try:
        serving = importlib.import_module("truceline.web.serving")
    except ModuleNotFoundError as problem:
        raise click.ClickException(
            f"the web desk needs {problem.name}; install truceline[serve]"
        ) from problem
    serving.serve(folder.resolve(), host, port)
