"""`account`: who may sign in at a centre's desk, and as whom they read."""

import importlib
from pathlib import Path

import click

from truceline.cli.opening import opened
from truceline.desk.errors import NotPermitted

ROLES = ("watch_officer", "liaison", "mediator", "analyst")


@click.group("account")
def account() -> None:
    """Accounts of the web desk."""


@account.command("add")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.argument("username")
@click.option("--reader", required=True, help="Code of the party or body they read as.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--name", default="", help="How they are shown.")
@click.option("--lang", default="en", type=click.Choice(["en", "uk", "ru"]))
@click.password_option(help="Asked for where it is not given; at least 12 characters.")
def add(
    folder: Path, username: str, reader: str, role: str, name: str, lang: str, password: str
) -> None:
    """Make an account, or give the one of that name these facts and this password."""
    desk = opened(folder)
    codes = {body.code for body in (*desk.charter.parties, *desk.charter.bodies)}
    if reader not in codes:
        raise NotPermitted(f"{reader!r} has no seat here; known are {', '.join(sorted(codes))}")
    accounts = importlib.import_module("truceline.web.people.accounts")
    accounts.add(folder.resolve(), username, password, reader, role, name or username, lang)
    click.echo(f"{username} reads as {reader}, {role}")
