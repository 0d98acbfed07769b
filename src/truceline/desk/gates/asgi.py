"""The little of ASGI that a gate needs: a bounded request in, an answer out.

A route names its method and the whole path. A handler never sees more of a body than it asks for,
so nothing is kept of what a stranger sends before it is known who that is.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
# Everything here is data: no browser is to run, frame or guess anything about it.
_ALWAYS = (
    ("x-content-type-options", "nosniff"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
)


class Disconnected(Exception):
    """Whoever asked is gone: there is nobody left to answer."""


class TooLarge(Exception):
    """The body is longer than the route takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back. headers: beyond media type and length."""

    status: int = 200
    body: bytes = b""
    media: str = TEXT
    headers: tuple[tuple[str, str], ...] = ()


def plainly(status: int, line: str, *headers: tuple[str, str]) -> Answer:
    """An answer of one line of text."""
    return Answer(status=status, body=f"{line}\n".encode(), headers=headers)


class Body:
    """The bytes of a request, taken as they come and only as far as asked for."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._left = most
        self._held = bytearray()
        self._more = True

    async def exactly(self, count: int) -> bytes | None:
        """The next so many bytes; None if the body ends before the first, short if within."""
        while len(self._held) < count and self._more:
            await self._fill()
        if count and not self._held:
            return None
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    async def ended(self) -> bool:
        """Say whether nothing is left."""
        while not self._held and self._more:
            await self._fill()
        return not self._held

    async def drain(self, most: int) -> None:
        """Let a sender finish, within bounds, so that it reads the answer; nothing is kept."""
        while self._more and most > 0:
            most -= len(self._held)
            self._held.clear()
            await self._fill()

    async def whole(self) -> bytes:
        """Everything that is left."""
        while self._more:
            await self._fill()
        return bytes(self._held)

    async def _fill(self) -> None:
        message = await self._receive()
        if message["type"] != "http.request":
            raise Disconnected
        part = message.get("body", b"")
        self._left -= len(part)
        if self._left < 0:
            raise TooLarge
        self._held += part
        self._more = message.get("more_body", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked. parts: what the route's pattern named in the path."""

    method: str
    path: str
    headers: Mapping[str, str]
    parts: Mapping[str, str]
    body: Body


Handler = Callable[[Request], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers what. pattern: of the whole path. most: bytes of body that are taken."""

    method: str
    pattern: str
    handler: Handler
    most: int = 0
    matcher: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matcher", re.compile(self.pattern))


def threaded(answer: Callable[[Request], Answer]) -> Handler:
    """A handler of a function that reads files or waits: it runs beside the others."""

    async def handler(request: Request) -> Answer:
        return await asyncio.to_thread(answer, request)

    return handler


def threaded_whole(answer: Callable[[Request, bytes], Answer]) -> Handler:
    """The same for a function that wants the whole body, up to the route's most."""

    async def handler(request: Request) -> Answer:
        return await asyncio.to_thread(answer, request, await request.body.whole())

    return handler


def gate(routes: Iterable[Route]) -> App:
    """The ASGI application of some routes."""
    table = tuple(routes)

    async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no lifespan of its own, and no sockets that stay open
        try:
            await _send(send, await _answer(table, scope, receive), scope["method"])
        except Disconnected:
            return

    return app


def holds(routes: Iterable[Route], path: str) -> bool:
    """Say whether any of the routes, whatever its method, is at this path."""
    return any(route.matcher.fullmatch(path) for route in routes)


async def _answer(
    table: tuple[Route, ...], scope: MutableMapping[str, Any], receive: Receive
) -> Answer:
    path, asked = scope["path"], scope["method"]
    method = "GET" if asked == "HEAD" else asked
    there = [(route, found) for route in table if (found := route.matcher.fullmatch(path))]
    for route, found in there:
        if route.method == method:
            request = Request(
                method=method,
                path=path,
                headers=_headers(scope),
                parts=found.groupdict(),
                body=Body(receive, route.most),
            )
            try:
                return await route.handler(request)
            except TooLarge:
                return plainly(413, f"at most {route.most} bytes are taken here")
    if there:
        allowed = ", ".join(sorted({route.method for route, _ in there}))
        return plainly(405, f"want {allowed}", ("allow", allowed))
    return plainly(404, "there is nothing here")


def _headers(scope: MutableMapping[str, Any]) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


async def _send(send: Send, answer: Answer, method: str) -> None:
    named = (
        ("content-type", answer.media),
        ("content-length", str(len(answer.body))),
        *_ALWAYS,
        *answer.headers,
    )
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if method == "HEAD" else answer.body
    await send({"type": "http.response.body", "body": body})
