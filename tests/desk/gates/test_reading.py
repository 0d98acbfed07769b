"""The public side of a log over HTTP."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.gates.asking import Answered, ask
from tests.ledger.founding import LOG_KEYS, found
from truceline.desk.gates.asgi import App, gate
from truceline.desk.gates.log import reading
from truceline.ledger.audit import verify


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    """A gate to a log of 300 entries: one full bundle and a partial one."""
    folder = tmp_path_factory.mktemp("gate") / "centre"
    centre = found(folder)
    centre.add(1)
    centre.fill(298)
    return gate(reading(folder))


def test_an_outsider_can_verify_the_whole_log_through_it(app: App) -> None:
    """What is served is the log: every hash of it, under the paths of c2sp.org/tlog-tiles."""

    def get(path: str) -> bytes | None:
        answered = ask(app, "GET", f"/log/{path}")
        return answered.body if answered.status == 200 else None

    verdict = verify(get, [signer.key for signer in LOG_KEYS], authors=True)
    assert (verdict.problems, verdict.size) == ([], 300)


@pytest.mark.parametrize(
    ("path", "media", "cached"),
    [
        ("/log/checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("/log/heads/2", "text/plain; charset=utf-8", "no-cache"),
        ("/log/trust", "text/plain; charset=utf-8", "no-cache"),
        ("/log/tile/0/000", "application/octet-stream", "immutable"),
        ("/log/tile/entries/000", "application/octet-stream", "immutable"),
        ("/log/tile/entries/001.p/44", "application/octet-stream", "immutable"),
    ],
)
def test_what_never_changes_may_be_kept_and_what_does_may_not(
    app: App, path: str, media: str, cached: str
) -> None:
    """A reader behind a cache never mistakes an old head for the newest one."""
    answered = ask(app, "GET", path)
    assert answered.status == 200
    assert answered.headers["content-type"] == media
    assert cached in answered.headers["cache-control"]
    assert int(answered.headers["content-length"]) == len(answered.body)


def test_a_head_request_has_the_length_and_not_the_bytes(app: App) -> None:
    """What a program asks to see whether it must fetch."""
    whole, asked = ask(app, "GET", "/log/checkpoint"), ask(app, "HEAD", "/log/checkpoint")
    assert asked.body == b""
    assert asked.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "/log/../keys/desk", "/log/tile/../../keys/desk", "/log/tile/0/../../../keys/desk",
        "/log/heads/../keys/desk", "/log//etc/passwd", "/log/tile/entries/%2e%2e/keys", "/log/",
        "/log/heads/01", "/log/heads/٣", "/log/tile/0/1", "/log/tile/0/000.p/0", "/log/tile/0/000\n",
        "/blobs/", "/log/heads/", "/log/heads", "/log/tile/0/x00a/000", "/log/heads/999999999999999999",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_public_log(app: App, path: str) -> None:
    """There is no listing, and nothing beyond the log's own files."""
    assert ask(app, "GET", path).status == 404


@given(st.text(max_size=60))
def test_any_path_is_answered(app: App, path: str) -> None:
    """A stranger's request is answered, whatever it asks for."""
    answered = ask(app, "GET", f"/log/{path}")
    assert answered.status in {200, 404}
    assert b"PRIVATE" not in answered.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_written_through_the_reading_side(app: App, method: str) -> None:
    """A replica that only serves reads has no door."""
    answered = ask(app, method, "/log/checkpoint", b"x")
    assert (answered.status, answered.headers["allow"]) == (405, "GET")


def test_the_gate_is_mounted_beside_the_pages() -> None:
    """Log and blobs never reach Django, and pages never reach the gate."""
    from truceline.web.serving import beside  # noqa: PLC0415 - as the server does

    def answering(status: int) -> App:
        async def app(scope: object, receive: object, send: Callable[..., object]) -> None:
            await send({"type": "http.response.start", "status": status, "headers": []})  # type: ignore[misc]
            await send({"type": "http.response.body", "body": b""})  # type: ignore[misc]

        return app

    both = beside(answering(299), answering(298))

    def status(path: str) -> int:
        answered: Answered = ask(both, "GET", path)
        return answered.status

    assert [status(path) for path in ("/log/checkpoint", "/blobs/00", "/", "/logs", "/incidents/")] == [
        299, 299, 298, 298, 298,
    ]  # fmt: skip


def test_a_folder_without_a_log_says_so(tmp_path: Path) -> None:
    """A replica that has not fetched anything yet is no error."""
    assert ask(gate(reading(tmp_path)), "GET", "/log/checkpoint").status == 404
