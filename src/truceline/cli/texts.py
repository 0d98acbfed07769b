"""`text`: what is on the negotiating table, and an instrument's way into force."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import click

from truceline.cli.opening import opened
from truceline.cli.showing import plain, print_json
from truceline.desk import talking
from truceline.desk.drafting import draft
from truceline.desk.signing import deposit
from truceline.desk.tabling import (
    lines_of_instrument,
    lines_of_outcome,
    lines_of_text,
    lines_of_understanding,
    plain_instrument,
    plain_text,
    proposed,
)
from truceline.desk.terms import BesideTerms
from truceline.talks import acts
from truceline.terms.agreement import Agreement
from truceline.terms.loading import load
from truceline.values.canonical import sha256_hex
from truceline.values.instant import parse_instant
from truceline.values.texts import LANGUAGES

_path = click.Path(exists=True, path_type=Path)
_centre = click.option("--centre", "folder", required=True, type=_path)
_by = click.option("--by", required=True, help="Whose act it is: the code of a party or body.")
_lang = click.option("--lang", default="en", type=click.Choice(LANGUAGES))
_said = click.option("--said", default="", help="Why, in their own words.")


@click.group("text")
def text() -> None:
    """Texts under negotiation: every act is an entry, and nothing said is lost."""


@text.command("open")
@click.argument("name")
@_centre
@_by
@click.option("--title", "titles", type=(str, str), multiple=True, help="Language and title.")
@click.option("--voice", "voices", multiple=True, required=True, help="Whose agreement it needs.")
@click.option("--apart", is_flag=True, help="Articles may be adopted one by one.")
def open_command(
    name: str, folder: Path, by: str, titles: tuple[tuple[str, str], ...],
    voices: tuple[str, ...], *, apart: bool,
) -> None:  # fmt: skip
    """Put a text NAME on the table."""
    payload = acts.TextOpened(
        text=name,
        title=dict(titles),
        voices=tuple(sorted(set(voices))),
        nothing_agreed_until_everything=not apart,
    )
    _say(folder, by, payload)


@text.command("propose")
@click.argument("name")
@click.argument("file", type=_path)
@_centre
@_by
def propose(name: str, file: Path, folder: Path, by: str) -> None:
    """Put the articles and options in FILE (docs/formats/texts.md) on the table of text NAME."""
    desk = opened(folder)
    for payload in proposed(name, file.read_bytes(), str(file)):
        click.echo(f"entry {talking.say(desk, by, payload)}")


def _on_option(kind: str, made: Callable[..., acts.Payload], told: str) -> None:
    @text.command(kind, help=told)
    @click.argument("name")
    @click.argument("article")
    @click.argument("bracket")
    @click.argument("option", required=kind in {"support", "reserve"})
    @_centre
    @_by
    def command(name: str, article: str, bracket: str, option: str, folder: Path, by: str) -> None:
        named = {"option": option} if option else {}
        _say(folder, by, made(text=name, article=article, bracket=bracket, **named))

    del command


_on_option("support", acts.TextSupported, "Agree to an OPTION of a bracket.")
_on_option("reserve", acts.TextReserved, "Agree to an OPTION subject to your capital.")
_on_option("lift", acts.TextLifted, "Your capital agrees: the reserve is gone.")
_on_option("reopen", acts.TextReopened, "Take your agreement on a bracket back.")


@text.command("answer")
@click.argument("name")
@click.argument("article")
@click.argument("given", type=click.Choice(get_args(acts.Answer)))
@_centre
@_by
def answer(name: str, article: str, given: acts.Answer, folder: Path, by: str) -> None:
    """Accept, reserve or reject the words of ARTICLE as they stand."""
    desk = opened(folder)
    click.echo(f"entry {talking.answer(desk, by, name, article, given)}")


@text.command("initial")
@click.argument("name")
@click.argument("article")
@click.option("--sha256", default="", help="What you read; by default what is on the table.")
@_centre
@_by
def initial(name: str, article: str, sha256: str, folder: Path, by: str) -> None:
    """Initial ARTICLE: its words in every language, by their hash."""
    desk = opened(folder)
    click.echo(f"entry {talking.initial(desk, by, name, article, sha256)}")


@text.command("void")
@click.argument("name")
@click.argument("article")
@_centre
@_by
@_said
def void(name: str, article: str, folder: Path, by: str, said: str) -> None:
    """Take your own initial back."""
    _say(folder, by, acts.TextVoided(text=name, article=article, wording=said))


@text.command("withdraw")
@click.argument("name")
@click.argument("article")
@_centre
@_by
@_said
def withdraw(name: str, article: str, folder: Path, by: str, said: str) -> None:
    """Take an article off the table that you put there."""
    _say(folder, by, acts.TextWithdrawn(text=name, article=article, wording=said))


@text.command("adopt")
@click.argument("name")
@click.argument("article", default="")
@_centre
@_by
def adopt(name: str, article: str, folder: Path, by: str) -> None:
    """Declare a text adopted: everything in it is initialled by every voice."""
    desk = opened(folder)
    click.echo(f"entry {talking.adopt(desk, by, name, article)}")


@text.command("understanding")
@click.argument("name")
@click.argument("account", type=click.Choice(get_args(acts.Account)))
@click.option("--said", required=True, help="What is said of it, in their own words.")
@click.option("--among", multiple=True, help="Whom it is said to bind.")
@_centre
@_by
def understanding(
    name: str, account: acts.Account, said: str, among: tuple[str, ...], folder: Path, by: str
) -> None:
    """Say what was understood, of which there is no text: NAME, and how you stand to it."""
    payload = acts.UnderstandingInvoked(
        understanding=name, account=account, wording=said, among=tuple(sorted(set(among)))
    )
    _say(folder, by, payload)


@text.command("outcome")
@click.argument("issue")
@click.argument("outcome", type=click.Choice(get_args(acts.Came)))
@click.option("--said", required=True, help="What is told of it, in their own words.")
@_centre
@_by
def outcome_command(issue: str, outcome: acts.Came, said: str, folder: Path, by: str) -> None:
    """Tell what came of ISSUE, also that it was not discussed."""
    _say(folder, by, acts.OutcomeTold(issue=issue, outcome=outcome, wording=said))


@text.command("position")
@click.argument("issue")
@click.option("--said", required=True, help="Your position, in your own words.")
@click.option("--to", "to", multiple=True, help="Facilitators alone; by default everyone.")
@_centre
@_by
def position(issue: str, said: str, to: tuple[str, ...], folder: Path, by: str) -> None:
    """State your position on ISSUE; what is for your own eyes does not belong here."""
    desk = opened(folder)
    payload = acts.PositionStated(issue=issue, wording=said)
    click.echo(f"entry {talking.state_position(desk, by, payload, to=to)}")


@text.command("show")
@click.argument("name", default="")
@_centre
@_lang
@click.option("--json", "as_json", is_flag=True)
def show(name: str, folder: Path, lang: str, *, as_json: bool) -> None:
    """Show a text with its brackets and stances, or everything there is."""
    desk = opened(folder)
    now = talking.talks(desk)
    texts = [now.text(name)] if name else list(now.table.texts.values())
    if as_json:
        shelf = () if name else now.shelf.instruments.values()
        fields = {
            "texts": [plain_text(one) for one in texts],
            "instruments": [plain_instrument(one) for one in shelf],
        }
        print_json("texts", fields)
        return
    for one in texts:
        _echo(lines_of_text(one, lang))
    for held in () if name else now.shelf.instruments.values():
        _echo(lines_of_instrument(held, lang))
    for spoken in () if name else now.understandings.values():
        _echo(lines_of_understanding(spoken, lang))
    for told in () if name else now.outcomes.values():
        _echo(lines_of_outcome(told, lang))


@text.command("draft")
@click.argument("name")
@click.argument("terms", type=_path)
@_centre
@click.option("--files", "files_folder", type=_path)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
def draft_command(
    name: str, terms: Path, folder: Path, files_folder: Path | None, output: Path
) -> None:
    """Put the words and rules of text NAME into the agreement in TERMS."""
    desk = opened(folder)
    made = draft(
        talking.talks(desk).text(name),
        terms.read_bytes(),
        str(terms),
        BesideTerms(terms, files_folder),
    )
    output.write_bytes(made.raw)
    for bind, value in made.set_by.items():
        click.echo(plain(f"{bind}: {value}"))
    for bind in made.still_open:
        click.echo(plain(f"{bind}: not agreed"))
    click.echo(f"{output}: sha256 {made.loaded.sha256}")


@click.group("instrument")
def instrument() -> None:
    """Instruments: from draft to force, each step claimed or evidenced."""


@instrument.command("prepare")
@click.argument("name")
@click.option("--terms", "terms", type=_path, help="The agreement; by default the centre's own.")
@click.option("--depositary", required=True)
@click.option("--signatory", "signatories", multiple=True, required=True)
@click.option("--ratifies", "steps", type=(str, str), multiple=True, help="Party and body.")
@click.option("--provisional", multiple=True, help="An article that applies from signature.")
@click.option("--text", "of_text", default="", help="The adopted text it is made of.")
@_centre
@_by
def prepare(
    name: str, terms: Path | None, depositary: str, signatories: tuple[str, ...],
    steps: tuple[tuple[str, str], ...], provisional: tuple[str, ...], of_text: str,
    folder: Path, by: str,
) -> None:  # fmt: skip
    """Say what is to be signed, by whom, and whose approval must follow in which order."""
    desk = opened(folder)
    agreement = desk.agreement if terms is None else _agreement(terms)
    payload = acts.InstrumentPrepared(
        instrument=name,
        title=dict(agreement.doc.title),
        sha256=agreement.sha256,
        depositary=depositary,
        signatories=tuple(sorted(set(signatories))),
        steps=tuple(acts.RatifyStep(party=one, body=body) for one, body in steps),
        provisional=provisional,
        text=of_text,
    )
    click.echo(f"entry {talking.say(desk, by, payload)}")


_at = click.option("--at", "at", required=True, help="When, as 2026-04-02T12:00[Atlantic/Azores].")
_evidence = click.option("--evidence", type=_path, help="The paper that shows it; by its hash.")


@instrument.command("ready")
@click.argument("name")
@_at
@_evidence
@_centre
@_by
def ready(name: str, at: str, evidence: Path | None, folder: Path, by: str) -> None:
    """Say that an instrument is ready for signature; by its depositary, with paper: shown."""
    step = acts.InstrumentReadied(
        instrument=name, at_us=parse_instant(at), evidence=_hash(evidence)
    )
    _say(folder, by, step)


@instrument.command("signed")
@click.argument("name")
@click.argument("party", default="")
@click.option("--note", "note", type=_path, help="The signed note; every signature in it counts.")
@_at
@_evidence
@_centre
@_by
def signed(
    name: str, party: str, note: Path | None, at: str, evidence: Path | None, folder: Path, by: str
) -> None:
    """Say that PARTY has signed; with --note, as its depositary, whose signatures it holds."""
    desk = opened(folder)
    if note is not None:
        entries = deposit(desk, by, name, note.read_bytes(), parse_instant(at))
    else:
        held = talking.talks(desk).instrument(name)
        payload = acts.InstrumentSigned(
            instrument=name, party=party, sha256=held.plan.sha256, at_us=parse_instant(at),
            evidence=_hash(evidence),
        )  # fmt: skip
        entries = [talking.say(desk, by, payload)]
    for entry in entries:
        click.echo(f"entry {entry}")
    _echo(lines_of_instrument(talking.talks(desk).instrument(name), "en"))


@instrument.command("ratified")
@click.argument("name")
@click.argument("party")
@click.argument("body")
@click.option("--rejected", is_flag=True, help="The body did not approve it.")
@_at
@_evidence
@_centre
@_by
def ratified(
    name: str, party: str, body: str, at: str, evidence: Path | None, folder: Path, by: str,
    *, rejected: bool,
) -> None:  # fmt: skip
    """Say that BODY has approved an instrument for PARTY."""
    payload = acts.InstrumentRatified(
        instrument=name, party=party, body=body, approved=not rejected, at_us=parse_instant(at),
        evidence=_hash(evidence),
    )  # fmt: skip
    desk = opened(folder)
    click.echo(f"entry {talking.say(desk, by, payload)}")
    _echo(lines_of_instrument(talking.talks(desk).instrument(name), "en"))


def _agreement(path: Path) -> Agreement:
    return load(path.read_bytes(), str(path), BesideTerms(path)).agreement


def _say(folder: Path, by: str, payload: acts.Payload) -> None:
    desk = opened(folder)
    click.echo(f"entry {talking.say(desk, by, payload)}")


def _hash(evidence: Path | None) -> str:
    return "" if evidence is None else sha256_hex(evidence.read_bytes())


def _echo(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(plain(line))
