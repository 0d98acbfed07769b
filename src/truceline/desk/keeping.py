"""How a payload is kept: sealed to its readers, padded, or as it is (docs/formats/payload.md)."""

from collections.abc import Mapping
from functools import partial

from truceline.desk.errors import ActRefused
from truceline.ledger import seal
from truceline.ledger.seal import Wrap
from truceline.ledger.sealing import seal_to
from truceline.values.audience import ALL, PUBLIC
from truceline.values.mode import Mode


def wrap_for(acl: str, mode: Mode, readers: Mapping[str, tuple[str, ...]]) -> Wrap:
    """Say how a payload for these readers is kept.

    readers: code → age recipients on the record, the newest first. A reader without one reads at
    the desk of a centre that has one; ActRefused where nobody could. A record without any recipient
    is older than sealing: its payloads are kept as they always were, behind the centre's door.
    """
    if acl == PUBLIC or mode is Mode.REPLAY:  # what is studied was public already
        return seal.wrap
    if acl == ALL or not readers:
        return seal.pad
    recipients = [readers[code][0] for code in acl.split("+") if readers.get(code)]
    if not recipients:
        raise ActRefused(
            f"nobody could open what is for {acl} alone: no age recipient of theirs is on the "
            "record; hand in their card, or name a reader who has one"
        )
    return partial(seal_to, recipients=recipients)
