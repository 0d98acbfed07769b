"""Words a bulletin does not use in its own voice, in three languages (neutral-wording lint).

A loaded word passes only where it is quoted and the line says whose words they are. Spellings of
place names are not judged: the record prefers none of a name's variants.
"""

import re
from dataclasses import dataclass

from truceline.values.errors import BadValue
from truceline.values.texts import LANGUAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One loaded word: where it stands (line and column from 1), and why it is not ours."""

    line: int
    column: int
    word: str
    why: str


_NAME = "a name one side gives the other; use the party's name in the agreement"
_STATUS = "a judgement on status; name the place and whose claim it is"
_GUILT = "a finding; only people make one, under the agreed rule"
_CALM = "absence of reports is not calm; give the observation instead"
_PRAISE = "praise or blame; say what was claimed"

# Patterns of whole words, by language and by what is wrong with them; case does not matter.
_TERMS: dict[str, dict[str, str]] = {
    "en": {
        _NAME: """
            (?<!ceasefire.)regimes? invaders? occupiers? aggressors? enem(?:y|ies) terrorists?
            militants? separatists? rebels? puppets? juntas? nazis? fascists? orcs? bandits?
            mercenar(?:y|ies)""",
        _STATUS: """
            so-called liberat(?:ed|ion|ing|ors?) temporarily.occupied special.military.operation
            annex(?:ed|ation) illegitimate breakaway""",
        _GUILT: """
            violat(?:ed|ors?|ions?|es) breach(?:ed|es)? guilty perpetrators? culprits? war.crimes?
            provocations? unprovoked retaliat(?:ed|ion|ory)""",
        _CALM: "quiet calm all.clear",
        _PRAISE: r"""
            hero(?:es|ic|ically)? martyrs? cowardly barbari[ca]\w* atrocit(?:y|ies)
            treacherous\w*""",
    },
    "uk": {
        _NAME: r"""
            режим\w*(?!.(?:тиші|припинення)) окупант\w* загарбник\w* агресор\w* ворог\w* ворож\w*
            терорист\w* бойовик\w* сепаратист\w* маріонет\w* хунт\w* нацист\w* фашист\w* рашист\w*
            орк(?:и|ів|ам) найманц\w+""",
        _STATUS: r"""
            так.зван\w+ визвол\w+ тимчасово.окупован\w+ анекс\w+ нелегітимн\w+
            спеціальн\w+.воєнн\w+""",
        _GUILT: r"поруш\w+ винн\w+ злочин\w* провокаці\w+ неспровокован\w+ зачист\w+",
        _CALM: "тихо спокійно затишшя інцидентів.не.було подій.не.було",
        _PRAISE: r"геро\w+ мученик\w* підступн\w+ варварськ\w+ звірств\w*",
    },
    "ru": {
        _NAME: r"""
            режим\w*(?!.(?:тишины|прекращения)) оккупант\w* захватчик\w* агрессор\w* враг\w*
            враж\w+ террорист\w* боевик\w* сепаратист\w* марионет\w* хунт\w* нацист\w* фашист\w*
            бандеров\w* укроп\w* на[её]мник\w*""",
        _STATUS: r"""
            так.называем\w+ освобожд[её]нн\w+ освободит\w+ аннекс\w+ нелегитимн\w+ СВО
            специальн\w+.военн\w+.операци\w+ временно.оккупированн\w+""",
        _GUILT: r"наруш\w+ виновн\w+ преступ\w+ провокаци\w+ неспровоцированн\w+ зачист\w+",
        _CALM: "тихо спокойно затишье инцидентов.не.было событий.не.было",
        _PRAISE: r"геро\w+ мученик\w* коварн\w+ варварск\w+ зверств\w*",
    },
}
_RULES = {
    language: [
        (re.compile(rf"(?<!\w)(?:{'|'.join(terms.split())})(?!\w)", re.IGNORECASE), why)
        for why, terms in by_fault.items()
    ]
    for language, by_fault in _TERMS.items()
}
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")
_ATTRIBUTED = re.compile(
    r"(?::|\b(?:said|says|stated|states|wrote|writes|according to [^,]+,"
    r"|заяви\w+|сказа\w+|пише|за словами [^,]+,|заявля\w+|пишет|по словам [^,]+,))\s*$",
    re.IGNORECASE,
)


def lint(text: str, language: str) -> tuple[Loaded, ...]:
    """Every loaded word a text uses in its own voice, in reading order.

    >>> [each.word for each in lint("Torrin wrote “the regime fired”; the invaders left.", "en")]
    ['invaders']
    """
    if language not in LANGUAGES:
        raise BadValue(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    found = [
        Loaded(line=number, column=match.start() + 1, word=match[0], why=why)
        for number, line in enumerate(text.splitlines(), start=1)
        for own in [_own_words(line)]
        for rule, why in _RULES[language]
        for match in rule.finditer(own)
    ]
    return tuple(sorted(found, key=lambda each: (each.line, each.column, each.word)))


def _own_words(line: str) -> str:
    """The line with every attributed quotation blanked out, columns kept."""

    def blank(match: re.Match[str]) -> str:
        attributed = _ATTRIBUTED.search(line[: match.start()])
        return " " * len(match[0]) if attributed else match[0]

    return _QUOTED.sub(blank, line)
