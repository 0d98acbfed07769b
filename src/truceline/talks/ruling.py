"""Which act on a text may count, and if not, the code of the first rule it breaks."""

from collections.abc import Collection

from truceline.talks import acts
from truceline.talks.act import Act
from truceline.talks.articles import Article, ArticleState, marks
from truceline.talks.brackets import Bracket, State
from truceline.talks.text import Text, TextState

_FOR_VOICES = (
    acts.TextSupported | acts.TextReserved | acts.TextLifted | acts.TextReopened
    | acts.TextAnswered | acts.TextInitialled | acts.TextVoided
)  # fmt: skip


def refusal(text: Text | None, act: Act, parties: Collection[str]) -> str:
    """The code of the first rule an act breaks; empty where it may count."""
    payload = act.payload
    if not isinstance(payload, acts.OnText):
        return "not_held"
    if act.borrowed:
        return "borrowed_voice"
    if isinstance(payload, acts.TextOpened):
        return _why_not_opened(text, payload, parties)
    if text is None:
        return "unknown_text"
    if isinstance(payload, acts.TextAdopted):
        return _why_not_adopted(text, payload, act.actor)
    assert isinstance(payload, acts.OnArticle)  # every other act on a text is one
    return _who(text, payload, act.actor) or _on_article(text, payload, act.actor)


def _why_not_opened(text: Text | None, payload: acts.TextOpened, parties: Collection[str]) -> str:
    if text is not None:
        return "name_taken"
    return "" if set(parties) <= set(payload.voices) else "party_left_out"


def _who(text: Text, payload: acts.OnArticle, actor: str) -> str:
    if isinstance(payload, _FOR_VOICES):
        return "" if actor in text.voices else "not_a_voice"
    return "" if actor in {*text.voices, text.convenor} else "not_entitled"


def _why_not_adopted(text: Text, payload: acts.TextAdopted, actor: str) -> str:
    if actor != text.convenor:
        return "not_convenor"
    if text.state is TextState.ADOPTED:
        return "adopted_already"
    if text.package or not payload.article:
        if payload.article or text.state is not TextState.COMPLETE:
            return "package_open"
        return "" if payload.sha256 == text.sha256 else "other_words"
    state = text.standing().get(payload.article)
    if state is not ArticleState.INITIALLED:
        return "adopted_already" if state is ArticleState.ADOPTED else "not_initialled"
    return "" if payload.sha256 == text.initial_hash(payload.article) else "other_words"


def _on_article(text: Text, payload: acts.OnArticle, actor: str) -> str:
    article = text.articles.get(payload.article)
    if text.state is TextState.ADOPTED or (article is not None and article.adopted):
        return "adopted_already"
    if isinstance(payload, acts.TextProposed):
        return _why_not_proposed(text, payload)
    if article is None or article.withdrawn:
        return "unknown_article"
    if not isinstance(payload, acts.OnBracket):
        return _on_words(text, article, payload, actor)
    bracket = article.bracket(payload.bracket)
    return "unknown_bracket" if bracket is None else _on_bracket(text, bracket, payload, actor)


def _on_words(text: Text, article: Article, payload: acts.OnArticle, actor: str) -> str:
    match payload:
        case acts.TextAnswered():
            return _why_not_answered(article, payload, actor)
        case acts.TextInitialled():
            return _why_not_initialled(text, article, payload, actor)
        case acts.TextVoided():
            return "" if actor in article.initials else "not_initialled"
    return "" if actor == article.by else "not_entitled"  # withdrawn by whoever put it forward


def _why_not_proposed(text: Text, payload: acts.TextProposed) -> str:
    bound = {one.bind for one in payload.brackets if one.bind}
    elsewhere = {
        bracket.bind
        for name in text.standing()
        if name != payload.article
        for bracket in text.articles[name].brackets
    }
    twice = len(bound) < sum(1 for one in payload.brackets if one.bind)
    return "bound_twice" if twice or bound & elsewhere else ""


def _why_not_answered(article: Article, payload: acts.TextAnswered, actor: str) -> str:
    if payload.sha256 != article.version:
        return "other_words"
    return "already_said" if article.stance(actor) == payload.answer else ""


def _why_not_initialled(
    text: Text, article: Article, payload: acts.TextInitialled, actor: str
) -> str:
    if text.standing()[article.id] is ArticleState.BRACKETED:
        return "not_agreed"
    if payload.sha256 != text.initial_hash(article.id):
        return "other_words"
    return "already_initialled" if actor in article.initials else ""


def _on_bracket(text: Text, bracket: Bracket, payload: acts.OnBracket, actor: str) -> str:
    held = bracket.supports.get(actor)
    if isinstance(payload, acts.TextReopened):
        return "nothing_to_reopen" if held is None else ""
    if bracket.state(text.voices, text.languages) is State.AGREED:
        return "bracket_agreed"
    if isinstance(payload, acts.TextLifted):
        return "" if held is not None and held.reserved else "nothing_to_lift"
    if isinstance(payload, acts.TextOffered):
        return _why_not_offered(bracket, payload)
    assert isinstance(payload, acts.OnOption)
    if bracket.option(payload.option) is None:
        return "unknown_option"
    reserved = isinstance(payload, acts.TextReserved)
    same = held is not None and (held.option, held.reserved) == (payload.option, reserved)
    return "already_said" if same else ""


def _why_not_offered(bracket: Bracket, payload: acts.TextOffered) -> str:
    if bracket.kind == "optional" and payload.option == acts.OUT:
        return "stands_already"
    if any(marks(words) for words in payload.words.values()):
        return "nested_bracket"
    if bool(payload.value) != bool(bracket.bind):
        return "value_missing" if bracket.bind else "value_unbound"
    held = bracket.option(payload.option)
    same = held is not None and (dict(held.words), held.value) == (payload.words, payload.value)
    return "already_said" if same else ""
