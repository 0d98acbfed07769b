"""The same acts from a terminal, and the engines stand-alone."""

import sys

import click

from truceline import __version__
from truceline.cli.lazy import Lazy, LazyGroup
from truceline.cli.showing import plain
from truceline.values.errors import TrucelineError

_HERE = "truceline.cli"
COMMANDS = {
    "found": Lazy(
        f"{_HERE}.centres:found_command",
        "Found a centre in FOLDER: keys, an empty log, and the terms.",
    ),
    "take": Lazy(f"{_HERE}.records:take_command", "Take FILES in by SOURCE."),
    "send": Lazy(
        f"{_HERE}.sending:send_command",
        "Send FILES by SOURCE in your own name, signed here; SOURCE `waiting` sends what waits.",
    ),
    "slot": Lazy(
        f"{_HERE}.slots:slot_command",
        "Enter the slot that is due, once; run it from a timer where `serve` does not run.",
    ),
    "fuse": Lazy(
        f"{_HERE}.engines:fuse_command",
        "Fuse claims into incidents: a centre's, or a table of them (csv, parquet, jsonl).",
    ),
    "assess": Lazy(
        f"{_HERE}.engines:assess_command",
        "Hold incidents against terms: a centre's, or a file of cases against a file of terms.",
    ),
    "terms": Lazy(f"{_HERE}.terms:terms", "Agreements as data."),
    "obligations": Lazy(
        f"{_HERE}.obligations:obligations_command",
        "Say how every duty, power and count of quiet days stands at an instant.",
    ),
    "text": Lazy(
        f"{_HERE}.texts:text",
        "Texts under negotiation: every act is an entry, and nothing said is lost.",
    ),
    "instrument": Lazy(
        f"{_HERE}.texts:instrument",
        "Instruments: from draft to force, each step claimed or evidenced.",
    ),
    "read": Lazy(
        f"{_HERE}.reading:read_command",
        "Read coverage of talks: who is said to have said what, and where accounts differ.",
    ),
    "incident": Lazy(f"{_HERE}.incidents:incident", "Say which claims stand together, or do not."),
    "bulletin": Lazy(
        f"{_HERE}.bulletins:bulletin", "What the centre publishes, from a frozen cut-off."
    ),
    "serve": Lazy(
        f"{_HERE}.centres:serve_command", "Serve the desk's pages for the centre in FOLDER."
    ),
    "account": Lazy(f"{_HERE}.accounts:account", "Accounts of the web desk."),
    "verify": Lazy(f"{_HERE}.checking:verify_command", "Check a log as an outsider would."),
    "fsck": Lazy(
        f"{_HERE}.checking:fsck_command",
        "Check and explain every stored byte of the record in FOLDER, a centre.",
    ),
    "redraw": Lazy(
        f"{_HERE}.records:redraw_command",
        "Draw the tables again from the ledger and compare digests.",
    ),
    "follow": Lazy(
        f"{_HERE}.replicas:follow_command",
        "Keep a checked copy of the record at WHERE, a URL or a folder, and draw its tables.",
    ),
    "digests": Lazy(
        f"{_HERE}.replicas:digests_command",
        "List what every holder has stated its tables come to, in FOLDER, a centre or replica.",
    ),
    "handover": Lazy(
        f"{_HERE}.handovers:handover",
        "Make a replica the centre: the same record goes on under a new name and new keys.",
    ),
    "key": Lazy(f"{_HERE}.keys:key", "Keys: made, handed out, replaced, taken out of use."),
    "sign": Lazy(
        f"{_HERE}.keys:sign_command", "Put your line under the note in FILE, having read it."
    ),
    "submit": Lazy(
        f"{_HERE}.keys:submit_command",
        "Hand the note in FILE to a centre; it enters if enough of those who must have signed it.",
    ),
    "evacuate": Lazy(
        f"{_HERE}.evacuating:evacuate_command",
        "Destroy the keys in FOLDER, and all that is not public there; or lock it, or unlock it.",
    ),
    "erase": Lazy(
        f"{_HERE}.sealing:erase",
        "Forget what entries say, by agreement.",
    ),
    "open": Lazy(
        f"{_HERE}.sealing:open_command",
        "Write the file that opens what ENTRY says before a tribunal; no key goes with it.",
    ),
    "opened": Lazy(
        f"{_HERE}.sealing:opened_command",
        "Check an opening FILE against a trust file; exit code 2 if it does not hold.",
    ),
    "capital": Lazy(
        f"{_HERE}.sealing:capital", "A party's reports to its capital, which no centre can read."
    ),
    "trust": Lazy(f"{_HERE}.keys:trust", "The trust file: whose signatures make a head count."),
    "evidence": Lazy(
        f"{_HERE}.evidence:evidence", "Make and check files that show an outsider what was done."
    ),
    "case": Lazy(
        f"{_HERE}.cases:case_command",
        "Write what one reader may open about an incident or an entry, for a tribunal.",
    ),
    "witness": Lazy(f"{_HERE}.witness:witness", "A party's witness of logs that only grow."),
    "cosign": Lazy(
        f"{_HERE}.cosigning:cosign_command", "Have the newest head of FOLDER, a centre, cosigned."
    ),
    "level": Lazy(f"{_HERE}.cosigning:level_command", "Say how final ENTRY of a centre is."),
    "exercise": Lazy(
        f"{_HERE}.exercises:exercise_command",
        "Generate an invented ceasefire: files, script, and the truth in a file of its own.",
    ),
    "play": Lazy(f"{_HERE}.exercises:play_command"),
    "demo-tamper": Lazy(f"{_HERE}.exercises:demo_tamper"),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__)
def commands() -> None:
    """Keep one record of alleged ceasefire violations that nobody can secretly change.

    Exit codes: 0 done, 1 done with refusals listed, 2 refused.
    """


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
        click.echo("\n".join(map(plain, f"truceline: {problem}".splitlines())), err=True)
        sys.exit(2)
