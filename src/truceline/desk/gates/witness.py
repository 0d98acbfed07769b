"""A witness over HTTP, as c2sp.org/tlog-witness says, and nothing more."""

import asyncio
from pathlib import Path

from truceline.desk.gates.asgi import Answer, App, Request, Route, gate, plainly, threaded
from truceline.desk.witnessing import Post
from truceline.ledger import witness
from truceline.ledger.mirror import Mirror

SLOW_S = 20  # within which a request must have arrived
AT_ONCE = 64  # connections


def witness_gate(post: Post, mirror: Mirror | None = None) -> App:
    """The application of one witness; with a mirror it keeps every entry it cosigns."""
    return gate(routes(post, mirror))


def routes(post: Post, mirror: Mirror | None = None) -> list[Route]:
    """The two questions a witness answers."""

    async def add_checkpoint(request: Request) -> Answer:
        try:
            body = await asyncio.wait_for(request.body.whole(), SLOW_S)
        except TimeoutError:
            return plainly(408, "the request took too long to arrive")
        return _said(await asyncio.to_thread(post.add_checkpoint, body, mirror))

    def latest(request: Request) -> Answer:
        return _said(post.latest(request.parts["hash"]), ("cache-control", "no-cache"))

    return [
        Route("POST", "/add-checkpoint", add_checkpoint, most=witness.MOST_BYTES),
        Route("GET", "/(?P<hash>[0-9a-f]{64})/checkpoint", threaded(latest)),
    ]


def serve(folder: Path, host: str, port: int, *, mirroring: bool = False) -> None:
    """Serve a witness until interrupted. No address of a caller is written anywhere."""
    import uvicorn  # noqa: PLC0415 - the server is optional; the verifier never needs one

    post = Post.open(folder)
    with post.on_duty():
        uvicorn.run(
            witness_gate(post, post.mirror() if mirroring else None),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            limit_concurrency=AT_ONCE,
        )


def _said(answer: witness.Answer, *headers: tuple[str, str]) -> Answer:
    later = (("retry-after", "5"),) if answer.status == 503 else ()
    return Answer(
        status=answer.status, body=answer.body, media=answer.media, headers=(*headers, *later)
    )
