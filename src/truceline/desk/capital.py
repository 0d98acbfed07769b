"""A party's own reports to its capital, through a centre that cannot read them.

The party seals on its own machine, to a recipient that is not on the record, and signs the entry
itself. The centre keeps the blob and gives the receipt; the entry names no reader but the party.
"""

from pathlib import Path

from truceline.desk.errors import ActRefused
from truceline.desk.officers import Standing, begin
from truceline.desk.sending import Party
from truceline.ledger.entry import Entry, PayloadRef
from truceline.ledger.keys import Signer
from truceline.ledger.log import Log
from truceline.ledger.seal import unwrap
from truceline.ledger.sealing import Ring, load_identities, seal_to

KIND = "report/to-capital"


def write(
    now: Standing, signer: Signer, plain: bytes, recipient: str, claimed_us: int
) -> tuple[bytes, bytes]:
    """Seal a report to the capital's recipient; return the signed entry and its blob.

    ActRefused as `_sealed` does.
    """
    blob, ref = _sealed(now, plain, recipient)
    author = now.state.author_of(signer.key.name)
    return begin(now, signer, claimed_us, kind=KIND, acl=author, payload=ref), blob


def put_in_outbox(party: Party, now: Standing, plain: bytes, recipient: str, now_us: int) -> Entry:
    """Seal a report and keep it, signed, in the party's outbox, from where it is sent.

    ActRefused as `_sealed` does. Without a line that is all that can be done; it waits there.
    """
    blob, ref = _sealed(now, plain, recipient)
    return party.write(now, now_us, (blob,), kind=KIND, acl=party.code, payload=ref)


def read(log: Log, index: int, identity: Path) -> bytes:
    """Open a report to the capital with the capital's identity, and hold it to its commitment."""
    ref = _payload(log.entry(index))
    blob = log.blob(ref.blob)
    if blob is None:
        raise ActRefused(f"entry {index}: its blob {ref.blob} is not held here; fetch it")
    return unwrap(blob, ref, Ring({"capital": load_identities(identity)}).unseal)


def _sealed(now: Standing, plain: bytes, recipient: str) -> tuple[bytes, PayloadRef]:
    """Seal to the capital alone.

    ActRefused for a recipient that is on the record: what is sealed to a reader's key, the desk of
    an exercise, or whoever keeps that reader's copy of the record, may open.
    """
    known = {one for recipients in now.state.readers.values() for one in recipients}
    if recipient in known:
        raise ActRefused(
            f"{recipient} is a reader of the record; the capital needs a key of its own"
        )
    return seal_to(plain, [recipient])


def _payload(one: Entry) -> PayloadRef:
    if one.kind != KIND or one.payload is None:
        raise ActRefused(f"entry {one.index} is {one.kind}, not a report to a capital")
    return one.payload
