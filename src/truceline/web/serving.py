"""Serve one centre's desk."""

from pathlib import Path

from truceline.web.starting import start


def serve(centre: Path, host: str = "127.0.0.1", port: int = 8730) -> None:
    """Serve the desk of a centre until interrupted; UnsafeStart says why it would not.

    One process, no outside service. Under a name of its own it stands behind a proxy that speaks
    TLS, and is told that name in TRUCELINE_HOSTS.
    """
    start(centre)
    import uvicorn  # noqa: PLC0415 - the desk is optional; the verifier never needs a server
    from django.core.asgi import get_asgi_application  # noqa: PLC0415

    uvicorn.run(
        get_asgi_application(),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        lifespan="off",
    )
