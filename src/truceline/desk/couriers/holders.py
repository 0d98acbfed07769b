"""Whoever else holds the record: a centre or replica at a URL, or a copy somebody carried here."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from truceline.desk.couriers.logs import WAIT_S, Unreachable, over_http
from truceline.desk.errors import CentreRefused
from truceline.ledger import digest
from truceline.ledger.digest import Shelf
from truceline.ledger.disk import Disk
from truceline.ledger.errors import Malformed
from truceline.ledger.fetching import Source
from truceline.ledger.store import TRUST, blob_path

MOST_BLOB = 64 * 1024 * 1024
_MOST_NOTES = 16 * 1024 * 1024
Permit = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Where a copy of the record can be had.

    source: its log. blob: a blob by its SHA-256, None where it is not there or not for us.
    notes: the digest notes it keeps. post: hands it one of ours; False where it takes none.
    trust: its trust file, which is only ever compared, never believed.
    """

    source: Source
    blob: Callable[[str], bytes | None]
    notes: Callable[[], list[bytes]]
    post: Callable[[bytes], bool]
    trust: Callable[[], bytes | None]

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return self.source.name


def holder(where: str, permit: Permit | None = None) -> Holder:
    """The holder at a URL, or in a folder; CentreRefused where there is neither.

    permit: makes what a gate asks for before it gives blobs that are not public.
    """
    if where.startswith(("http://", "https://")):
        return _at_url(where.rstrip("/").removesuffix("/log"), permit)
    folder = Path(where)
    if not (folder / "log" / "checkpoint").is_file():
        raise CentreRefused(f"{where} holds no record: want a URL, a centre, or a copy of one")
    return _in_folder(folder)


def _at_url(base: str, permit: Permit | None) -> Holder:
    def blob(address: str) -> bytes | None:
        headers = {"Authorization": permit()} if permit else {}
        return _ask(Request(f"{base}/blobs/{address}", headers=headers), MOST_BLOB)  # noqa: S310 - over_http has checked the scheme

    def notes() -> list[bytes]:
        raw = _ask(Request(f"{base}/log/digests"), _MOST_NOTES)  # noqa: S310 - as above
        try:
            return digest.unframe(raw or b"")
        except Malformed as problem:
            raise Unreachable(f"{base}/log/digests: {problem}; try again") from problem

    def post(raw: bytes) -> bool:
        return _ask(Request(f"{base}/log/add-digest", data=raw), _MOST_NOTES) is not None  # noqa: S310 - as above

    get = over_http(f"{base}/log")
    return Holder(
        source=Source(base, get), blob=blob, notes=notes, post=post, trust=lambda: get("trust")
    )


def _ask(request: Request, most: int) -> bytes | None:
    """An answer's bytes; None where it is refused to us or not there; Unreachable otherwise."""
    url = request.full_url
    try:
        with urlopen(request, timeout=WAIT_S) as answer:  # noqa: S310 - over_http has checked the scheme
            raw: bytes = answer.read(most + 1)
            missing = answer.length
    except HTTPError as problem:
        problem.close()
        if 400 <= problem.code < 500:
            return None
        raise Unreachable(f"{url}: {problem}; try again, or ask who serves it") from problem
    except (OSError, HTTPException, ValueError) as problem:
        raise Unreachable(f"{url}: {problem}; is the record served there?") from problem
    if len(raw) > most or missing:
        raise Unreachable(f"{url}: cut short, or longer than {most} bytes; ask who serves it")
    return raw


def _in_folder(folder: Path) -> Holder:
    disk = Disk(folder)

    def get(path: str) -> bytes | None:
        return disk.read(path if path.startswith("heads/") else f"log/{path}")

    return Holder(
        source=Source(str(folder), get),
        blob=lambda address: disk.read(blob_path(address)),
        notes=lambda: Shelf(disk).newest(),
        post=lambda _raw: False,  # what somebody carried here is not written to
        trust=lambda: disk.read(TRUST),
    )
