"""Acts at the invented talks of Velmark and Torrin, one line each."""

from truceline.talks import acts
from truceline.talks.act import Act

PARTIES = ("TOR", "VEL")
WORDS = {
    "en": "Heavy weapons are kept [dist] from the contact line[night].",
    "uk": "Важке озброєння тримають за [dist] від лінії зіткнення[night].",
    "ru": "Тяжёлое вооружение находится в [dist] от линии соприкосновения[night].",
}
DIST = acts.BracketSet(id="dist", kind="parameter", bind="a2.zone.where.within_km")
NIGHT = acts.BracketSet(id="night", kind="optional")
KM15 = {"en": "15 km", "uk": "15 км", "ru": "15 км"}
KM20 = {"en": "20 km", "uk": "20 км", "ru": "20 км"}


def act(entry: int, payload: acts.Payload, by: str, *, borrowed: bool = False) -> Act:
    """One act by somebody; its time is its place in the ledger."""
    return Act(
        entry=entry,
        kind=acts.KINDS[type(payload)],
        actor=by,
        at_us=entry * 1_000_000,
        payload=payload,
        borrowed=borrowed,
    )


def opened(*, package: bool = True, voices: tuple[str, ...] = PARTIES) -> acts.TextOpened:
    """The text of the ceasefire, put on the table by Aldmoor."""
    return acts.TextOpened(
        text="ceasefire",
        title={"en": "Ceasefire", "uk": "Припинення вогню", "ru": "Прекращение огня"},
        voices=voices,
        nothing_agreed_until_everything=package,
    )


def proposed(
    words: dict[str, str] | None = None,
    brackets: tuple[acts.BracketSet, ...] = (DIST, NIGHT),
    article: str = "a2",
) -> acts.TextProposed:
    """Article 2 with a distance in brackets, and perhaps a word on the night."""
    given = WORDS if words is None else words
    return acts.TextProposed(
        text="ceasefire", article=article, number=article[1:], words=given, brackets=brackets
    )


def offered(option: str = "km15", words: dict[str, str] | None = None) -> acts.TextOffered:
    """A distance for the bracket."""
    given = (KM15 if option == "km15" else KM20) if words is None else words
    return acts.TextOffered(
        text="ceasefire", article="a2", bracket="dist", option=option, words=given, value=option[2:]
    )


def supported(bracket: str, option: str) -> acts.TextSupported:
    """Agreement to an option."""
    return acts.TextSupported(text="ceasefire", article="a2", bracket=bracket, option=option)
