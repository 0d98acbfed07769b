"""A small centre after one night: a complaint, a denial, a patrol that heard, a window half agreed."""

from pathlib import Path

from tests.desk.founded import COMPLAINT, centre
from truceline.coordination.acts import WindowRequested
from truceline.desk import acts, publishing
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
from truceline.values.audience import CENTRE
from truceline.values.instant import HOUR_US, parse_instant

MORNING = "2026-04-02T09:30[Atlantic/Azores]"
NEXT_DAY = "2026-04-03T08:00[Atlantic/Azores]"
PATROL = (
    "record,patrol,date,time,until,own_position,bearing_deg,range_min_m,range_max_m,perceived,"
    "signature,direction,count,state,reason,wording\n"
    'observed,NIGHT-HAWK,2026-04-02,02:06,,"47.6705, -33.9512",010,1000,4000,heard,explosion,'
    "undetermined,at least 4,,,Dull reports to the north\n"
    'observed,NIGHT-HAWK,2026-03-31,11:06,,"47.2705, -34.2512",010,1000,4000,heard,explosion,'
    "undetermined,2,,,Two reports near the waterworks\n"
)
COVERAGE = (
    "watcher,kind,date,time,until,position,reach_m,state,reason,wording\n"
    'CAM-HALDEN,camera,2026-04-01,20:00,2026-04-02 08:00,"47.6920, -33.9410",3000,down,outage,No power\n'
    'CAM-ORSK,camera,2026-04-01,20:00,2026-04-02 08:00,"47.2101, -34.3302",3000,up,,\n'
)
DENIAL = "from: TOR\nstance: denies\nabout: C-0001\ntext: Наши расчёты ночью огня не вели.\nlanguage: ru\n"
LIST = (
    "ref,date,time,zone,position,datum,error_m,act,count,accused,wording,language\n"
    'T-0001,2026-04-01,06:10,Atlantic/Azores,"47.2101, -34.3302",WGS84,200,flight.uav,1,VEL,Drone,en\n'
    'T-0002,2026-04-01,06:25,Atlantic/Azores,"47.2101, -34.3302",WGS84,near the mill,flight.uav,1,VEL,Drone,en\n'
)

LATE_LIST = (
    "ref,date,time,zone,position,datum,error_m,act,count,accused,wording,language\n"
    'V-0031,2026-04-02,11:40,Atlantic/Azores,"47.2105, -34.3311",WGS84,200,flight.uav,1,TOR,Drone,en\n'
)


def night(folder: Path) -> Desk:
    """Found the centre and let the night pass; its clock then stands at eight the next day."""
    desk = centre(folder)
    acts.file_complaint(desk, "VEL", COMPLAINT, language="en")
    for source, owner, text in (
        ("coverage", "JVT", COVERAGE),
        ("patrol-log", "JVT", PATROL),
        ("party-list", "TOR", LIST),
    ):
        _take(desk, source, owner, text)
    desk.clock.hold(parse_instant(MORNING))
    _window(desk)
    acts.answer_complaint(
        desk, "TOR", "C-0001", "denies", acts.Wording(text="Огня не вели.", language="ru")
    )
    _take(desk, "complaint", "TOR", DENIAL)
    desk.clock.hold(parse_instant(NEXT_DAY))
    publishing.publish(desk, CENTRE, "2026-04-02")
    publishing.object_to(
        desk, "TOR", "B-0001", acts.Wording(text="The camera was down.", language="en")
    )
    _take(desk, "party-list", "VEL", LATE_LIST)
    publishing.correct(desk, CENTRE, "B-0001")
    desk.refresh()
    return desk


def _take(desk: Desk, source: str, owner: str, text: str) -> None:
    name = f"{source}.txt"
    take(desk, Incoming(source=source, name=name, raw=text.encode(), owner=owner, by=owner))


def _window(desk: Desk) -> None:
    now_us = desk.now_us()
    request = WindowRequested(
        lat_e7=476_900_000, lon_e7=-339_400_000, radius_m=3_000,
        from_us=now_us + HOUR_US, until_us=now_us + 30 * HOUR_US,
        purpose="repair", wording="Replace the insulator", language="en",
        guarantors=("TOR", "VEL"),
    )  # fmt: skip
    acts.request_window(desk, "VEL", request)
    acts.guarantee_window(desk, "VEL", "W-0001")
