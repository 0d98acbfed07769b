"""A log over HTTP, in the layout of c2sp.org/tlog-tiles (docs/formats/submission.md).

`reading` is the public side: every byte it gives is public, and whoever takes it checks it against
the signed head. It serves a centre's folder and a replica's alike. Mount it alone with
`asgi.gate(reading(folder))`, or beside other routes.
"""

from pathlib import Path

from truceline.desk.gates.asgi import BYTES, Answer, Request, Route, plainly, threaded
from truceline.ledger.store import CHECKPOINT, TRUST, Store, head_path, open_store

# One spelling of a tile's path (tiles.path): groups of three digits, no way out of the folder.
TILE = r"/log/(?P<tile>tile/(?:entries|[0-9]{1,2})/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?)"
SIZE = r"/log/heads/(?P<size>0|[1-9][0-9]{0,17})"
_EVERYONE = ("access-control-allow-origin", "*")  # public bytes: any page may check them
_FOR_EVER = (("cache-control", "public, max-age=31536000, immutable"), _EVERYONE)
_AFRESH = (("cache-control", "no-cache"), _EVERYONE)


def reading(folder: Path) -> list[Route]:
    """The public side of the log in a centre's or a replica's folder."""
    files = _Files(open_store(folder))
    return [
        Route("GET", "/log/checkpoint", threaded(files.checkpoint)),
        Route("GET", TILE, threaded(files.tile)),
        Route("GET", SIZE, threaded(files.head)),
        Route("GET", "/log/trust", threaded(files.trust)),
    ]


class _Files:
    """Files of the public log, read anew for each request."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def checkpoint(self, _request: Request) -> Answer:
        return _shown(self._store.disk.read(CHECKPOINT))

    def tile(self, request: Request) -> Answer:
        raw = self._store.get(request.parts["tile"])
        if raw is None:
            return plainly(404, "no such tile, or its full one has taken its place", *_AFRESH)
        return Answer(body=raw, media=BYTES, headers=_FOR_EVER)

    def head(self, request: Request) -> Answer:
        return _shown(self._store.disk.read(head_path(int(request.parts["size"]))))

    def trust(self, _request: Request) -> Answer:
        return _shown(self._store.disk.read(TRUST))


def _shown(raw: bytes | None) -> Answer:
    if raw is None:
        return plainly(404, "not here", *_AFRESH)
    return Answer(body=raw, headers=_AFRESH)
