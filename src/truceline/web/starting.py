"""What stands before the first page: the centre's folder, the secret key, accounts, catalogues."""

import os
import secrets
from pathlib import Path

from truceline.values.errors import TrucelineError

CENTRE_VARIABLE = "TRUCELINE_CENTRE"
HOSTS_VARIABLE = "TRUCELINE_HOSTS"
PEOPLE = Path("people") / "people.sqlite3"
KEY = Path("keys") / "web-secret"
_KEY_BYTES = 48


class UnsafeStart(TrucelineError):
    """The desk refuses to start; the message says what is wrong and what to do."""


def start(centre: Path) -> None:
    """Point Django at a centre's folder, and bring its accounts and our catalogues up to date.

    May be called again for the same folder. Raises UnsafeStart where this process already speaks
    for another centre, or where the folder holds none.
    """
    centre = centre.resolve()
    if not (centre / "centre.toml").exists():
        raise UnsafeStart(f"{centre} holds no centre.toml: it is not a centre")
    speaking_for = os.environ.setdefault(CENTRE_VARIABLE, str(centre))
    if Path(speaking_for) != centre:
        raise UnsafeStart(
            f"this process serves {speaking_for}; start another for {centre}: centres never mix"
        )
    _private(centre / PEOPLE.parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "truceline.web.settings")
    _bring_up(centre)


def _bring_up(centre: Path) -> None:
    import django  # noqa: PLC0415 - settings are read on import, and need the folder first
    from django.core.management import call_command  # noqa: PLC0415

    from truceline.web import locale_build  # noqa: PLC0415

    locale_build.compile_stale()
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    (centre / PEOPLE).chmod(0o600)


def secret_key(centre: Path | None) -> str:
    """The centre's key for sessions, made once and kept to its owner.

    Without a centre nothing is served, so a key that dies with the process is enough. Raises
    UnsafeStart where others on this machine may read the file.
    """
    if centre is None:
        return secrets.token_urlsafe(_KEY_BYTES)
    path = centre / KEY
    _private(path.parent)
    try:
        door = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    with os.fdopen(door, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return _read_key(path)


def _read_key(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        raise UnsafeStart(f"{path} may be read by others; run: chmod 600 {path}")
    key = path.read_text(encoding="ascii").strip()
    if len(key) < _KEY_BYTES:
        raise UnsafeStart(f"{path} holds no key; delete it and start again: everyone signs in anew")
    return key


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
