"""Reading a record that evidence is to be made from: a folder somebody keeps, or a URL."""

from pathlib import Path

from truceline.desk.couriers.logs import over_http
from truceline.ledger.evidence.making import Record
from truceline.ledger.verifying import log_get


def open_record(where: str) -> Record:
    """The record at a centre, its `log/`, a kept copy, or a URL; Malformed if it shows no head.

    Nothing is believed of it here: whoever gets the evidence holds it against a trust file.
    """
    remote = where.startswith(("http://", "https://"))
    return Record.of(over_http(where) if remote else log_get(Path(where)))
