"""Name keys: one spelling for the many that one name has in Latin and Cyrillic letters.

Zelensky, Zelenskyy, Selenskyj, Зеленський and Зеленский have one key; so have Gnatov and Hnatov.
A key only says that two spellings may be one name: who is one person is decided in `people`.
"""

import re
from functools import lru_cache
from unicodedata import combining, normalize

from truceline.talks.reading.words.given import GIVEN

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "e",
    "ж": "J", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
    "х": "Q", "ц": "c", "ч": "W", "ш": "W", "щ": "W", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "u", "я": "a", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
# W stands for every ch, sh, shch; Q for kh; J for zh. Longer groups first.
_GROUPS = {
    "shch": "W", "stsch": "W", "tsch": "W", "sch": "W", "tch": "W", "ch": "W", "sh": "W",
    "cz": "W", "zh": "J", "kh": "Q", "ts": "c", "tz": "c", "ph": "f", "th": "t", "dh": "d",
    "gh": "g", "ck": "k", "qu": "k", "q": "k", "x": "ks", "ou": "u", "oo": "u", "ee": "i",
    "w": "v", "h": "g", "y": "i",
}  # fmt: skip
_LATIN = re.compile("|".join(_GROUPS))
_OBLIQUE = re.compile("(?:ой|ою|ей|ею|[уюыиіе])$")  # a case in which the ending tells no gender
_NEAREST = str.maketrans({"Q": "g", "c": "s"})
_CASES = re.compile(
    r"(?<=ськ)(?:ий|ого|ому|им|ім|а|ої|ій|у|ою)$|(?<=ск)(?:ий|ого|ому|им|ом|ая|ой|ую)$|"
    r"(?<=[цз]ьк)(?:ий|ого|ому|им)$|(?<=[бвгґджзйклмнпрстфхцчшщ])(?:ові|еві|ом|ем|им|ым|ою|ею|ой|ей|у|ю|е|і|и|ы)$"
)


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """The key of one word of a name; the empty string for what holds no letter."""
    low = _plain(name)
    low = re.sub(r"^(?:al|el|ar|as|ash|at|an)-(?=\w{3})", "", low)
    folded = _from_cyrillic(low) if re.search("[а-яіїєґ]", low) else _from_latin(low)
    folded = re.sub(r"i+(?=[aeou])", "", folded)
    folded = re.sub(r"(.)\1+", r"\1", folded)
    return re.sub(r"(?<=sk)i+$|(?<=[aeou])i$|(?<=\w{3})g$", "", folded) or folded


def _plain(name: str) -> str:
    low = name.lower().replace("‑", "-")
    return (
        "".join(one for one in normalize("NFKD", low.replace("й", "\0")) if not combining(one))
        .replace("\0", "й")
        .replace("ł", "l")
        .replace("ø", "o")
        .replace("ı", "i")
        .replace("ß", "ss")
    )


def _from_cyrillic(low: str) -> str:
    low = low.replace("дж", "j").replace("зг", "zg").replace("кс", "ks")
    low = re.sub(r"^у(?=[аеиоі])", "в", low)
    return "".join(
        _CYRILLIC.get(one, one if one.isascii() and one.isalnum() else "") for one in low
    )


def _from_latin(low: str) -> str:
    low = re.sub(r"^s(?=elensk)", "z", low)
    low = low.replace("igh", "ai")
    low = re.sub(r"(?<=[aeiou])j|(?<=[a-z])j$|(?<=[a-z])j(?=[aeou])", "i", low)
    low = re.sub(r"c(?=[aouklrn])|c$", "k", low)
    return re.sub(r"[^a-zWQJ]", "", _LATIN.sub(lambda found: _GROUPS[found.group()], low))


@lru_cache(maxsize=65_536)
def stem(name: str) -> str:
    """The key without the ending that a Ukrainian or Russian case would give it."""
    low = _plain(name)
    if re.search("[а-яіїєґ]", low) and len(low) > 4:
        low = _CASES.sub("", low)
    found = key(low)
    least = 3 if re.search("[а-яіїєґ]", low) else 4
    return re.sub(r"[aeiou]+$", "", found) if len(found) > least else found


@lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """The consonants of the stem: for comparing scripts where the given names agree already."""
    return re.sub(r"[aeiou]", "", stem(name))


@lru_cache(maxsize=65_536)
def bones(name: str) -> str:
    """The skeleton with what two scripts write differently made one: h and х, c and s, j and й."""
    return _rough(skeleton(name)).replace("z", "s").replace("J", "j").removeprefix("j")


def given(name: str) -> int | None:
    """The number of a given name and all its spellings, or None where it is none we know."""
    low = name.lower().strip(".")
    found = GIVEN.get(low)
    if found is None and len(low) > 2 and re.search("[а-яіїєґ]", low):
        return _by_key().get(key(low)) or _by_key().get(stem(low))
    return found


@lru_cache(maxsize=1)
def _by_key() -> dict[str, int]:
    """Given names by key and by stem, for names met in the other script or in a case."""
    table: dict[str, int] = {}
    for name, number in GIVEN.items():
        if len(name) > 2:
            table.setdefault(key(name), number)
            table.setdefault(stem(name), number)
    return table


def same_given(one: str, other: str) -> bool:
    """May the two be spellings of one given name? An initial stands for any that begins so."""
    if one.lower() == other.lower() or key(one) == key(other):
        return True
    if len(one.strip(".")) == 1 or len(other.strip(".")) == 1:
        return key(one)[:1] == key(other)[:1]
    first, second = given(one), given(other)
    if first is not None and second is not None:
        return first == second
    if len(stem(one)) > 3 and stem(one) == stem(other):
        return True
    return _same_bones(one, other)


def _same_bones(one: str, other: str) -> bool:
    """Esmail, Esmaeil: the same consonants and beginning, and the same gender by the ending."""
    first, second = _rough(key(one)), _rough(key(other))
    across = _cyrillic(one) != _cyrillic(other)
    stripped = bones if across else skeleton
    alike = len(stripped(one)) > 1 and _rough(stripped(one)) == _rough(stripped(other))
    begin = across or first[:1] == second[:1] or {first[:1], second[:1]} <= set("aeiou")
    if _OBLIQUE.search(one) or _OBLIQUE.search(other):
        return alike and begin
    return alike and begin and first.endswith("a") == second.endswith("a")


def _cyrillic(name: str) -> bool:
    return bool(re.search("[а-яіїєґ]", name.lower()))


def _rough(folded: str) -> str:
    """A key with the sounds alike that one script writes by another's nearest letter."""
    return folded.translate(_NEAREST)
