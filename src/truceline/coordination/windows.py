"""Windows of silence: asked for, guaranteed by everyone, open for a time, then over.

    requested ──▶ guaranteed ──▶ active ──▶ completed
        │              │            ├─────▶ breached    (an incident inside it; also afterwards)
        │              │            ├─────▶ withdrawn   (the asker, a guarantor or the centre)
        ├─▶ refused    ├─▶ withdrawn └─────▶ lapsed      (time ran out)
        ├─▶ withdrawn  └─▶ lapsed
        └─▶ lapsed

Never active without every guarantee, never before it starts, never after it ends. One table,
`RULES`, serves both the desk, before it appends an act, and the fold, which keeps an act that
broke a rule and shows it as refused. Explained in docs/explanation/windows.md.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from truceline.coordination import acts
from truceline.coordination.event import CENTRE, Event, in_order
from truceline.coordination.steps import CLOCK, ActRefused, Step, Stray, step
from truceline.values.place import Place

REQUEST = "window/requested"


class State(StrEnum):
    """Where a window stands."""

    REQUESTED = "requested"
    GUARANTEED = "guaranteed"
    ACTIVE = "active"
    COMPLETED = "completed"
    BREACHED = "breached"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN_STATES = frozenset({State.REQUESTED, State.GUARANTEED, State.ACTIVE})


class WindowRefused(ActRefused):
    """An act on a window that the rules do not allow now; nothing changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One window of silence as it stands at an instant.

    number: `W-0001`, in ledger order of the requests; entry: that of the request.
    zone, or place: where; the other is empty or None.
    from_us, until_us: what was asked for; start inclusive, end exclusive.
    guarantees: (party, entry, instant) in the order they came.
    opened_us, ended_us: when it became active and when it stopped being so, if it did.
    incidents: those its silence is said to have been broken by.
    """

    number: str
    entry: int
    requested_by: str
    zone: str
    place: Place | None
    from_us: int
    until_us: int
    purpose: str
    broker: str
    wording: str
    language: str
    guarantors: tuple[str, ...]
    needs_demining: bool
    guarantees: tuple[tuple[str, int, int], ...] = ()
    demined_us: int | None = None
    opened_us: int | None = None
    opened_entry: int | None = None
    ended_us: int | None = None
    incidents: tuple[str, ...] = ()
    state: State = State.REQUESTED
    history: tuple[Step, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose guarantee is still awaited."""
        given = {party for party, _, _ in self.guarantees}
        return tuple(code for code in self.guarantors if code not in given)

    def roles(self, actor: str) -> frozenset[str]:
        """What somebody is to this window."""
        held = {
            "guarantor": actor in self.guarantors,
            "asker": actor in {self.requested_by, self.broker},
            "centre": actor == CENTRE,
        }
        return frozenset(role for role, holds in held.items() if holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may do an act, from which states, and the state it leads to."""

    states: frozenset[State]
    roles: frozenset[str]
    to: State


_OPENED_ONCE = frozenset({State.ACTIVE, State.LAPSED})
RULES: Mapping[str, Rule] = {
    "window/guaranteed": Rule(
        states=frozenset({State.REQUESTED}),
        roles=frozenset({"guarantor"}),
        to=State.GUARANTEED,  # once the last guarantee is in
    ),
    "window/refused": Rule(
        states=frozenset({State.REQUESTED}), roles=frozenset({"guarantor"}), to=State.REFUSED
    ),
    "window/withdrawn": Rule(
        states=OPEN_STATES,
        # The centre too: a window found unsafe is stopped by whoever finds it so.
        roles=frozenset({"guarantor", "asker", "centre"}),
        to=State.WITHDRAWN,
    ),
    "window/demined": Rule(
        states=frozenset({State.GUARANTEED}),
        roles=frozenset({"asker", "centre"}),
        to=State.GUARANTEED,
    ),
    "window/opened": Rule(
        states=frozenset({State.GUARANTEED}), roles=frozenset({"centre"}), to=State.ACTIVE
    ),
    "window/completed": Rule(
        states=_OPENED_ONCE, roles=frozenset({"asker", "centre"}), to=State.COMPLETED
    ),
    "window/breached": Rule(
        states=_OPENED_ONCE | {State.COMPLETED, State.BREACHED},
        roles=frozenset({"guarantor", "asker", "centre"}),
        to=State.BREACHED,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Every window, and the acts that named a window nobody asked for."""

    windows: tuple[Window, ...]
    strays: tuple[Stray, ...]


def fold(events: Iterable[Event], now_us: int, *, parties: Collection[str]) -> tuple[Window, ...]:
    """Every window as it stands at an instant, in the order of their numbers.

    parties: those bound by the terms; a request that leaves one out never opens.
    Costs one pass over the events; other kinds are passed over.
    """
    return board(events, now_us, parties=parties).windows


def board(events: Iterable[Event], now_us: int, *, parties: Collection[str]) -> Board:
    """Every window as it stands at an instant, and the acts that found none."""
    events = list(events)
    numbers = _numbers(events)
    windows: dict[str, Window] = {}
    strays: list[Stray] = []
    for event, at_us in in_order(events, now_us):
        if event.kind not in RULES and event.kind != REQUEST:
            continue
        if event.kind == REQUEST:
            if isinstance(event.payload, acts.WindowRequested):
                number = numbers[event.entry]
                windows[number] = _asked(number, event, event.payload, at_us, parties)
            continue
        about = event.payload.window if isinstance(event.payload, acts.WindowNamed) else ""
        found = windows.get(about)
        if found is None or found.entry > event.entry:
            strays.append(_stray(event, about))
        else:
            windows[about] = _after(found, event, at_us)
    in_number_order = sorted(windows.values(), key=lambda window: window.entry)
    return Board(
        windows=tuple(_at(window, now_us) for window in in_number_order), strays=tuple(strays)
    )


def _numbers(events: Iterable[Event]) -> dict[int, str]:
    """The number of each request by its entry: by their order in the ledger and nothing else.

    A request whose content is not held here, or whose time has not come, has its number too.
    """
    asked = sorted(event.entry for event in events if event.kind == REQUEST)
    return {entry: f"W-{place:04d}" for place, entry in enumerate(asked, start=1)}


def check_request(event: Event, *, parties: Collection[str]) -> None:
    """Raise WindowRefused if a request could never open."""
    request = event.payload
    assert isinstance(request, acts.WindowRequested)  # the caller builds requests from this struct
    if code := _request_refusal(event, request, event.known_us, parties):
        raise WindowRefused(code, "request", f"guarantors {', '.join(request.guarantors)}")


def check(window: Window, event: Event) -> None:
    """Raise WindowRefused if the rules do not allow this act on this window at `known_us`."""
    now = _at(window, event.known_us)
    if code := _refusal(now, event, event.known_us):
        raise WindowRefused(code, window.number, f"{event.kind} by {event.actor}, {now.state}")


def _asked(
    number: str,
    event: Event,
    request: acts.WindowRequested,
    at_us: int,
    parties: Collection[str],
) -> Window:
    code = _request_refusal(event, request, at_us, parties)
    state = State.REFUSED if code else State.REQUESTED
    return Window(
        number=number,
        entry=event.entry,
        requested_by=event.actor,
        zone=request.zone,
        place=_place(request),
        from_us=request.from_us,
        until_us=request.until_us,
        purpose=request.purpose,
        broker=request.broker,
        wording=request.wording,
        language=request.language,
        guarantors=request.guarantors,
        needs_demining=request.needs_demining,
        state=state,
        history=(step(event, at_us, state, code),),
    )


def _place(request: acts.WindowRequested) -> Place | None:
    if request.lat_e7 is None or request.lon_e7 is None or request.radius_m is None:
        return None
    return Place(
        lat_e7=request.lat_e7,
        lon_e7=request.lon_e7,
        a_m=request.radius_m,
        b_m=request.radius_m,
        confidence_bp=10_000,  # an area agreed on, not a point guessed at
    )


def _request_refusal(
    event: Event, request: acts.WindowRequested, at_us: int, parties: Collection[str]
) -> str:
    if event.borrowed:
        return "borrowed_voice"
    if not set(parties) <= set(request.guarantors):
        return "party_left_out"
    return "already_over" if request.until_us <= at_us else ""


def _refusal(window: Window, event: Event, at_us: int) -> str:
    """The code of the first rule an act breaks; empty where it may count."""
    rule = RULES[event.kind]
    if event.borrowed:
        return "borrowed_voice"
    if not rule.roles & window.roles(event.actor):
        return "not_a_guarantor" if rule.roles == {"guarantor"} else "not_entitled"
    if window.state in {State.LAPSED, State.COMPLETED} and window.opened_us is None:
        return "wrong_state"
    if window.state not in rule.states:
        return _why_not_now(window, event)
    if event.kind == "window/guaranteed" and event.actor not in window.missing:
        return "already_guaranteed"
    return _why_not_open(window, at_us) if event.kind == "window/opened" else ""


def _why_not_now(window: Window, event: Event) -> str:
    waiting = window.state is State.REQUESTED
    return "guarantee_missing" if event.kind == "window/opened" and waiting else "wrong_state"


def _why_not_open(window: Window, at_us: int) -> str:
    if window.missing:
        return "guarantee_missing"
    if at_us < window.from_us:
        return "too_early"
    return "demining_missing" if window.needs_demining and window.demined_us is None else ""


def _after(window: Window, event: Event, at_us: int) -> Window:
    """The window after an act: refused and only noted, or applied."""
    window = _at(window, at_us)
    if code := _refusal(window, event, at_us):
        return replace(window, history=(*window.history, step(event, at_us, window.state, code)))
    window = _applied(window, event, at_us)
    return replace(window, history=(*window.history, step(event, at_us, window.state)))


def _applied(window: Window, event: Event, at_us: int) -> Window:
    to = RULES[event.kind].to
    match event.kind:
        case "window/guaranteed":
            given = (*window.guarantees, (event.actor, event.entry, at_us))
            window = replace(window, guarantees=given)
            return window if window.missing else replace(window, state=to)
        case "window/demined":
            return replace(window, demined_us=at_us)
        case "window/opened":
            return replace(window, state=to, opened_us=at_us, opened_entry=event.entry)
        case "window/breached":
            assert isinstance(event.payload, acts.WindowBreached)
            known = dict.fromkeys((*window.incidents, event.payload.incident))
            window = replace(window, incidents=tuple(known))
    ended = window.ended_us
    if window.opened_us is not None and ended is None:
        ended = at_us
    return replace(window, state=to, ended_us=ended)


def _at(window: Window, now_us: int) -> Window:
    """The window once time alone has passed: whatever is still open at its end has lapsed."""
    if window.state not in OPEN_STATES or now_us < window.until_us:
        return window
    was_open = window.state is State.ACTIVE
    ran_out = Step(entry=None, kind=CLOCK, actor="", at_us=window.until_us, state=State.LAPSED)
    return replace(
        window,
        state=State.LAPSED,
        ended_us=window.until_us if was_open else None,
        history=(*window.history, ran_out),
    )


def _stray(event: Event, about: str) -> Stray:
    return Stray(
        entry=event.entry,
        kind=event.kind,
        actor=event.actor,
        about=about,
        refused="unknown" if about else "not_held",
    )
