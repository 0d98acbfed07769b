"""The route by which a party's node is shown what the centre does not take."""

import asyncio

from truceline.desk.couriers.centre import RELAY
from truceline.desk.gates.asgi import Answer, Request, Route, plainly
from truceline.desk.gates.submitting import MAX_BLOBS, PROOF, framed
from truceline.desk.relaying import Relays
from truceline.ledger.errors import Busy, LedgerError, Malformed, Refused
from truceline.ledger.tiles import MAX_ENTRY

MOST_BYTES = 16 << 20  # a node keeps what it is shown until the centre has it
__all__ = ["MOST_BYTES", "PROOF", "RELAY", "relaying"]


def relaying(relays: Relays) -> list[Route]:
    """The route of one party's node."""

    async def shown(request: Request) -> Answer:
        try:
            raw = await framed(request.body, MAX_ENTRY, "an entry")
            blobs: list[bytes] = []
            while (blob := await framed(request.body, MOST_BYTES, "a blob")) is not None:
                blobs.append(blob)
            if raw is None or len(blobs) > MAX_BLOBS:
                raise Malformed(f"want an entry, and then at most {MAX_BLOBS} blobs")
            media, body = await asyncio.to_thread(relays.show, raw, tuple(blobs))
        except Refused as problem:
            return plainly(403, str(problem))
        except Busy as problem:
            return plainly(503, str(problem), ("retry-after", str(problem.retry_after_s)))
        except LedgerError as problem:
            return plainly(400 if isinstance(problem, Malformed) else 500, str(problem))
        return Answer(body=body, media=media, headers=(("cache-control", "no-store"),))

    return [Route("POST", "/log/relay", shown, most=MOST_BYTES)]
