"""A text as it is put on the table from a file, and as it is shown to a person or a program."""

from collections.abc import Iterator
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from truceline.desk.errors import ActRefused
from truceline.talks import acts
from truceline.talks.articles import Article, gaps
from truceline.talks.brackets import Bracket
from truceline.talks.instruments import Fact, Instrument
from truceline.talks.outcomes import Outcome
from truceline.talks.text import Text
from truceline.talks.understandings import Understanding
from truceline.talks.wording import (
    ARTICLE_STATES,
    BASES,
    BRACKET_STATES,
    GAPS,
    INSTRUMENT_STATES,
    OUTCOMES,
    STANCES,
    TEXT_STATES,
    UNDERSTANDING_STATES,
)
from truceline.values.errors import BadValue


class _Article(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    number: str
    words: dict[str, str]
    brackets: tuple[acts.BracketSet, ...] = ()


class _Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    article: str
    bracket: str
    option: str
    words: dict[str, str]
    value: str = ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    articles: tuple[_Article, ...] = ()
    options: tuple[_Option, ...] = ()


def proposed(text: str, raw: bytes, name: str) -> list[acts.Payload]:
    """The acts a file of proposals comes to: its articles, then its options.

    ActRefused says what in the file cannot be read.
    """
    try:
        plain = YAML(typ="safe", pure=True).load(raw.decode("utf-8-sig"))
        held = msgspec.convert(plain, type=_File)
        said: list[acts.Payload] = [
            acts.TextProposed(
                text=text, article=one.id, number=one.number, words=one.words, brackets=one.brackets
            )
            for one in held.articles
        ]
        said += [acts.TextOffered(text=text, **msgspec.structs.asdict(one)) for one in held.options]
    except (YAMLError, UnicodeDecodeError, ValueError, RecursionError, BadValue) as problem:
        raise ActRefused(f"{name}: {problem}") from problem
    if not said:
        raise ActRefused(f"{name}: neither `articles` nor `options`; there is nothing to propose")
    return said


def lines_of_text(text: Text, language: str) -> Iterator[str]:
    """A text for a person: every article, its stances and brackets, and where each stands."""
    state = TEXT_STATES[text.state.value].in_(language)
    yield f"{text.name}: {text.title.get(language, '')} ({state})"
    for name, standing in text.standing().items():
        article = text.articles[name]
        yield ""
        yield f"{article.number}. [{ARTICLE_STATES[standing.value].in_(language)}] {name}"
        yield f"   {article.settled(text.voices, text.languages).get(language, '')}"
        yield "   " + ", ".join(
            f"{voice}: {STANCES[article.stance(voice)].in_(language)}" for voice in text.voices
        )
        yield from _brackets(text, article, language)
        yield from _gaps(text, article, language)
        yield f"   {text.initial_hash(name)}"
        if article.initials:
            yield f"   ✓ {', '.join(sorted(article.initials))}"


def _brackets(text: Text, article: Article, language: str) -> Iterator[str]:
    for bracket in article.brackets:
        state = bracket.state(text.voices, text.languages)
        bound = f" → {bracket.bind}" if bracket.bind else ""
        yield f"   [{bracket.id}]{bound}: {BRACKET_STATES[state.value].in_(language)}"
        for option in bracket.options:
            value = f" = {option.value}" if option.value else ""
            words = option.words.get(language, "—")
            yield f"      {option.id}{value}: {words} ({_behind(bracket, option.id)})"


def _behind(bracket: Bracket, option: str) -> str:
    """Who is behind an option; an asterisk marks a reserve."""
    held = sorted(bracket.supports.items())
    found = [f"{who}{'*' * one.reserved}" for who, one in held if one.option == option]
    return ", ".join(found) or "–"


def _gaps(text: Text, article: Article, language: str) -> Iterator[str]:
    for gap in gaps(article, text.languages):
        where = " ".join(part for part in (gap.language, gap.about) if part)
        yield f"   ! {GAPS[gap.code].in_(language)} ({where})"


def lines_of_instrument(held: Instrument, language: str) -> Iterator[str]:
    """An instrument for a person: what is shown of it, what is said of it, what is missing."""
    for basis, state in (("evidenced", held.state), ("claimed", held.claimed)):
        said = INSTRUMENT_STATES[state.value].in_(language)
        yield f"{held.name}: {said} ({BASES[basis].in_(language)})"
    yield f"   {held.plan.sha256}"
    for basis, facts in (("evidenced", held.evidenced), ("claimed", held.claims)):
        for fact, noted in facts.items():
            yield (
                f"   + {_fact(fact)}: {BASES[basis].in_(language)}, {noted.actor}, "
                f"entry {noted.entry}"
            )
    for fact in held.missing():
        yield f"   – {_fact(fact)}"


def lines_of_understanding(held: Understanding, language: str) -> Iterator[str]:
    """What is said of an understanding, by whom, and who is silent."""
    yield f"{held.name}: {UNDERSTANDING_STATES[held.standing.value].in_(language)}"
    for one in held.accounts:
        yield f"   {one.actor} ({one.account}): {one.wording}"
    for code in held.silent:
        yield f"   {code}: {STANCES['silent'].in_(language)}"


def lines_of_outcome(held: Outcome, language: str) -> Iterator[str]:
    """What is told of an issue, account by account, each with the entry it stands in."""
    yield held.issue
    for one in held.accounts:
        came = OUTCOMES[one.outcome].in_(language)
        yield f"   {one.actor} (entry {one.entry}): {came}: {one.wording}"


def _fact(fact: Fact) -> str:
    return " ".join(fact)


def plain_text(text: Text) -> dict[str, Any]:
    """A text for a program."""
    return {
        "name": text.name,
        "title": dict(text.title),
        "state": text.state.value,
        "voices": text.voices,
        "languages": text.languages,
        "nothing_agreed_until_everything": text.package,
        "sha256": text.sha256,
        "articles": [_plain_article(text, name) for name in text.standing()],
    }


def _plain_article(text: Text, name: str) -> dict[str, Any]:
    article, bench = text.articles[name], (text.voices, text.languages)
    return {
        "id": name,
        "number": article.number,
        "state": text.standing()[name].value,
        "words": dict(article.words),
        "settled": article.settled(*bench),
        "version": article.version,
        "initial_sha256": text.initial_hash(name),
        "stances": {voice: article.stance(voice) for voice in text.voices},
        "initials": dict(article.initials),
        "gaps": [
            {"code": gap.code, "language": gap.language, "about": gap.about}
            for gap in gaps(article, text.languages)
        ],
        "brackets": [
            {
                "id": one.id,
                "kind": one.kind,
                "bind": one.bind,
                "state": one.state(*bench).value,
                "options": {
                    option.id: {"words": dict(option.words), "value": option.value, "by": option.by}
                    for option in one.options
                },
                "supports": {
                    who: {"option": held.option, "reserved": held.reserved}
                    for who, held in one.supports.items()
                },
            }
            for one in article.brackets
        ],
    }


def plain_instrument(held: Instrument) -> dict[str, Any]:
    """An instrument for a program."""
    return {
        "name": held.name,
        "title": dict(held.plan.title),
        "sha256": held.plan.sha256,
        "state": held.state.value,
        "claimed": held.claimed.value,
        "in_force_us": held.in_force_us,
        "provisional": held.provisional(),
        "missing": [list(fact) for fact in held.missing()],
    }
