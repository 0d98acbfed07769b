"""A party's list of any length with rows broken on purpose, each in its own way."""

from dataclasses import dataclass

HEADER = b"ref,date,time,until,zone,position,datum,error_m,act,count,accused,wording,language\r\n"
ACTS = ("fire.mortar", "артилерійський вогонь", "удар дроном-камикадзе", "flight.uav", "strike")
WORDINGS = (
    "Шість вибухів біля насосної станції",
    '"Взрывы, затем тишина; ""как гром"""',
    '"Two reports,\nthe second longer\r\nthan the first"',
    "",
)


@dataclass(frozen=True, slots=True)
class Broken:
    """One way to break a row: the row, and words its reason has to hold."""

    row: bytes
    reason: str


def _row(**cells: str) -> bytes:
    usual = {
        "ref": "V-9",
        "date": "2026-03-23",
        "time": "02:10",
        "until": "",
        "zone": "",
        "position": '"47.5123, -34.1000"',
        "datum": "WGS84",
        "error_m": "200",
        "act": "fire.mortar",
        "count": "3",
        "accused": "TOR",
        "wording": "Вибухи",
        "language": "uk",
    }
    return (",".join((usual | cells).values()) + "\r\n").encode()


BROKEN = (
    Broken(_row(date="2026-02-30"), "no day of the calendar"),
    Broken(_row(date="03/04/2026"), "two different days"),
    Broken(_row(date="yesterday"), "is not read"),
    Broken(_row(date=""), "date is empty"),
    Broken(_row(date="0026-03-23"), "lies outside 1900"),
    Broken(_row(time="25:10"), "on no clock"),
    Broken(_row(time="ten past two"), "time 'ten past two'"),
    Broken(_row(date="2026-03-29", time="00:30"), "skipped in Atlantic/Azores"),
    Broken(_row(until="2026-03-22 23:00"), "comes before"),
    Broken(_row(time="", until="03:00"), "stands without a time"),
    Broken(_row(zone="Europe/Atlantis"), "time zone 'Europe/Atlantis'"),
    Broken(_row(zone="+19:00"), "more than any zone has"),
    Broken(_row(date="2026-03-23 02:10"), "give it once"),
    Broken(_row(position='"СК-42 X=5412345 Y=7412345"'), "СК-42"),
    Broken(_row(position="5412345 7412345"), "a grid in metres"),
    Broken(_row(position="36U 400000 5500000"), "a grid in metres"),
    Broken(_row(position="ZAH1234512345"), "polar grid"),
    Broken(_row(position="25TFN123456789"), "even number of digits"),
    Broken(_row(position="25TSA1234"), "names no square"),
    Broken(_row(position='"97.5, -34.1"'), "not on the globe"),
    Broken(_row(position="by the lighthouse"), "is not read"),
    Broken(_row(position='"47°75\'00""N 34°06\'00""W"'), "0 to 59"),
    Broken(_row(datum="Pulkovo 1942"), "datum 'Pulkovo 1942'"),
    Broken(_row(datum=""), "datum is empty"),
    Broken(_row(error_m="0"), "lies outside 1"),
    Broken(_row(error_m="near"), "error_m 'near'"),
    Broken(_row(act=""), "act is empty"),
    Broken(_row(count="several"), "count 'several'"),
    Broken(_row(count="7-3"), "runs backwards"),
    Broken(_row(accused="Torrin"), "accused 'Torrin'"),
    Broken(_row(language="fr"), "language 'fr'"),
    Broken(_row(wording="one, two"), "14 cells, the header 13"),
    Broken(b"V-9,2026-03-23,02:10\r\n", "3 cells, the header 13"),
    Broken(_row(wording='"never closed'), "quote is not closed"),
    Broken(b",,,,,,,,,,,,\r\n", "every cell of the row is empty"),
    Broken(_row(wording="Виб\0ухи"), "NUL byte"),
    Broken(_row(wording="xx").replace(b"xx", b"\xd0\xc8\xff"), "not utf-8"),
    Broken(_row(position="N47" + " " * 3_000 + "34"), "position is 3005 characters long"),
    Broken(_row(wording="я" * 40_000), "the limit is 65536"),
)


def good_row(number: int) -> bytes:
    """One of many valid rows, no two alike."""
    return (
        f"V-{number:05},2026-03-{21 + number % 8},{number % 24:02}:{number % 60:02},,,"
        f'"47.{number % 10_000:04}, -34.{number * 7 % 10_000:04}",WGS84,{50 + number % 900},'
        f"{ACTS[number % len(ACTS)]},{number % 9 + 1},TOR,{WORDINGS[number % len(WORDINGS)]},uk\r\n"
    ).encode()


def party_file(rows: int, broken: dict[int, Broken]) -> bytes:
    """A file of so many rows, those in `broken` (by row number from 1) replaced."""
    body = (
        broken[number].row if number in broken else good_row(number)
        for number in range(1, rows + 1)
    )
    return HEADER + b"".join(body)
