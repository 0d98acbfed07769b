"""What the desk refuses before it shows a page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.web.starting import UnsafeStart, secret_key, start


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    """Sessions outlive a restart; nobody else on the machine can forge one."""
    first = secret_key(tmp_path)
    path = tmp_path / "keys" / "web-secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path) == first
    assert len(first) >= 48


def test_a_key_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    """The message names the file and the command that puts it right."""
    secret_key(tmp_path)
    (tmp_path / "keys" / "web-secret").chmod(0o644)
    with pytest.raises(UnsafeStart, match="chmod 600"):
        secret_key(tmp_path)


@given(st.binary(max_size=40).filter(lambda raw: raw.isascii()))
def test_a_key_file_that_holds_no_key_stops_the_start(raw: bytes) -> None:
    """An emptied file must not become the key of every session."""
    import tempfile  # noqa: PLC0415 - a property makes a folder for each example

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "keys" / "web-secret"
        path.parent.mkdir()
        path.write_bytes(raw)
        path.chmod(0o600)
        with pytest.raises(UnsafeStart):
            secret_key(Path(folder))


def test_without_a_centre_a_key_dies_with_the_process() -> None:
    """Nothing is served, so nothing is kept."""
    assert secret_key(None) != secret_key(None)


def test_one_process_serves_one_centre(passed: Path, tmp_path: Path) -> None:
    """Live, exercise and replay never mix, not even in memory."""
    start(passed)
    (tmp_path / "centre.toml").write_text("", encoding="utf-8")
    with pytest.raises(UnsafeStart, match="never mix"):
        start(tmp_path)
    with pytest.raises(UnsafeStart, match=r"no centre\.toml"):
        start(tmp_path / "elsewhere")


def test_accounts_are_kept_to_their_owner(passed: Path) -> None:
    """Names, roles and password hashes are nobody else's."""
    assert (passed / "people" / "people.sqlite3").stat().st_mode & 0o077 == 0
    assert (passed / "people").stat().st_mode & 0o077 == 0
