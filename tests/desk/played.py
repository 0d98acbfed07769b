"""One exercise, played once for every test that reads it, whichever worker comes first."""

import fcntl
import os
import shutil
from functools import lru_cache
from pathlib import Path

import pytest

from truceline.desk.exercising import hold_exercise
from truceline.exercise.generating import generate
from truceline.exercise.script import Publish, Step

SEED, DAYS, SIZE = 20260321, 14, 200
# The others are published alike and cost a second each: the first two, the short day, the last.
PUBLISHED = ("2026-03-21", "2026-03-22", "2026-03-29", "2026-04-01", "2026-04-02", "2026-04-03")


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """The script of the small exercise, with the bulletins of some of its days."""
    return tuple(
        step
        for step in generate(SEED, DAYS, SIZE).steps
        if not isinstance(step, Publish) or step.date in PUBLISHED
    )


def played_once(factory: pytest.TempPathFactory) -> Path:
    """The folder of the played centre. Never write to it: take a copy."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    with (base / "played.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not (base / "played.done").exists():
            hold_exercise(base / "played", list(steps())).close()
            (base / "played.done").touch()
    return base / "played"


def copy_of(folder: Path, to: Path) -> Path:
    """A copy of a centre to do as one likes with."""
    return Path(shutil.copytree(folder, to))
