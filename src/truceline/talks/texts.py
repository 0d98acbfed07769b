"""Texts folded from acts: what is on the table, who agrees to what, what is initialled and adopted.

One list of rules, `refusal`, serves the desk before it appends an act and the fold, which keeps an
act that broke a rule and shows it as refused. Every act that changes an article voids its initials.
Drawn as diagrams by `drawing`; explained in docs/explanation/text-to-force.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from truceline.talks import acts
from truceline.talks.act import Act, Step, in_order, step
from truceline.talks.articles import Article, ArticleState, version_of
from truceline.talks.brackets import Option, Support, bracket_of
from truceline.talks.errors import TalkRefused
from truceline.talks.ruling import refusal
from truceline.talks.text import Text

PREFIX = "text/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every text on the table, by name, and the acts that found none."""

    texts: Mapping[str, Text] = field(default_factory=dict)
    strays: tuple[Step, ...] = ()


def fold(said: Iterable[Act], *, parties: Collection[str]) -> Table:
    """Every text as the acts leave it, in the order of the ledger.

    parties: those of the centre; a text that leaves one out is not opened. Costs one pass over the
    acts; other kinds are passed over.
    """
    table = Table()
    for act in in_order(said):
        if act.kind.startswith(PREFIX):
            table = after(table, act, parties=parties)
    return table


def check(table: Table, act: Act, *, parties: Collection[str]) -> None:
    """Raise TalkRefused if the rules do not allow this act now."""
    payload = act.payload
    name = payload.text if isinstance(payload, acts.OnText) else ""
    if code := refusal(table.texts.get(name), act, parties):
        raise TalkRefused(code, f"text {name or '?'}", f"{act.kind} by {act.actor}")


def after(table: Table, act: Act, *, parties: Collection[str]) -> Table:
    """The table after an act: refused and only noted, or applied."""
    payload = act.payload
    text = table.texts.get(payload.text) if isinstance(payload, acts.OnText) else None
    code = refusal(text, act, parties)
    if text is None:
        if code or not isinstance(payload, acts.TextOpened):
            return replace(table, strays=(*table.strays, step(act, code)))
        text = _opened(payload, act)
    elif not code:
        text = _applied(text, act)
    text = replace(text, history=(*text.history, step(act, code)))
    return replace(table, texts={**table.texts, text.name: text})


def _opened(payload: acts.TextOpened, act: Act) -> Text:
    return Text(
        name=payload.text,
        title=payload.title,
        convenor=act.actor,
        voices=payload.voices,
        languages=payload.languages,
        package=payload.nothing_agreed_until_everything,
    )


def _applied(text: Text, act: Act) -> Text:
    payload = act.payload
    if isinstance(payload, acts.TextAdopted):
        return _adopted(text, payload)
    assert isinstance(payload, acts.OnArticle)  # `refusal` saw to it
    before = text.articles.get(payload.article)
    article = _article_after(before, payload, act)
    if not isinstance(payload, acts.TextInitialled | acts.TextVoided):
        article = replace(article, initials={})
    return replace(text, articles={**text.articles, article.id: article})


def _adopted(text: Text, payload: acts.TextAdopted) -> Text:
    named = {payload.article} if payload.article else set(text.articles)
    articles = {
        name: replace(one, adopted=True) if name in named and not one.withdrawn else one
        for name, one in text.articles.items()
    }
    return replace(text, articles=articles)


def _article_after(before: Article | None, payload: acts.OnArticle, act: Act) -> Article:
    if isinstance(payload, acts.TextProposed):
        return _proposed(before, payload, act)
    assert before is not None  # `refusal` saw to it, and to the brackets below
    match payload:
        case acts.TextAnswered():
            answers = {**before.answers, (payload.sha256, act.actor): payload}
            return replace(before, answers=answers)
        case acts.TextInitialled():
            return replace(before, initials={**before.initials, act.actor: act.entry})
        case acts.TextVoided():
            kept = {who: entry for who, entry in before.initials.items() if who != act.actor}
            return replace(before, initials=kept)
        case acts.TextWithdrawn():
            return replace(before, withdrawn=True)
    assert isinstance(payload, acts.OnBracket)
    return _bracket_after(before, payload, act.actor)


def _proposed(before: Article | None, payload: acts.TextProposed, act: Act) -> Article:
    brackets = tuple(
        bracket_of(one, before.bracket(one.id) if before else None) for one in payload.brackets
    )
    fresh = Article(
        id=payload.article,
        number=payload.number,
        by=act.actor,
        words=payload.words,
        brackets=brackets,
    )
    if before is None:
        return fresh
    # The same words with other brackets, or with another number, are not what was answered.
    now = version_of(payload.article, payload.words)
    answers = {key: said for key, said in before.answers.items() if key[0] != now}
    return replace(fresh, by=before.by, answers=answers)


def _bracket_after(before: Article, payload: acts.OnBracket, actor: str) -> Article:
    bracket = before.bracket(payload.bracket)
    assert bracket is not None
    match payload:
        case acts.TextOffered():
            option = Option(id=payload.option, words=payload.words, value=payload.value, by=actor)
            changed = bracket.offered(option)
        case acts.TextSupported():
            changed = bracket.supported(actor, Support(payload.option))
        case acts.TextReserved():
            changed = bracket.supported(actor, Support(payload.option, reserved=True))
        case acts.TextLifted():
            changed = bracket.supported(actor, Support(bracket.supports[actor].option))
        case _:
            changed = bracket.left(actor)
    brackets = tuple(changed if one.id == changed.id else one for one in before.brackets)
    return replace(before, brackets=brackets)


__all__ = ["ArticleState", "Table", "Text", "after", "check", "fold"]
