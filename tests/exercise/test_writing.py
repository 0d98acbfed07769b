"""An exercise in a directory is the exercise, and a damaged one is refused by name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.exercise.generating import Exercise, generate
from truceline.exercise.truth import read
from truceline.exercise.writing import FILES, SCRIPT, TRUTH, BadScript, read_script, write
from truceline.values.errors import BadValue


def exercise() -> Exercise:
    """Two days, a hundred claims."""
    return generate(seed=5, days=2, size=100)


def test_what_is_written_is_read_back_step_for_step(tmp_path: Path) -> None:
    """Played from a directory or from a seed, it is one exercise."""
    written = write(exercise(), tmp_path / "out")

    assert list(read_script(tmp_path / "out")) == list(exercise().steps)
    lines = (tmp_path / "out" / TRUTH).read_bytes().splitlines()
    assert [read(line) for line in lines] == list(exercise().truth)
    assert written.facts == len(lines)
    assert written.files == len(list((tmp_path / "out" / FILES).iterdir()))


def test_the_script_does_not_hold_the_truth(tmp_path: Path) -> None:
    """Whoever is trained on the script cannot look the answer up in it."""
    write(exercise(), tmp_path / "out")
    script = (tmp_path / "out" / SCRIPT).read_text(encoding="utf-8")
    assert not any(word in script for word in ("faithful", "inflated", '"E-', "relation"))


def test_two_exercises_never_mix_in_one_directory(tmp_path: Path) -> None:
    """A directory that holds anything is left as it is."""
    (tmp_path / "notes.txt").write_text("ours")
    with pytest.raises(BadValue, match="not empty"):
        write(exercise(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_that_was_changed_is_not_played(tmp_path: Path) -> None:
    """The script knows its files by their bytes."""
    write(exercise(), tmp_path / "out")
    changed = min((tmp_path / "out" / FILES).iterdir())
    changed.write_bytes(changed.read_bytes() + b"\n")
    with pytest.raises(BadScript, match=changed.name):
        list(read_script(tmp_path / "out"))


def test_a_script_cannot_reach_outside_its_directory(tmp_path: Path) -> None:
    """A file name with a path in it is refused before anything is opened."""
    write(exercise(), tmp_path / "out")
    script = tmp_path / "out" / SCRIPT
    name = min((tmp_path / "out" / FILES).iterdir()).name
    script.write_text(
        script.read_text(encoding="utf-8").replace(name, f"../files/{name}"), encoding="utf-8"
    )
    with pytest.raises(BadScript, match="no file name"):
        list(read_script(tmp_path / "out"))


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_of_scripts_fall_over(
    tmp_path_factory: pytest.TempPathFactory, line: bytes
) -> None:
    """Whatever a script holds, it is read or refused by line."""
    folder = tmp_path_factory.mktemp("script")
    (folder / SCRIPT).write_bytes(line)
    try:
        list(read_script(folder))
    except BadScript as problem:
        assert "line" in str(problem)  # noqa: PT017 - either outcome is right, the wording is not free
