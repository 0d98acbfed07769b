"""The rules of texts and instruments drawn as text, by trying every act from every state.

A small world is explored to its end: two voices, one bracket with one option beside none, one
instrument with two signatories and two bodies. What is drawn is what the fold does, not what a page
says of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from truceline.talks import acts, instruments, texts
from truceline.talks.act import Act
from truceline.talks.articles import version_of

Edges = dict[str, dict[str, list[str]]]  # from → act → to
_WORDS = {"en": "within [dist]"}
_VOICES = ("TOR", "VEL")
_SHA = "ab" * 32


def bracket_states() -> str:
    """Every way from one state of a bracket to another."""
    return _drawn(_explore_text(_bracket_state))


def article_states() -> str:
    """Every way from one state of an article to another."""
    return _drawn(_explore_text(_article_state))


def instrument_states() -> str:
    """Every way from one state of an instrument to another, by what its depositary shows."""
    edges: Edges = {}
    start = instruments.fold([_act(0, _plan(), "ALD")])
    seen, waiting = {_facts(start)}, [start]
    while waiting:
        shelf = waiting.pop(0)
        for payload in _steps():
            after = instruments.after(shelf, _act(9, payload, "ALD"))
            held = (shelf.instruments["i"], after.instruments["i"])
            if after.instruments["i"].history[-1].refused:
                continue
            _note(edges, held[0].state.value, acts.KINDS[type(payload)], held[1].state.value)
            if _facts(after) not in seen:
                seen.add(_facts(after))
                waiting.append(after)
    return _drawn(edges)


def _explore_text(state: Callable[[texts.Table], str]) -> Edges:
    """Breadth first over everything the two voices and the convenor can do."""
    edges: Edges = {}
    start = texts.fold(list(_opening()), parties=_VOICES)
    seen, waiting = {_key(start)}, [start]
    while waiting:
        table = waiting.pop(0)
        for payload, by in _moves(table):
            after = texts.after(table, _act(9, payload, by), parties=_VOICES)
            if after.texts["t"].history[-1].refused:
                continue
            _note(edges, state(table), acts.KINDS[type(payload)], state(after))
            if _key(after) not in seen:
                seen.add(_key(after))
                waiting.append(after)
    return edges


def _opening() -> Iterator[Act]:
    opened = acts.TextOpened(text="t", title={}, voices=_VOICES, languages=("en",))
    yield _act(0, opened, "ALD")
    yield _act(1, _article(), "VEL")
    words = {"en": "15 km"}
    offer = acts.TextOffered(text="t", article="a", bracket="dist", option="km15", words=words)
    yield _act(2, offer, "VEL")


def _article() -> acts.TextProposed:
    bracket = acts.BracketSet(id="dist", kind="alternative")
    return acts.TextProposed(text="t", article="a", number="1", words=_WORDS, brackets=(bracket,))


def _moves(table: texts.Table) -> Iterator[tuple[acts.Payload, str]]:
    text, version = table.texts["t"], version_of("a", _WORDS)
    for by in _VOICES:
        yield acts.TextSupported(text="t", article="a", bracket="dist", option="km15"), by
        yield acts.TextReserved(text="t", article="a", bracket="dist", option="km15"), by
        yield acts.TextLifted(text="t", article="a", bracket="dist"), by
        yield acts.TextReopened(text="t", article="a", bracket="dist"), by
        for answer in ("accept", "reject"):
            yield acts.TextAnswered(text="t", article="a", sha256=version, answer=answer), by
        digest = text.initial_hash("a")
        yield acts.TextInitialled(text="t", article="a", sha256=digest), by
        yield acts.TextVoided(text="t", article="a"), by
    yield _article(), "VEL"
    yield acts.TextWithdrawn(text="t", article="a"), "VEL"
    yield acts.TextAdopted(text="t", sha256=text.sha256), "ALD"


def _plan() -> acts.InstrumentPrepared:
    steps = (acts.RatifyStep(party="TOR", body="a"), acts.RatifyStep(party="VEL", body="d"))
    return acts.InstrumentPrepared(
        instrument="i", title={}, sha256=_SHA, depositary="ALD", signatories=_VOICES, steps=steps
    )


def _steps() -> Iterator[acts.Payload]:
    shown = {"instrument": "i", "at_us": 1, "evidence": _SHA}
    yield acts.InstrumentReadied(**shown)  # type: ignore[arg-type]
    for party, body in zip(_VOICES, ("a", "d"), strict=True):
        yield acts.InstrumentSigned(**shown, party=party, sha256=_SHA)  # type: ignore[arg-type]
        for approved in (True, False):
            yield acts.InstrumentRatified(**shown, party=party, body=body, approved=approved)  # type: ignore[arg-type]


def _act(entry: int, payload: acts.Payload, by: str) -> Act:
    kind = acts.KINDS[type(payload)]
    return Act(entry=entry, kind=kind, actor=by, at_us=9, payload=payload)


def _bracket_state(table: texts.Table) -> str:
    text = table.texts["t"]
    return text.articles["a"].brackets[0].state(text.voices, text.languages).value


def _article_state(table: texts.Table) -> str:
    text = table.texts["t"]
    return text.articles["a"].state(text.voices, text.languages).value


def _key(table: texts.Table) -> str:
    """A state without its history."""
    article = table.texts["t"].articles["a"]
    supports = sorted((who, repr(one)) for who, one in article.brackets[0].supports.items())
    answers = sorted((who, said.answer) for (_, who), said in article.answers.items())
    rest = (sorted(article.initials), article.adopted, article.withdrawn)
    return repr((supports, answers, rest, len(article.brackets[0].options)))


def _facts(shelf: instruments.Shelf) -> str:
    return repr(sorted(shelf.instruments["i"].evidenced))


def _note(edges: Edges, before: str, act: str, after: str) -> None:
    ways = edges.setdefault(before, {}).setdefault(act, [])
    if after not in ways:
        ways.append(after)


def _drawn(edges: Edges) -> str:
    """One line per way that leads from one state to another; what changes nothing is left out."""
    return "\n".join(_lines(edges))


def _lines(edges: Edges) -> Iterable[str]:
    states: Sequence[str] = [*edges, *(to for ways in edges.values() for to in _targets(ways))]
    width = max(len(state) for state in states)
    for before, ways in edges.items():
        for to in _targets(ways):
            named = [act.partition("/")[2] for act, ends in ways.items() if to in ends]
            if to != before:
                yield f"{before:<{width}}  --{' | '.join(sorted(named))}-->  {to}"


def _targets(ways: dict[str, list[str]]) -> list[str]:
    return list(dict.fromkeys(to for ends in ways.values() for to in ends))
