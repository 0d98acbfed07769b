"""The same acts from a terminal, and the engines stand-alone."""

import sys

import click

from truceline import __version__
from truceline.cli.bulletins import bulletin
from truceline.cli.centres import found_command, serve_command
from truceline.cli.engines import assess_command, fuse_command, terms
from truceline.cli.exercises import demo_tamper, exercise_command, play_command
from truceline.cli.incidents import incident
from truceline.cli.records import fsck_command, key, redraw_command, take_command, verify_command
from truceline.values.errors import TrucelineError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def commands() -> None:
    """Keep one record of alleged ceasefire violations that nobody can secretly change.

    Exit codes: 0 done, 1 done with refusals listed, 2 refused.
    """


for command in (
    found_command,
    take_command,
    fuse_command,
    assess_command,
    terms,
    incident,
    bulletin,
    serve_command,
    verify_command,
    fsck_command,
    redraw_command,
    key,
    exercise_command,
    play_command,
    demo_tamper,
):
    commands.add_command(command)


def main() -> None:
    """Run one command; an error a person can act on is one message and exit code 2."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; what was acknowledged is kept", err=True)
        sys.exit(2)
    except (TrucelineError, OSError) as problem:
        click.echo(f"truceline: {problem}", err=True)
        sys.exit(2)
