"""What is on the negotiating table: texts in three languages side by side, and instruments."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from truceline.desk.talking import talks
from truceline.talks import wording
from truceline.talks.articles import Article, gaps
from truceline.talks.brackets import Bracket
from truceline.talks.instruments import Instrument
from truceline.talks.text import Text as Negotiated
from truceline.values.texts import LANGUAGES, Text
from truceline.web.opening import DeskRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionLine:
    """An option: its words in the language of the page, what it would set, who is behind it.

    behind: (code, whether it reserves).
    """

    words: str
    value: str
    behind: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketLine:
    """A bracket and its options."""

    id: str
    bind: str
    state: Text
    options: tuple[OptionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article: its wordings in the order of the languages, and where everyone stands."""

    number: str
    state: Text
    wordings: tuple[tuple[str, str], ...]
    stances: tuple[tuple[str, Text], ...]
    brackets: tuple[BracketLine, ...]
    gaps: tuple[tuple[Text, str], ...]
    initials: tuple[str, ...]


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """Every text and every instrument this reader may read of."""
    now = talks(request.desk, request.view)
    facts = {
        "texts": [
            (
                _in(text.title) or text.name,
                wording.TEXT_STATES[text.state.value],
                list(_articles(text)),
            )
            for text in now.table.texts.values()
        ],
        "instruments": [_instrument(one) for one in now.shelf.instruments.values()],
        "understandings": [
            (one.name, wording.UNDERSTANDING_STATES[one.standing.value], one.accounts)
            for one in now.understandings.values()
        ],
        "outcomes": [
            (one.issue, [(told, wording.OUTCOMES[told.outcome]) for told in one.accounts])
            for one in now.outcomes.values()
        ],
        "evidenced": wording.BASES["evidenced"],
        "claimed": wording.BASES["claimed"],
    }
    return render(request, "truceline/texts.html", facts)


def _articles(text: Negotiated) -> Iterator[ArticleLine]:
    for name, standing in text.standing().items():
        article = text.articles[name]
        settled = article.settled(text.voices, text.languages)
        yield ArticleLine(
            number=article.number,
            state=wording.ARTICLE_STATES[standing.value],
            wordings=tuple((one, settled.get(one, "")) for one in LANGUAGES),
            stances=tuple((one, wording.STANCES[article.stance(one)]) for one in text.voices),
            brackets=tuple(_bracket(text, one) for one in article.brackets),
            gaps=tuple(_gaps(text, article)),
            initials=tuple(sorted(article.initials)),
        )


def _gaps(text: Negotiated, article: Article) -> Iterator[tuple[Text, str]]:
    for gap in gaps(article, text.languages):
        yield wording.GAPS[gap.code], " ".join(one for one in (gap.language, gap.about) if one)


def _bracket(text: Negotiated, bracket: Bracket) -> BracketLine:
    state = bracket.state(text.voices, text.languages)
    return BracketLine(
        id=bracket.id,
        bind=bracket.bind,
        state=wording.BRACKET_STATES[state.value],
        options=tuple(
            OptionLine(
                words=_in(option.words) or "—",
                value=option.value,
                behind=tuple(
                    (who, held.reserved)
                    for who, held in sorted(bracket.supports.items())
                    if held.option == option.id
                ),
            )
            for option in bracket.options
        ),
    )


def _instrument(held: Instrument) -> dict[str, object]:
    return {
        "title": _in(held.plan.title) or held.name,
        "state": wording.INSTRUMENT_STATES[held.state.value],
        "claimed": wording.INSTRUMENT_STATES[held.claimed.value],
        "sha256": held.plan.sha256,
        "signed": [fact[1] for fact in held.evidenced if fact[0] == "signed"],
    }


def _in(words: object) -> str:
    found = words if isinstance(words, dict) else {}
    return str(found.get(get_language() or "en", ""))
