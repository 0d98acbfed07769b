"""`bulletin`: draft one, publish one, correct one."""

from pathlib import Path

import click

from truceline.bulletins.annex import annex
from truceline.bulletins.rendering import render
from truceline.cli.opening import opened
from truceline.desk import publishing
from truceline.values.audience import ALL, CENTRE


@click.group("bulletin")
def bulletin() -> None:
    """What the centre publishes, from a frozen cut-off."""


@bulletin.command("daily")
@click.option("--date", required=True, help="The day whose cut-off ends it, as 2026-03-31.")
@click.option("--lang", default="en", type=click.Choice(["en", "uk", "ru"]))
@click.option("--centre", "folder", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="*.md or *.html")
@click.option("--audience", default=ALL, show_default=True, help="Who it is drawn for.")
@click.option("--publish", is_flag=True, help="Publish it: an act, in every language.")
@click.option("--corrects", default="", help="Number of the bulletin this one corrects.")
@click.option("--by", default=CENTRE, show_default=True)
def daily(
    date: str, lang: str, folder: Path, out: Path, audience: str, by: str, corrects: str,
    *, publish: bool,
) -> None:  # fmt: skip
    """Write the bulletin of a day. A draft appends nothing; --publish is an act."""
    to = "html" if out.suffix in (".html", ".htm") else "md"
    if not out.parent.is_dir():  # asked before the act: what is published cannot be taken back
        raise click.UsageError(f"{out.parent} is no folder; make it, or write elsewhere with -o")
    desk = opened(folder)
    beside = out.with_name(f"{out.stem}-annex.csv")
    if not publish:
        drafted = publishing.draft(desk, date, audience)
        out.write_bytes(render(publishing.FORM, drafted, lang, to))
        _write_map(out, render(publishing.FORM, drafted, lang, "svg"), lang)
        beside.write_bytes(annex(drafted))
        click.echo(f"draft of {date} in {out}, its annex in {beside}; nothing was appended")
        return
    if corrects:
        number = publishing.correct(desk, by, corrects)
    else:
        number = publishing.publish(desk, by, date, audience)
    one = publishing.bulletin(desk.view(), number)
    out.write_bytes(publishing.document(desk, one, lang, to))
    _write_map(out, publishing.map_of(desk, one, lang), lang)
    beside.write_bytes(publishing.annex(desk, one))
    click.echo(f"{number} published as entry {one.entry}; {out}, its annex in {beside}")


def _write_map(out: Path, svg: bytes, lang: str) -> None:
    """Put the map where the Markdown looks for it; an HTML edition has it inside."""
    if svg and out.suffix == ".md":
        out.with_name(f"map.{lang}.svg").write_bytes(svg)
