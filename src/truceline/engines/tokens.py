"""Words of short texts as integer columns, compared without floats and without hashing.

A word is folded to Latin letters (Ukrainian and Russian spellings of one name fall together as far
as letters allow), cut to its first six letters (a stem good enough for languages that inflect at
the end) and packed into one integer. Nothing is random, nothing collides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

import numpy as np

from truceline.engines.arrays import I64, runs

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
_STEM = 6
_SHORTEST = 3
_LANGUAGE = 400  # imaginary texts that stand for the language …
_ORDINARY = 0.002  # … in which one text in five hundred has a given word
_FOLD = str.maketrans(
    {
        **dict(zip("абвгґдзклмнопрстуфц", "abvggdzklmnoprstufc", strict=True)),
        **dict.fromkeys("иіїйы", "i"),
        **dict.fromkeys("еєёэ", "e"),
        "ж": "zh",
        "х": "kh",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "iu",
        "я": "ia",
        **dict.fromkeys("ьъ'’ʼ`", ""),
        "h": "g",
        "y": "i",
    }
)
# Latin spellings keep their two-letter sounds: "kh" must not become "kg".
_PAIRS = (("kh", "х"), ("zh", "ж"), ("shch", "щ"), ("ch", "ч"), ("sh", "ш"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The distinct stems of n texts, row after row.

    start: int64 (n + 1,); the stems of text i are code[start[i]:start[i + 1]], ascending.
    code: int64 (m,); numbers of stems, 0 … stems − 1.
    stems: how many different stems there are.
    """

    start: I64
    code: I64
    stems: int


def fold(text: str) -> str:
    """Fold a text to lower-case Latin letters.

    >>> fold("Миколаїв"), fold("Николаев"), fold("Kherson") == fold("Херсон")
    ('mikolaiv', 'nikolaev', True)
    """
    lower = _MARKS.sub("", normalize("NFKC", text).lower())
    for latin, cyrillic in _PAIRS:
        lower = lower.replace(latin, cyrillic)
    return lower.translate(_FOLD)


def stems(text: str) -> set[str]:
    """The stems of a text: its numbers whole, its words of three letters or more cut to six."""
    words = _WORD.findall(fold(text))
    return {word[:_STEM] for word in words if len(word) >= _SHORTEST or word.isdigit()}


def tokens(texts: Sequence[str]) -> Tokens:
    """Cut texts into stems; equal texts, in any order of rows, get equal stems."""
    cut: dict[str, list[str]] = {}
    rows = [cut.setdefault(text, sorted(stems(text))) for text in texts]
    vocabulary = {stem: number for number, stem in enumerate(sorted(set().union(*cut.values())))}
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    code = np.fromiter((vocabulary[stem] for row in rows for stem in row), dtype=np.int64)
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    return Tokens(start=start, code=code, stems=len(vocabulary))


def rarity(of: Tokens, group: I64, *, borrowed: int) -> I64:
    """How telling each stem is where it stands: −log2 of how often it is used there, millibits.

    group: int64 (n,), the group (a place) of each text. A stem's share among the texts of its
        group is smoothed with `borrowed` imaginary texts that use words as everyone does, so a
        town's own name weighs little in that town and a small group borrows from the whole; the
        whole borrows likewise from a language of ordinary words, so that two texts alone in the
        world still have words worth sharing.
    returns: int64, one per element of `code`, >= 0.
    """
    texts = len(of.start) - 1
    if texts == 0 or len(of.code) == 0:
        return np.zeros(0, dtype=np.int64)
    used_at_all = np.bincount(of.code, minlength=of.stems) + _LANGUAGE * _ORDINARY
    everywhere = used_at_all / (texts + _LANGUAGE)
    home = np.repeat(group, np.diff(of.start))
    _, where, used = np.unique(home * of.stems + of.code, return_inverse=True, return_counts=True)
    _, whose, size = np.unique(group, return_inverse=True, return_counts=True)
    here = size[np.repeat(whose, np.diff(of.start))]
    share = (used[where] + borrowed * everywhere[of.code]) / (here + borrowed)
    millibits: I64 = np.maximum(np.rint(-1000 * np.log2(share)), 0).astype(np.int64)
    return millibits


def overlap(of: Tokens, weight: I64, one: I64, other: I64) -> tuple[I64, I64]:
    """What pairs of texts share.

    weight: int64, one per element of `code`. one, other: int64 (m,), rows.
    returns: shared weight (m,), and likeness (m,) in thousandths: 2 × shared / both. A shared stem
        weighs what it weighs in the text where it weighs less; together they count no more than
        one and a half times the rarest, because words of one phrase come together. Whole numbers
        throughout.
    """
    totals = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(weight)])
    whole = totals[of.start[1:]] - totals[of.start[:-1]]
    texts = len(whole)
    key = np.repeat(np.arange(texts, dtype=np.int64), np.diff(of.start)) * of.stems + of.code
    counts = of.start[one + 1] - of.start[one]
    pair = np.repeat(np.arange(len(one), dtype=np.int64), counts)
    mine = np.repeat(of.start[one], counts) + runs(counts)
    found, theirs = _find(key, other[pair] * of.stems + of.code[mine])
    both = np.where(found, np.minimum(weight[mine], weight[theirs]), 0)
    shared = np.bincount(pair, weights=both, minlength=len(one)).astype(np.int64)
    rarest = np.zeros(len(one), dtype=np.int64)
    np.maximum.at(rarest, pair, both)
    together = whole[one] + whole[other]
    return np.minimum(shared, rarest * 3 // 2), 2000 * shared // np.maximum(together, 1)


def _find(keys: I64, wanted: I64) -> tuple[np.ndarray, I64]:
    """Whether and where each wanted key stands among sorted keys."""
    if len(keys) == 0:
        return np.zeros(len(wanted), dtype=bool), np.zeros(len(wanted), dtype=np.int64)
    where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return keys[where] == wanted, where
