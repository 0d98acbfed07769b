"""The terms in force: each article in three languages side by side, and its clauses."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from truceline.store.assessing import register_now
from truceline.terms.agreement import Agreement
from truceline.terms.anchors import Clock
from truceline.terms.document import Ceiling, Clause, Prohibit, Words
from truceline.terms.register import known_by
from truceline.values.texts import LANGUAGES
from truceline.web.opening import DeskRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """A clause as the page shows it."""

    id: str
    norm: str
    bound: tuple[str, ...]
    acts: tuple[str, ...]
    exemptions: tuple[str, ...]
    from_us: int | None
    until_us: int | None
    dated: bool
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article: its wordings in the order of the languages, and its clauses."""

    number: str
    wordings: tuple[tuple[str, str], ...]
    diverges: bool
    clauses: tuple[ClauseLine, ...]


@require_safe
def page(request: DeskRequest) -> HttpResponse:
    """The agreement the desk judges by."""
    agreement = request.desk.agreement
    doc, now_us = agreement.doc, request.view.as_of_us
    register = register_now(request.desk.tables, request.desk.log)
    clock = Clock(agreement=agreement, register=known_by(register, now_us))
    diverging = set(doc.languages.divergences)
    facts = {
        "title": _in(doc.title),
        "titles": _wordings(doc.title),
        "agreement_id": doc.id,
        "sha256": agreement.sha256,
        "prevails": doc.languages.prevails,
        "fidelity": doc.fidelity,
        "parties": list(doc.parties),
        "bodies": list(doc.bodies),
        "articles": [
            ArticleLine(
                number=article.number,
                wordings=_wordings(article.text),
                diverges=article.id in diverging,
                clauses=tuple(_clause(one, agreement, clock, now_us) for one in article.clauses),
            )
            for article in doc.articles
        ],
        "evidence": doc.evidence,
    }
    return render(request, "truceline/terms.html", facts)


def _clause(clause: Clause, agreement: Agreement, clock: Clock, now_us: int) -> ClauseLine:
    from_us = clock.instant(clause.from_) if clause.from_ else None
    until_us = clock.instant(clause.until) if clause.until else None
    begun = clause.from_ is None or (from_us is not None and from_us <= now_us)
    over = until_us is not None and until_us <= now_us
    unless = clause.unless if isinstance(clause, Prohibit | Ceiling) else ()
    return ClauseLine(
        id=clause.id,
        norm=type(clause).__name__.lower(),
        bound=agreement.bearers(clause),
        acts=clause.act if isinstance(clause, Prohibit) else (),
        exemptions=tuple(_in(agreement.doc.exemptions[name].text) for name in unless),
        from_us=from_us,
        until_us=until_us,
        dated=clause.from_ is not None,
        in_force=begun and not over and clause.id not in agreement.repealed,
    )


def _in(words: Words) -> str:
    return words.get(get_language() or "en") or next(iter(words.values()), "")


def _wordings(words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((language, words.get(language, "")) for language in LANGUAGES)
