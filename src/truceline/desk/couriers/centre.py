"""Hand entries to a centre over HTTP, and to another party where the centre does not take them."""

from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from truceline.desk.couriers.logs import Unreachable

WAIT_S = 60
PROOF = "text/x.tlog.proof"
REFUSAL = "text/x.truceline.refusal"
RELAY = "text/x.truceline.relay"
MOST_BYTES = 256 * 1024  # of an answer: proofs and notes are a few KiB
MOST_BLOB = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was answered: a proof, a refusal or a relay note, still to be checked; or come later.

    later_s: after how long to come again, where nothing was decided.
    """

    media: str
    body: bytes
    later_s: int = 0


class PushedBack(Unreachable):
    """Somebody is there and can take nothing now: the same bytes again, a little later."""

    def __init__(self, message: str, later_s: int) -> None:
        super().__init__(message)
        self.later_s = later_s


class _Stay(HTTPRedirectHandler):
    """An entry is handed to whom it was meant for, and to nobody else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing."""


def add(url: str, body: bytes) -> Told:
    """Hand an entry and its blobs, framed, to a centre; PushedBack or Unreachable if it cannot."""
    return _post(f"{url.rstrip('/')}/log/add-entry", body, {PROOF, REFUSAL})


def relay(url: str, body: bytes) -> Told:
    """Hand them to another party's node, which signs that it was shown them."""
    return _post(f"{url.rstrip('/')}/log/relay", body, {RELAY, PROOF})


def blob(url: str, digest: str, permit: str) -> bytes | None:
    """Fetch a blob with a permit; None where it is not given."""
    request = Request(f"{url.rstrip('/')}/blobs/{digest}", headers={"Authorization": permit})  # noqa: S310 - the scheme is checked in _opened
    status, _, _, raw = _opened(request, MOST_BLOB)
    return raw if status == 200 else None


def _post(url: str, body: bytes, wanted: set[str]) -> Told:
    request = Request(url, data=body, headers={"Content-Type": "application/octet-stream"})  # noqa: S310 - the scheme is checked in _opened
    status, media, later, raw = _opened(request, MOST_BYTES)
    if media in wanted:
        return Told(media=media, body=raw)
    said = raw[:200].decode(errors="replace").strip()
    if status in {503, 507, 408}:
        raise PushedBack(f"{url}: {said}", int(later) if later.isdecimal() else 30)
    raise Unreachable(f"{url}: answered {status}: {said!r}; is this a centre?")


def _opened(request: Request, most: int) -> tuple[int, str, str, bytes]:
    url = request.full_url
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable(f"{url}: a centre is reached by http or https")
    try:
        try:
            answer = build_opener(_Stay).open(request, timeout=WAIT_S)
        except HTTPError as problem:
            answer = problem
        with answer:
            raw: bytes = answer.read(most + 1)
            headers = answer.headers
            status = int(answer.status or 0)
    except (OSError, HTTPException, ValueError) as problem:  # URLError is an OSError
        raise Unreachable(f"{url}: {problem}; what is queued here is sent later") from problem
    if len(raw) > most:
        raise Unreachable(f"{url}: an answer longer than any centre gives")
    return status, headers.get("Content-Type", ""), headers.get("Retry-After", ""), raw
