"""The one incident the start page tells: found in the record, not written down anywhere.

An exercise's record holds exactly one complaint whose incident has a denial, something a monitor
perceived and a window of silence at the same place within the day after; the newest such is told.
"""

from dataclasses import dataclass

from truceline.coordination.complaints import Complaint
from truceline.coordination.windows import State, Window
from truceline.desk.areas import place_of
from truceline.desk.desk import Desk
from truceline.desk.publishing import Bulletin, bulletins
from truceline.store.shown import IncidentRow
from truceline.store.view import View
from truceline.values.audience import CENTRE
from truceline.values.instant import DAY_US
from truceline.values.place import distance_m
from truceline.values.signatures import Stance

NEAR_M = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What each step of the story shows; None where the record holds no such thing.

    before, after: the bulletin that was objected to, and the one that corrected it.
    other: the party that looks for the complaining party's patrols in the last step.
    """

    complaint: Complaint
    incident: IncidentRow
    window: Window | None
    before: Bulletin | None
    after: Bulletin | None
    other: str


def story(desk: Desk) -> Story | None:
    """Find the story in a record; None where it holds none."""
    view = desk.view(CENTRE)
    for complaint in reversed(view.complaints()):
        number = view.incident_of(complaint.claim_id)
        incident = view.incident(number) if number else None
        if incident is None or not _is_told(view, incident):
            continue
        window = _window(desk, view, complaint, incident)
        if window is None:
            continue
        before, after = _bulletins(view, complaint)
        return Story(
            complaint=complaint,
            incident=incident,
            window=window,
            before=before,
            after=after,
            other=complaint.against[0] if complaint.against else "",
        )
    return None


def _is_told(view: View, incident: IncidentRow) -> bool:
    rows = view.claims(incident.claims)
    denied = any(row.claim.said.stance is Stance.DENIES for row in rows)
    perceived = any(
        not row.claim.origin.interested and row.claim.said.stance is not Stance.DENIES
        for row in rows
    )
    return denied and perceived


def _window(desk: Desk, view: View, complaint: Complaint, incident: IncidentRow) -> Window | None:
    """The window completed within a day of the complaint nearest to the incident."""
    near = [
        (distance_m(incident.place, place), window.number, window)
        for window in view.windows()
        if window.state is State.COMPLETED
        and complaint.at_us <= window.from_us <= complaint.at_us + DAY_US
        and incident.place is not None
        and (place := place_of(desk, window)) is not None
    ]
    found = min(near, default=None)
    return found[2] if found and found[0] <= NEAR_M else None


def _bulletins(view: View, complaint: Complaint) -> tuple[Bulletin | None, Bulletin | None]:
    """The first bulletin after the complaint, and the one that corrected it."""
    listed = bulletins(view)
    before = next((one for one in listed if one.at_us >= complaint.at_us), None)
    after = next((one for one in listed if before and one.number == before.corrected_by), None)
    return before, after
