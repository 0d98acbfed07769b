"""Live, exercise and replay never mix."""

from enum import StrEnum


class Mode(StrEnum):
    """What a centre is for; fixed when it is founded and written into every entry.

    LIVE: a real ceasefire. EXERCISE: invented parties on an invented map.
    REPLAY: real past reports for study; no verdict names a party.
    """

    LIVE = "live"
    EXERCISE = "exercise"
    REPLAY = "replay"
