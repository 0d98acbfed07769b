"""Serve one centre: its pages by Django, its log and blobs by the gate beside them."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from truceline.desk.renewing import renew
from truceline.web.starting import start

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from truceline.desk.gates.asgi import App, Receive, Send

_DATA = ("/log/", "/blobs/")


def serve(centre: Path, host: str = "127.0.0.1", port: int = 8730) -> None:
    """Serve a centre until interrupted; UnsafeStart says why it would not.

    One process, no outside service. Under a name of its own it stands behind a proxy that speaks
    TLS, and is told that name in TRUCELINE_HOSTS.
    """
    start(centre)
    renew(centre)
    import uvicorn  # noqa: PLC0415 - the desk is optional; the verifier never needs a server
    from django.core.asgi import get_asgi_application  # noqa: PLC0415 - reads settings on import

    from truceline.desk.couriers.witnesses import Witnesses, logged  # noqa: PLC0415
    from truceline.desk.gates.asgi import gate  # noqa: PLC0415
    from truceline.desk.gates.centre import opened  # noqa: PLC0415
    from truceline.desk.ticking import ticking  # noqa: PLC0415
    from truceline.web.opening import clock_of  # noqa: PLC0415 - reads settings on import

    with (
        opened(centre) as routes,
        Witnesses(centre).going_round(logged()),
        ticking(centre, clock_of(centre)),
    ):
        uvicorn.run(
            beside(gate(routes), cast("App", get_asgi_application())),
            host=host,
            port=port,
            log_level="warning",
            server_header=False,
            lifespan="off",
        )


def beside(data: "App", pages: "App") -> "App":
    """The log and the blobs by one application, everything else by the other.

    The gate knows no session and no page; Django never sees what the gate answers, so neither its
    hosts nor its forms' rules apply to programs of other parties.
    """

    async def app(scope: "MutableMapping[str, Any]", receive: "Receive", send: "Send") -> None:
        ours = scope["type"] == "http" and scope["path"].startswith(_DATA)
        await (data if ours else pages)(scope, receive, send)

    return app
