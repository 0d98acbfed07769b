"""Fetch a log's files from where somebody serves them."""

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from truceline.ledger.tiles import Get
from truceline.values.errors import TrucelineError

WAIT_S = 30
MOST_BYTES = 32 * 1024 * 1024  # a full bundle of the largest entries is half of that


class Unreachable(TrucelineError):
    """A log could not be fetched; the message says from where and why."""


def over_http(url: str) -> Get:
    """A reader of the log served at a URL, in the C2SP tlog-tiles layout.

    Raises Unreachable where the server does not answer. A file it says it does not have is None.
    """
    if not _is_web_address(url):
        raise Unreachable(f"{url}: a log is fetched by http or https, from http://host/path")

    def get(path: str) -> bytes | None:
        request = Request(f"{url.rstrip('/')}/{path}")  # noqa: S310 - the scheme is checked above
        try:
            with urlopen(request, timeout=WAIT_S) as answer:  # noqa: S310 - the scheme is checked above
                raw: bytes = answer.read(MOST_BYTES + 1)
                missing = answer.length
        except HTTPError as problem:
            problem.close()
            if problem.code in (404, 410):
                return None
            raise Unreachable(
                f"{url}/{path}: {problem}; try again, or ask who serves it"
            ) from problem
        except (OSError, HTTPException, ValueError) as problem:  # URLError is an OSError
            raise Unreachable(f"{url}: {problem}; is a log served there?") from problem
        if len(raw) > MOST_BYTES:
            raise Unreachable(f"{url}/{path}: longer than any file of a log; ask who serves it")
        if missing:
            raise Unreachable(f"{url}/{path}: cut short, {missing} bytes are missing; try again")
        return raw

    return get


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
