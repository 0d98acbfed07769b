"""A clause's rule as lines in a language: who, what, where, when, what exempts, what is open."""

import json
from collections.abc import Iterator

from truceline.terms.agreement import Agreement
from truceline.terms.decoding import as_written
from truceline.terms.document import Ceiling, Clause, Prohibit
from truceline.terms.wording import party_name, wording_of
from truceline.values import acts
from truceline.values.texts import Text

NORMS: dict[str, Text] = {
    "prohibit": Text("Prohibited to {who}", "Заборонено: {who}", "Запрещено: {who}"),
    "ceiling": Text("Limited for {who}", "Обмежено: {who}", "Ограничено: {who}"),
    "require": Text("Required of {who}", "Обов'язок: {who}", "Обязанность: {who}"),
    "power": Text("Allowed to {who}", "Право: {who}", "Право: {who}"),
    "declare": Text(
        "Declared; nothing here is judged",
        "Заявлено; тут ніщо не оцінюється",
        "Заявлено; здесь ничто не оценивается",
    ),
}
FIELDS: dict[str, Text] = {
    "act": Text("acts", "дії", "действия"),
    "weapon": Text("weapons", "зброя", "оружие"),
    "site": Text("objects", "об'єкти", "объекты"),
    "attr": Text("circumstances", "обставини", "обстоятельства"),
    "count": Text("no more than", "не більше", "не более"),
    "where": Text("where", "де", "где"),
    "where_by": Text("where, by party", "де, за сторонами", "где, по сторонам"),
    "place_of": Text("measured at", "вимірюється за", "измеряется по"),
    "from": Text("from", "від", "от"),
    "until": Text("until", "до", "до"),
    "windows": Text("in the hours", "у години", "в часы"),
    "trigger": Text("starts with", "починається з", "начинается с"),
    "opens": Text("opens after", "відкривається через", "открывается через"),
    "due": Text("due", "строк", "срок"),
    "grace": Text("grace", "додатковий строк", "дополнительный срок"),
    "done": Text("done when", "виконано, коли", "исполнено, когда"),
    "each": Text("for each", "для кожного", "для каждого"),
    "notice": Text("notice", "попередження за", "уведомление за"),
    "on": Text("takes effect on", "діє на", "действует на"),
    "overrides": Text("goes before", "має перевагу над", "имеет преимущество перед"),
}
_NOTHING: tuple[object, ...] = (None, [], (), {})
EXCEPT = Text("except: {text}", "крім: {text}", "кроме: {text}")
OPEN_VALUE = Text(
    "not agreed, ours to measure with: {field}",
    "не узгоджено, наше для вимірювання: {field}",
    "не согласовано, наше для измерения: {field}",
)
OPEN_WORD = Text(
    "rests on a word nobody agreed on: “{word}”; never met by that alone",
    "спирається на неузгоджене слово «{word}»; лише цим не виконується",
    "опирается на несогласованное слово «{word}»; только этим не выполняется",
)


def rule(agreement: Agreement, clause: Clause, language: str) -> Iterator[str]:
    """The rule line by line: the norm and whom it binds, what was agreed, what is open."""
    who = ", ".join(party_name(agreement, one, language) for one in agreement.bearers(clause))
    held = as_written(clause)
    yield NORMS[held["norm"]].in_(language).format(who=who)
    for name, label in FIELDS.items():
        value = held.get(name)
        if name == "act":
            value = [acts.name(one, language) for one in value or ()]
        if value not in _NOTHING and (name, value) != ("place_of", "place"):
            yield f"{label.in_(language)}: {_said(value)}"
    if isinstance(clause, Prohibit | Ceiling):
        for name in clause.unless:
            said = wording_of(agreement.doc.exemptions[name].text, language)
            yield EXCEPT.in_(language).format(text=said)
    yield from _open(agreement, clause, language)


def vague_words(agreement: Agreement, language: str) -> Iterator[str]:
    """The register of words nobody agreed on, with the clauses that rest on each."""
    for word, definition in agreement.doc.definitions.items():
        if definition.status != "agreed":
            users = [one.id for one in agreement.clauses() if word in one.uses]
            text = wording_of(definition.text, language)
            yield f"“{word}” ({text}): {', '.join(users) or '–'}"


def _open(agreement: Agreement, clause: Clause, language: str) -> Iterator[str]:
    for field in clause.not_agreed:
        yield OPEN_VALUE.in_(language).format(field=field)
    for word in clause.uses:
        if agreement.doc.definitions[word].status != "agreed":
            yield OPEN_WORD.in_(language).format(word=word)


def _said(value: object) -> str:
    """A value as the file would put it, without the defaults that say nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(_bare(value), ensure_ascii=False).replace('"', "")


def _bare(value: object) -> object:
    if isinstance(value, dict):
        kept = {name: _bare(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (*_NOTHING, "any")}
    return [_bare(one) for one in value] if isinstance(value, list | tuple) else value
