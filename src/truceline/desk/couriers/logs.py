"""Fetch a log's files from where somebody serves them."""

from urllib.error import HTTPError, URLError
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
    if urlsplit(url).scheme not in ("http", "https"):
        raise Unreachable(f"{url}: a log is fetched by http or https")

    def get(path: str) -> bytes | None:
        request = Request(f"{url.rstrip('/')}/{path}")  # noqa: S310 - the scheme is checked above
        try:
            with urlopen(request, timeout=WAIT_S) as answer:  # noqa: S310 - the scheme is checked above
                raw: bytes = answer.read(MOST_BYTES)
                return raw
        except HTTPError as problem:
            if problem.code in (404, 410):
                return None
            raise Unreachable(
                f"{url}/{path}: {problem}; try again, or ask who serves it"
            ) from problem
        except (URLError, TimeoutError, OSError) as problem:
            raise Unreachable(f"{url}: {problem}; is anything served there?") from problem

    return get
