"""Acts from the invented ceasefire of Velmark and Torrin, one line each."""

from truceline.coordination import acts
from truceline.coordination.complaints import Filed
from truceline.coordination.event import Event
from truceline.values.instant import HOUR_US, MINUTE_US, parse_instant

PARTIES = ("TOR", "VEL")
NIGHT_US = parse_instant("2026-03-27T02:10-01:00")  # a complaint in the night
FROM_US = parse_instant("2026-03-28T09:00-01:00")  # the repair of the Halden substation
UNTIL_US = FROM_US + 6 * HOUR_US
BEFORE_US = FROM_US - 12 * HOUR_US
REPLY_US = 24 * HOUR_US


def event(
    entry: int,
    payload: acts.Payload | None,
    *,
    by: str,
    at_us: int,
    kind: str = "",
    relayed_by: str = "",
) -> Event:
    """One act: of a party in its own voice, of the desk, or relayed by somebody."""
    own = "desk" if by == "CENTRE" else by
    if not kind:
        kind = next(name for name, struct in acts.PAYLOADS.items() if type(payload) is struct)
    return Event(
        entry=entry,
        kind=kind,
        author=relayed_by or own,
        on_behalf_of=by if relayed_by else None,
        at_us=at_us - MINUTE_US,
        known_us=at_us,
        payload=payload,
    )


def request(*, needs_demining: bool = False, broker: str = "") -> acts.WindowRequested:
    """Six hours of silence round the Halden substation, both parties and Aldmoor guaranteeing."""
    return acts.WindowRequested(
        zone="halden_window",
        from_us=FROM_US,
        until_us=UNTIL_US,
        purpose="repair",
        wording="Заміна трансформатора, бригада з шести осіб",
        language="uk",
        guarantors=("ALD", "TOR", "VEL"),
        needs_demining=needs_demining,
        broker=broker,
    )


def guaranteed_by(*codes: str, first_entry: int = 101, at_us: int = BEFORE_US) -> list[Event]:
    """Guarantees for W-0001, one after the other."""
    return [
        event(number, acts.WindowGuaranteed(window="W-0001"), by=code, at_us=at_us)
        for number, code in enumerate(codes, start=first_entry)
    ]


def filed(
    number: int = 0, *, entry: int = 40, owner: str = "VEL", against: tuple[str, ...] = ("TOR",)
) -> Filed:
    """A complaint taken in at ten past two."""
    return Filed(
        claim_id=f"{entry}#{number + 1}",
        entry=entry,
        owner=owner,
        against=against,
        known_us=NIGHT_US,
        wording="Mortar fire from the east at ten past two",
        language="en",
    )
