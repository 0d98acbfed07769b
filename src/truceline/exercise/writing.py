"""An exercise in a directory: the files as handed in, the script, the truth, the map.

Specified in docs/formats/exercise.md. The script names files and their SHA-256; the truth stands
in a file of its own, so that a directory can be passed on without it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from truceline.coordination import acts
from truceline.exercise.generating import Exercise
from truceline.exercise.script import Act, Correct, Object, Publish, Step, TakeFile
from truceline.exercise.truth import Fact, spell
from truceline.exercise.world import world_geojson
from truceline.values.canonical import sha256_hex
from truceline.values.errors import BadValue, TrucelineError

SCRIPT, TRUTH, MAP, FILES = "script.jsonl", "truth.jsonl", "map.geojson", "files"
FORMAT = "truceline-exercise/1"


class BadScript(TrucelineError):
    """A script cannot be read; the message names the line or the file and what is wrong with it."""


class _Line(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="step"
):
    at_us: int
    by: str


class _Head(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="step",
    tag="exercise",
):
    format: str
    seed: int
    days: int
    size: int
    start: str


class _Take(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="take"):
    source: str
    name: str
    sha256: str
    owner: str
    audience: str
    zone: str
    language: str
    on_behalf_of: str | None = None


class _Act(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="act"):
    kind: str
    payload: msgspec.Raw


class _Publish(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="publish"):
    form: str
    date: str
    languages: tuple[str, ...]


class _Object(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="object"):
    form: str
    date: str
    wording: str
    language: str


class _Correct(_Line, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="correct"):
    form: str
    date: str
    languages: tuple[str, ...]
    because: str


_decoder: msgspec.json.Decoder[_Head | _Take | _Act | _Publish | _Object | _Correct] = (
    msgspec.json.Decoder(_Head | _Take | _Act | _Publish | _Object | _Correct)
)
_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: steps of the script, files among them, lines of truth."""

    steps: int
    files: int
    facts: int


def write(
    exercise: Exercise, folder: Path, progress: Callable[[int], None] | None = None
) -> Written:
    """Write an exercise into a new or empty directory, in one pass.

    progress: called with the number of lines of truth so far, now and then.
    Raises BadValue where the directory holds anything: two exercises must not mix.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadValue(f"{folder} is not empty; name a new directory for the exercise")
    (folder / FILES).mkdir()
    (folder / MAP).write_bytes(msgspec.json.format(_encode(world_geojson()), indent=1) + b"\n")
    head = _Head(
        format=FORMAT,
        seed=exercise.seed,
        days=exercise.days,
        size=exercise.size,
        start=exercise.start,
    )
    with (folder / SCRIPT).open("wb") as script, (folder / TRUTH).open("wb") as truth:
        script.write(_encode(head) + b"\n")
        return _write_all(exercise.told(), folder, (script, truth), progress or (lambda _: None))


def read_script(folder: Path) -> Iterator[Step]:
    """Read the script of a directory back, one step at a time.

    Raises BadScript where a line cannot be read, or a file is missing or not the one named.
    """
    with (folder / SCRIPT).open("rb") as script:
        for number, line in enumerate(script, start=1):
            try:
                one = _decoder.decode(line)
                if not isinstance(one, _Head):
                    yield _step(one, folder)
            except (msgspec.DecodeError, BadValue, OSError) as problem:
                raise BadScript(f"{folder / SCRIPT}: line {number}: {problem}") from problem


def _write_all(
    told: Iterator[Step | Fact],
    folder: Path,
    into: tuple[IO[bytes], IO[bytes]],
    progress: Callable[[int], None],
) -> Written:
    script, truth = into
    steps = files = facts = 0
    for one in told:
        if not isinstance(one, TakeFile | Act | Publish | Object | Correct):
            truth.write(spell(one) + b"\n")
            facts += 1
            if facts % 1_000 == 0:
                progress(facts)
            continue
        if isinstance(one, TakeFile):
            (folder / FILES / one.name).write_bytes(one.raw)
            files += 1
        script.write(_encode(_line(one)) + b"\n")
        steps += 1
    return Written(steps=steps, files=files, facts=facts)


def _line(step: Step) -> _Line:
    if isinstance(step, TakeFile):
        return _Take(
            at_us=step.at_us,
            by=step.by,
            source=step.source,
            name=step.name,
            sha256=sha256_hex(step.raw),
            owner=step.owner,
            audience=step.audience,
            zone=step.zone,
            language=step.language,
            on_behalf_of=step.on_behalf_of,
        )
    if isinstance(step, Act):
        payload = msgspec.Raw(acts.spell(step.payload))
        return _Act(at_us=step.at_us, by=step.by, kind=step.kind, payload=payload)
    if isinstance(step, Publish):
        return msgspec.convert(step, _Publish, from_attributes=True)
    if isinstance(step, Object):
        return msgspec.convert(step, _Object, from_attributes=True)
    return msgspec.convert(step, _Correct, from_attributes=True)


def _step(line: _Take | _Act | _Publish | _Object | _Correct, folder: Path) -> Step:
    if isinstance(line, _Take):
        return _taken(line, folder)
    if isinstance(line, _Act):
        payload = acts.read(line.kind, bytes(line.payload))
        return Act(at_us=line.at_us, by=line.by, kind=line.kind, payload=payload)
    fields = {name: getattr(line, name) for name in line.__struct_fields__}
    if isinstance(line, _Publish):
        return Publish(**fields)
    return Object(**fields) if isinstance(line, _Object) else Correct(**fields)


def _taken(line: _Take, folder: Path) -> TakeFile:
    if "/" in line.name or line.name in {"", ".", ".."}:
        raise BadValue(f"{line.name!r} is no file name")
    raw = (folder / FILES / line.name).read_bytes()
    if sha256_hex(raw) != line.sha256:
        raise BadValue(f"{line.name} is not the file the script names; write the exercise again")
    return TakeFile(
        at_us=line.at_us,
        by=line.by,
        source=line.source,
        name=line.name,
        raw=raw,
        owner=line.owner,
        audience=line.audience,
        zone=line.zone,
        language=line.language,
        on_behalf_of=line.on_behalf_of,
    )
