"""Which party a word stands for: a country, its people, its capital, a movement, in any case."""

import re
from functools import lru_cache

from truceline.talks.reading.words import words
from truceline.talks.reading.words.places import PARTIES

CYRILLIC = re.compile("[А-Яа-яІЇЄҐіїєґЁё]")
_CASE = re.compile(
    r"(?:ией|ією|иею|ского|ському|скому|ським|ским|ську|скую|ської|ской|ого|ому|ами|ями|ах|ях|ом|ем|ою|ею|"
    r"ів|ов|ій|ий|"
    r"ый|ой|ая|яя|ое|ые|ие|а|у|ю|і|и|ы|е|я|о|ї|й|ь|м)$"
)


@lru_cache(maxsize=65_536)
def party(word: str) -> str | None:
    """The party a place, people or body stands for, or None."""
    low = word.lower()
    if low in PARTIES:
        return PARTIES[low]
    if not CYRILLIC.search(low):
        return PARTIES.get(low.removesuffix("’s").removesuffix("'s"))
    return _SLAVIC_PARTIES.get(_CASE.sub("", low)) or _adjective(low)


_SLAVIC_PARTIES = {
    _CASE.sub("", name): code for name, code in PARTIES.items() if CYRILLIC.search(name)
}
_ADJECTIVES = {
    "україн": "ukraine", "украин": "ukraine", "росі": "russia", "росій": "russia",
    "россий": "russia", "америк": "united-states", "київ": "ukraine", "киев": "ukraine",
    "москов": "russia", "европей": "european-union", "європей": "european-union",
    "китай": "china", "турец": "turkey", "іран": "iran", "иран": "iran", "ізраїл": "israel",
    "израил": "israel", "катар": "qatar", "єгипет": "egypt", "египет": "egypt",
    "британ": "britain", "француз": "france", "німец": "germany", "немец": "germany",
    "білорус": "belarus", "белорус": "belarus", "польс": "poland",
}  # fmt: skip


def _adjective(low: str) -> str | None:
    if not re.search(r"[сц]ьк|[сц]к|ец|нц", low):
        return None
    return next((code for stem, code in _ADJECTIVES.items() if low.startswith(stem)), None)


_NOT_ADJECTIVES = frozenset(
    words("""
    mali malawi haiti burundi fiji hanoi astana abu-dhabi iran japan sudan jordan azerbaijan
    turkmenistan pakistan afghanistan kazakhstan kyrgyzstan tajikistan uzbekistan oman taiwan
    vatican milan taliban delhi new-delhi nairobi helsinki lebanon tbilisi chisinau south-sudan
    bhutan hezbollah
""")
)


def people_of(low: str) -> bool:
    """“Russian”, “Israeli”: it speaks only with the noun behind it."""
    if party(low) is None or low in _NOT_ADJECTIVES:
        return False
    return low.endswith(("an", "ish", "ese", "ench", "utch", "iss", "i", "ek", "ai")) or low in {
        "houthi", "czech", "swiss", "greek", "thai",
    }  # fmt: skip
