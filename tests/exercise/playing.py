"""Reading what an exercise hands in, as a centre would."""

from collections.abc import Iterator
from functools import lru_cache

from truceline.exercise.generating import generate
from truceline.exercise.script import Act, Correct, Object, Publish, Step, TakeFile
from truceline.exercise.truth import Fact, Row
from truceline.reports.report import Receipt, Report, Unreadable
from truceline.reports.sources import SOURCES

STEPS = (TakeFile, Act, Publish, Object, Correct)


@lru_cache(maxsize=2)
def demo() -> tuple[Step | Fact, ...]:
    """The fourteen days of the demo, told once for all tests."""
    return tuple(generate(seed=7).told())


def steps() -> list[Step]:
    """The script of the demo."""
    return [one for one in demo() if isinstance(one, STEPS)]


def rows() -> dict[tuple[str, int], Row]:
    """What is true of each row of the demo."""
    return {(one.file, one.row): one for one in demo() if isinstance(one, Row)}


def file_rows(step: TakeFile) -> Iterator[Report | Unreadable]:
    """The rows of a file, read by its source."""
    receipt = Receipt(
        source=step.source,
        name=step.name,
        owner=step.owner,
        received_us=step.at_us,
        zone=step.zone,
        language=step.language,
    )
    return SOURCES[step.source](step.raw, receipt)


@lru_cache(maxsize=1)
def taken() -> tuple[tuple[TakeFile, Report | Unreadable], ...]:
    """Every row of the demo with the file it stands in."""
    return tuple(
        (step, row) for step in steps() if isinstance(step, TakeFile) for row in file_rows(step)
    )
