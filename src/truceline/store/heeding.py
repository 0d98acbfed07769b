"""Which entries the tables heed: what an author may do here with its own key.

Admission knows no domain: any registered author may enter an act of any kind, and it stays on the
record for ever. What it moves is decided here, from what the log alone says of it, so that every
reader decides alike whether or not they can open it. Anything not allowed is refused by default,
kept, and shown with the reason.
"""

from truceline.coordination.acts import PAYLOADS
from truceline.coordination.charter import Charter
from truceline.coordination.event import DESK
from truceline.ledger.entry import Entry
from truceline.ledger.relay import NOTED
from truceline.ledger.warrants import KINDS as WARRANTED
from truceline.talks.acts import PAYLOADS as TALKS
from truceline.values.audience import PUBLIC

_STAFF = "incident/"  # which claims stand together is for the centre's staff to say
OBJECTED = "bulletin/objected"
# For everyone with a seat. What an act of coordination or of the talks changes, its own rules say.
SEATED = frozenset(
    {"report/taken", "report/to-capital", OBJECTED, NOTED, "payload/erasure-done", *TALKS}
) | {kind for kind in PAYLOADS if not kind.startswith(_STAFF)}


def unheeded(entry: Entry, charter: Charter | None) -> str:
    """Why an entry moves nothing in the tables; empty if it is heeded.

    The desk's own entries are judged by the rules of each act: it speaks for the centre, and says
    for whom where it relays. An entry that changes keys or readers was judged at admission.
    """
    if entry.author == DESK or charter is None or entry.kind in WARRANTED:
        return ""
    seats = {body.code for body in (*charter.parties, *charter.bodies)}
    if entry.author not in seats:
        return f"{entry.author} has no seat at this centre: its acts are kept and move nothing"
    if entry.kind.startswith(_STAFF) and entry.kind in PAYLOADS:
        return "" if entry.author in charter.staff else f"{entry.kind} is for the centre's staff"
    if entry.kind not in SEATED:
        return f"{entry.kind} is for the centre alone: by {entry.author} it moves nothing"
    if PUBLIC in entry.audience.split("+") and entry.kind != OBJECTED:
        return "only the centre releases to the public: who may read it must be said otherwise"
    return ""


def borrowed(entry: Entry, first_owner: str) -> str:
    """Why an entry may not bring the payload another entry brought before; empty if it may.

    Payload hashes are public. Naming another's under one's own rules would have the centre, which
    can open it, show it to whom its owner did not.
    """
    owner = entry.on_behalf_of or entry.author
    if entry.author == DESK or first_owner in {"", owner}:
        return ""
    return f"its payload is one that {first_owner} brought: nobody draws another's under new rules"
