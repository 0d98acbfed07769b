"""Guessing a password takes for ever: five wrong ones in a row, and the name rests a while.

Counted per name and address, so that somebody elsewhere cannot keep an officer from the desk by
guessing badly. A name nobody has is counted just the same: the answer never tells which exist.
"""

from django.db.models import F

from truceline.values.instant import MINUTE_US
from truceline.web.people.models import FailedSignIns

LIMIT = 5
REST_US = 15 * MINUTE_US


def rests_until_us(username: str, address: str, now_us: int) -> int | None:
    """The instant from which signing in is looked at again; None where it is looked at now."""
    row = FailedSignIns.objects.filter(username=_key(username), address=address).first()
    if row is None or row.failures < LIMIT or now_us >= row.last_us + REST_US:
        return None
    return row.last_us + REST_US


def note_failure(username: str, address: str, now_us: int) -> None:
    """Count one wrong password; after a rest the count begins anew."""
    row, _ = FailedSignIns.objects.get_or_create(username=_key(username), address=address)
    rested = row.failures >= LIMIT and now_us >= row.last_us + REST_US
    row.failures = 1 if rested else F("failures") + 1  # type: ignore[assignment]  # an expression, evaluated by the database
    row.last_us = now_us
    row.save()


def forget(username: str, address: str) -> None:
    """The right password clears the count."""
    FailedSignIns.objects.filter(username=_key(username), address=address).delete()


def _key(username: str) -> str:
    return username.casefold()[:150]
