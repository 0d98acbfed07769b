"""An explanation in words: verdict first, the article as signed, one line per question.

Every line that answers a question begins with `+` yes, `-` no or `?` not certain.
"""

from collections.abc import Mapping

from truceline.terms import phrases
from truceline.terms.agreement import Agreement
from truceline.terms.document import Ceiling, Prohibit
from truceline.terms.exempting import only
from truceline.terms.result import Line, Result, Verdict
from truceline.terms.versions import LIST_OF
from truceline.values.texts import LANGUAGES


def lines(result: Result, agreement: Agreement, language: str) -> tuple[str, ...]:
    """The explanation of a result in one language, line by line, two spaces a level."""
    return tuple(_verdict(result, agreement, language, result.explanation()))


def text(result: Result, agreement: Agreement, language: str) -> str:
    """The same as one text."""
    return "\n".join(lines(result, agreement, language))


def verdict_sentence(verdict: Verdict, article: str, language: str) -> str:
    """The verdict as a sentence about the test agreed in an article."""
    return phrases.VERDICTS[verdict].in_(language).format(article=article)


def verdict_word(verdict: Verdict, language: str) -> str:
    """The verdict in a word or two, for a table."""
    return phrases.WORDS[verdict].in_(language)


def party_name(agreement: Agreement, code: str, language: str) -> str:
    """A party's or a body's name in a language, its code where it gives none."""
    party = agreement.parties.get(code)
    if party is not None:
        return wording_of(party.name, language) or code
    body = agreement.doc.bodies.get(code, code)
    return body if isinstance(body, str) else wording_of(body, language) or code


def wording_of(words: Mapping[str, str], language: str) -> str:
    """The wording in a language; where there is none, in the first language that has one."""
    return words.get(language) or next((words[one] for one in LANGUAGES if words.get(one)), "")


def _verdict(result: Result, agreement: Agreement, language: str, tree: Line) -> list[str]:
    article = agreement.article_of(result.clause)
    number = article.number
    out = [verdict_sentence(result.verdict, number, language)]
    if result.bearer is None:
        out.append(phrases.ASKED_OF_ANYBODY.in_(language))
    else:
        name = party_name(agreement, result.bearer, language)
        out.append(phrases.ASKED_OF_PARTY.in_(language).format(party=name))
    shown = _range(tree.belief_bp, tree.plausibility_bp)
    out.append(phrases.CONFIDENCE.in_(language).format(range=shown))
    said = wording_of(article.text, language)
    out.append(phrases.CLAUSE.in_(language).format(article=number, text=said))
    for line in tree.inner:
        out.extend(_line(line, result, agreement, language))
    return out


def _line(line: Line, result: Result, agreement: Agreement, language: str) -> list[str]:
    if line.mark:
        head = _question(line, agreement, language, _spared(line, result, agreement, language))
        inner = [f"  {_question(part, agreement, language)}" for part in line.inner]
        return [f"  {head}", *(f"  {one}" for one in inner)]
    if line.code == "reading":
        return _reading(line, result, agreement, language)
    return [_note(line, language)]


def _spared(line: Line, result: Result, agreement: Agreement, language: str) -> str:
    """The exemptions that are taken away inside this question, by their wording."""
    clause = agreement.clause(result.clause)
    if not isinstance(clause, Prohibit | Ceiling):
        return ""
    held = [agreement.doc.exemptions[name] for name in clause.unless]
    return "; ".join(wording_of(one.text, language) for one in held if only(one) == line.code)


def _question(line: Line, agreement: Agreement, language: str, spared: str = "") -> str:
    code, _, name = line.code.partition(":")
    label = phrases.QUESTIONS[code].in_(language)
    if spared:
        label = phrases.SPARED.in_(language).format(label=label, names=spared)
    if line.code == "exemption":
        held = agreement.doc.exemptions[str(line.facts["name"])]
        name = wording_of(held.text, language)
    shown = _range(line.belief_bp, line.plausibility_bp)
    answer = phrases.ANSWERS[line.mark].in_(language).format(range=shown)
    return f"{line.mark} {label.format(name=name)}: {answer}"


def _note(line: Line, language: str) -> str:
    if line.code == "together":
        asked = line.facts["questions"]
        assert isinstance(asked, tuple)
        named = "; ".join(phrases.QUESTIONS[one].in_(language) for one in asked)
        return phrases.TOGETHER.in_(language).format(what=named)
    if line.code == "would_decide":
        missing = line.facts["missing"]
        assert isinstance(missing, tuple)
        what = "; ".join(_missing(code, language) for code in missing)
        return phrases.WOULD_DECIDE.in_(language).format(what=what)
    template = {"amended": phrases.AMENDED, "displaced_by": phrases.DISPLACED_BY}[line.code]
    return template.in_(language).format(**line.facts)


def _reading(line: Line, result: Result, agreement: Agreement, language: str) -> list[str]:
    name = str(line.facts["reading"])
    inner = next(one for one in result.readings if one.reading == name)
    said = _verdict(inner, agreement, language, inner.explanation())
    return [_reading_head(name, agreement, language), *(f"  {one}" for one in said)]


def _reading_head(name: str, agreement: Agreement, language: str) -> str:
    stated, _, lister = name.partition(LIST_OF)
    held = agreement.doc.readings.get(stated)
    head = phrases.PLAIN_READING.in_(language)
    if held is not None:
        who = ", ".join(party_name(agreement, code, language) for code in held.held_by)
        said = phrases.READING if who else phrases.READING_UNHELD
        head = said.in_(language).format(reading=stated, held_by=who)
    if not lister:
        return head
    party = party_name(agreement, lister, language)
    return f"{head}; {phrases.WITH_LIST.in_(language).format(party=party)}"


def _missing(code: str, language: str) -> str:
    for prefix in ("place:", "attr.", "record:", "definition:", "agreed:"):
        if code.startswith(prefix):
            value = code.removeprefix(prefix)
            return phrases.MISSING[prefix].in_(language).format(value=value)
    return phrases.MISSING[code].in_(language)


def _range(low_bp: int, high_bp: int) -> str:
    low, high = _share(low_bp), _share(high_bp)
    return low if low == high else f"{low}–{high}"


def _share(share_bp: int) -> str:
    """Two decimals, and never a 1.00 or a 0.00 that is not quite so."""
    hundredths = (share_bp + 50) // 100
    if 0 < share_bp < 10_000:
        hundredths = min(99, max(1, hundredths))
    return f"{hundredths // 100}.{hundredths % 100:02}"
