"""Reports into claims: whose word a statement rests on, decided once, when it is read."""

import re
from collections.abc import Collection
from hashlib import sha256
from unicodedata import normalize
from urllib.parse import parse_qsl, urlencode, urlsplit

from truceline.claims.claim import Claim, CoveragePeriod, Origin
from truceline.reports.report import Covered, Report, Said
from truceline.values.errors import BadValue
from truceline.values.instant import DAY_US, Span
from truceline.values.signatures import Basis

FIRST_HAND = frozenset({Basis.SEEN, Basis.HEARD, Basis.RECORDED})
FEWEST_WORDS = 3
_WORDS = re.compile(r"\w+")
_APOSTROPHES = re.compile("['’ʼ`´]")
_HOST_PREFIX = re.compile(r"(?:www|m|amp)\.")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid")


def claim_of(report: Report, origin: Origin, *, parties: Collection[str] = ()) -> Claim:
    """The claim a read row makes.

    parties: codes of the parties to the agreement, so that an outlet quoting one is keyed to it.
    Raises BadValue for a row that says how long somebody watched: that is `period_of`.
    """
    if not isinstance(report.body, Said):
        raise BadValue(f"{origin.id} is a stretch of watching, not a statement")
    return Claim(
        origin=origin,
        said=report.body,
        source_key=source_key(report.body, interested=origin.interested, parties=parties),
    )


def period_of(report: Report, origin: Origin) -> CoveragePeriod:
    """The stretch of watching a read row records. BadValue for a row that is a statement."""
    if not isinstance(report.body, Covered):
        raise BadValue(f"{origin.id} is a statement, not a stretch of watching")
    return CoveragePeriod(origin=origin, covered=report.body)


def source_key(said: Said, *, interested: bool, parties: Collection[str] = ()) -> str:
    """The one origin a statement rests on. Claims corroborate only if their keys differ.

    The first rule that applies decides:

    1. `party:VEL`: an interested party's own word, whatever it cites. All its allegations rest on
       one will, so a hundred of them do not make a second witness.
    2. `party:VEL`, `word:NAME`: what one speaker passes on from another is the other's word. Two
       outlets quoting one official are one origin.
    3. `voice:JVT-2`: what somebody saw, heard or recorded rests on that watcher. Two patrols that
       write the same three words independently stay two.
    4. `page:HOST/PATH`: the same post or page, however its address is decorated.
    5. `words:DAY:HASH`: the same wording on the same day (UTC), but for case, punctuation, ё and
       apostrophes: a copy, where nobody says from where. Under three words say too little.
    6. `voice:OUTLET`: nothing but who speaks; two such claims by one speaker are one origin.

    One key cannot say that a page is both itself and a copy of another's wording: rule 4 comes
    first since a page is certain, and fusion links equal wordings of different pages as copies.
    """
    if interested:
        return f"party:{said.speaker}"
    if said.chain and (word := said.chain[-1]) != said.speaker:
        return f"party:{word}" if word in parties else f"word:{word}"
    if said.basis in FIRST_HAND:
        return f"voice:{said.speaker}"
    if said.origin:
        return f"page:{page_key(said.origin)}"
    words = plain_words(said.wording)
    if len(words) >= FEWEST_WORDS and isinstance(said.span, Span):
        day = said.span.from_us // DAY_US
        return f"words:{day}:{sha256(' '.join(words).encode()).hexdigest()[:16]}"
    return f"voice:{said.speaker}"


def plain_words(wording: str) -> list[str]:
    """The words of a text without what a copyist changes: case, punctuation, apostrophes, ё.

    >>> plain_words("Біля маяка — ВИБУХИ!") == plain_words("біля маяка вибухи")
    True
    """
    plain = normalize("NFKC", wording).casefold().replace("ё", "е")
    return _WORDS.findall(_APOSTROPHES.sub("", plain))


def page_key(address: str) -> str:
    """A page's address without scheme, `www.`, fragment, tracking and trailing slash.

    >>> page_key("https://www.gazette.example/7/?utm_source=x#top")
    'gazette.example/7'

    What is no web address is its own key.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return address
    host = _HOST_PREFIX.sub("", parts.netloc.lower(), count=1)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key)]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
