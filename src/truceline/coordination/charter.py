"""What a centre was founded with: the first thing its ledger says, and fixed from then on."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from truceline.reports.taken import FileRef
from truceline.values.audience import ALL, PUBLIC, Sight
from truceline.values.errors import BadValue
from truceline.values.instant import HOUR_US, MINUTE_US, Span, from_us, to_us, zone
from truceline.values.mode import Mode

_DAY_MINUTES = 24 * 60


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A party or a body: its code and its names by language."""

    code: str
    names: dict[str, str]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the map that figures are given for: its names and its ring.

    ring: (longitude, latitude) pairs, WGS 84 degrees × 10⁷; the first is not repeated.
    """

    code: str
    names: dict[str, str]
    ring: tuple[tuple[int, int], ...]


class Charter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `centre/founded`.

    names: what the centre is called, by language.
    cutoff: local clock time at which the reporting day ends, as `19:30`.
    parties: those bound by the terms; bodies: everyone else who has a seat, the centre included.
    guarantors: codes of the bodies whose guarantee a party may ask for.
    staff: codes that read what monitors report in full; everyone else gets the coarse view.
    sight_cell_m, sight_hours: the coarse view: no finer than this in space and in time.
    slot_minutes: how often what monitors hand in enters the log, all of it in one entry of one
        size, empty or not; 0: at once (docs/formats/slot.md). It divides a day.
    reply_hours: how long a party has to answer a complaint.
    areas: the parts of the map bulletins give figures for; map: what is drawn under them, GeoJSON.
    """

    names: dict[str, str]
    mode: Mode
    origin: str
    zone: str
    cutoff: str = "19:30"
    languages: tuple[str, ...] = ("en", "uk", "ru")
    parties: tuple[Body, ...]
    bodies: tuple[Body, ...]
    guarantors: tuple[str, ...] = ()
    staff: tuple[str, ...] = ("CENTRE",)
    sight_cell_m: int = 10_000
    sight_hours: int = 24
    slot_minutes: int = 0
    reply_hours: int = 24
    decision_rule: str = "none"
    areas: tuple[Part, ...] = ()
    map: FileRef | None = None

    def __post_init__(self) -> None:
        zone(self.zone)
        clock(self.cutoff)
        if self.slot_minutes < 0 or (self.slot_minutes and _DAY_MINUTES % self.slot_minutes):
            raise BadValue(f"slots of {self.slot_minutes} minutes do not fill a day; try 15 or 60")

    @property
    def name(self) -> str:
        """What the centre is called in English, for logs and file names."""
        return self.names["en"]

    @property
    def where(self) -> ZoneInfo:
        """The zone the agreement counts days in."""
        return zone(self.zone)

    @property
    def sight(self) -> Sight:
        """The policy for a stranger's view of monitors."""
        return Sight(cell_m=self.sight_cell_m, delay_us=self.sight_hours * HOUR_US)

    @property
    def party_codes(self) -> tuple[str, ...]:
        """The codes of the parties, in the order of the terms."""
        return tuple(party.code for party in self.parties)

    def names_of(self, code: str) -> dict[str, str]:
        """The names of a party or body by language; the code itself where it has none."""
        for body in (*self.parties, *self.bodies):
            if body.code == code:
                return body.names
        return dict.fromkeys(self.languages, code)

    @property
    def slot_us(self) -> int:
        """The length of a slot; 0 where there are none."""
        return self.slot_minutes * MINUTE_US

    @property
    def pool(self) -> tuple[str, ...]:
        """Who may open a slot: every body with a seat that is not a party."""
        parties = set(self.party_codes)
        return tuple(body.code for body in self.bodies if body.code not in parties)

    def by_slot(self, owner: str, readers: str) -> bool:
        """Say whether material enters by slots: not a party's, and no party may read all of it."""
        parties = self.party_codes
        open_to = {ALL, PUBLIC, *parties} & set(readers.split("+"))
        return bool(self.slot_us) and owner not in parties and not open_to

    def reporting_day(self, instant_us: int) -> Span:
        """The reporting day an instant falls in: from one cut-off to the next, 23 to 25 hours."""
        local = from_us(instant_us, self.where)
        ends = self.cutoff_on(local.date().isoformat())
        if instant_us < ends:
            return Span(from_us=self._cutoff(local, days=-1), until_us=ends)
        return Span(from_us=ends, until_us=self._cutoff(local, days=1))

    def cutoff_on(self, date: str) -> int:
        """The instant the reporting day named after a date ends; BadValue for what is no date."""
        try:
            day = datetime.fromisoformat(date)
        except ValueError as problem:
            raise BadValue(f"{date!r} is no date; write 2026-03-31") from problem
        return self._cutoff(day, days=0)

    def _cutoff(self, day: datetime, *, days: int) -> int:
        naive = datetime.combine(day.date() + timedelta(days=days), clock(self.cutoff))
        return to_us(naive.replace(tzinfo=self.where))


def clock(text: str) -> time:
    """Read a clock time such as 19:30; BadValue otherwise."""
    try:
        return time.fromisoformat(text)
    except ValueError as problem:
        raise BadValue(f"{text!r} is no clock time; write 19:30") from problem
