"""`fuse`, `assess`: on a centre, or the engines alone on files."""

import resource
import sys
from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.cli.showing import Stages, counted
from truceline.desk.terms import BesideTerms
from truceline.incidents import tablefile
from truceline.terms import casefile

_path = click.Path(exists=True, path_type=Path)
_out = click.Path(path_type=Path)


@click.command("fuse")
@click.argument("claims", required=False, type=_path)
@click.option(
    "--centre", "folder", type=_path, help="Bring this centre's incidents up to its head."
)
@click.option("-o", "--out", type=_out, help="Claims with their incident.")
@click.option("--pairs", type=_out, help="Linked pairs with their weight.")
@click.option("--explain", type=_out, help="Why each pair is linked, as JSON lines.")
def fuse_command(
    claims: Path | None,
    folder: Path | None,
    out: Path | None,
    pairs: Path | None,
    explain: Path | None,
) -> None:
    """Fuse claims into incidents: a centre's, or a table of them (csv, parquet, jsonl)."""
    if (folder is None) == (claims is None):
        raise click.UsageError("give either --centre DIR or a table of claims")
    if folder is not None:
        _fuse_centre(folder)
        return
    assert claims is not None
    if out is None:
        raise click.UsageError("say where the result goes: -o OUT")
    done = tablefile.fuse_table(claims.read_bytes(), claims.suffix, out.suffix)
    out.write_bytes(done.out)
    if pairs is not None:
        pairs.write_bytes(tablefile.pairs_table(done, pairs.suffix))
    if explain is not None:
        explain.write_bytes(tablefile.explained(done))
    click.echo(done.summary())
    sys.exit(1 if done.refused else 0)


def _fuse_centre(folder: Path) -> None:
    stages = Stages()
    stages.begin("draw")
    desk = opened(folder)
    stages.begin("fuse")
    desk.fuse()
    stages.end()
    found = desk.tables.select("SELECT count(*) AS n FROM incidents")[0]["n"]
    claims = desk.tables.select("SELECT count(*) AS n FROM claims WHERE grain = 'full'")[0]["n"]
    held = f"{counted(claims, 'claim', 'claims')} in {counted(found, 'incident', 'incidents')}"
    click.echo(f"{held}: "
               f"{stages.line()}, peak {_peak_mb()} MB")  # fmt: skip


@click.command("assess")
@click.argument("terms_path", required=False, type=_path)
@click.argument("cases_path", required=False, type=_path)
@click.option("--centre", "folder", type=_path, help="Propose findings on this centre's incidents.")
@click.option(
    "--files", "files_folder", type=_path, help="Where geometry files named in the terms are."
)
@click.option("--lang", default="en", type=click.Choice(["en", "uk", "ru"]))
@click.option("--json", "as_json", is_flag=True)
def assess_command(
    terms_path: Path | None, cases_path: Path | None, folder: Path | None,
    files_folder: Path | None, lang: str, *, as_json: bool,
) -> None:  # fmt: skip
    """Hold incidents against terms: a centre's, or a file of cases against a file of terms."""
    if folder is not None:
        _assess_centre(folder)
        return
    if terms_path is None or cases_path is None:
        raise click.UsageError("give either --centre DIR, or TERMS and CASES")
    text = terms_path.read_bytes()
    done = casefile.run(
        text, cases_path.read_bytes(), BesideTerms(terms_path, files_folder),
        terms_name=str(terms_path),
        cases_name=str(cases_path),
    )  # fmt: skip
    click.echo(done.to_json().decode().rstrip() if as_json else done.table(lang))
    sys.exit(0 if done.met else 1)


def _assess_centre(folder: Path) -> None:
    stages = Stages()
    stages.begin("draw")
    desk = opened(folder)
    stages.begin("fuse")
    desk.fuse()
    stages.begin("assess")
    desk.assess()
    stages.end()
    for row in desk.tables.select(
        """SELECT clause, verdict, count(*) AS n FROM proposals
           WHERE party = '' GROUP BY clause, verdict"""
    ):
        click.echo(f"{row['clause']:<16} {row['verdict']:<14} {row['n']:>8,}")
    click.echo(f"{stages.line()}, peak memory {_peak_mb()} MB")


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
