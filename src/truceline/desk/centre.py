"""A centre's folder: its settings, its keys, and the checks made before anything is opened."""

import tomllib
from pathlib import Path

import msgspec

from truceline.desk.errors import CentreRefused
from truceline.ledger.store import CLOSED, open_store
from truceline.values.mode import Mode

SETTINGS = "centre.toml"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `centre.toml` holds: how this machine runs the centre.

    What the centre *is* (mode, zone, parties, policy) is in its ledger and cannot be changed here;
    name and mode are repeated so that a person who opens the file knows what it belongs to.

    exercise_from_us: in an exercise, the instant at which its clock is taken up again.
    """

    name: str
    mode: Mode
    origin: str
    exercise_from_us: int | None = None


def read_settings(folder: Path) -> Settings:
    """Read `centre.toml`; CentreRefused says what is wrong with it or that it is not there."""
    path = folder / SETTINGS
    if (folder / CLOSED).exists():
        raise CentreRefused(
            f"{folder} was locked or evacuated; its log can still be verified. "
            "Unlock it with `truceline evacuate --unlock`, or go on where a replica is held"
        )
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(plain, Settings)
    except FileNotFoundError as problem:
        raise CentreRefused(
            f"{folder} holds no {SETTINGS}: it is not a centre; found one with `truceline found`"
        ) from problem
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as problem:
        raise CentreRefused(
            f"{path}: {problem}; put the line right or restore the file"
        ) from problem


def refuse_replica(folder: Path) -> None:
    """CentreRefused where a folder is a replica: acts are done at the centre it follows."""
    if open_store(folder).is_replica():
        raise CentreRefused(
            f"{folder} is a replica: it takes no acts. Do this at the centre it follows; if that "
            "is gone, `truceline handover` makes this folder its successor"
        )


def write_settings(folder: Path, settings: Settings) -> None:
    """Write `centre.toml`, as people edit it."""
    lines = ["# How this machine runs the centre. What the centre is, its ledger says.\n"]
    for key, value in msgspec.to_builtins(settings).items():
        if value is not None:
            lines.append(f"{key} = {msgspec.json.encode(value).decode()}\n")
    (folder / SETTINGS).write_text("".join(lines), encoding="utf-8")
