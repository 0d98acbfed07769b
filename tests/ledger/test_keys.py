"""Private key files: readable by their owner, by nobody else, and never overwritten."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.founding import LOG_KEYS, VEL
from truceline.ledger import keys
from truceline.ledger.errors import BadKeyFile
from truceline.ledger.note import ED25519_COSIGNATURE

TEXT = b"azores.example/record\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"


WITNESS = keys.from_seed(
    "witness.example/VEL", b"witness of Velmark, seed 32 byte", ED25519_COSIGNATURE
)


@pytest.mark.parametrize("signer", [VEL, *LOG_KEYS, WITNESS])
def test_a_key_comes_back_from_its_file(signer: keys.Signer, tmp_path: Path) -> None:
    """The file holds all of the key, and only its owner may read it."""
    keys.save(signer, tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    back = keys.load(tmp_path / "key")
    assert back.key == signer.key
    assert back.sign(TEXT).key_id == signer.key.key_id


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o777])
def test_a_key_that_others_may_read_is_refused(mode: int, tmp_path: Path) -> None:
    """A key someone else could have copied is not used until a person has looked into it."""
    keys.save(VEL, tmp_path / "VEL")
    (tmp_path / "VEL").chmod(mode)
    with pytest.raises(BadKeyFile, match=f"mode {mode:04o}.*chmod 600"):
        keys.load(tmp_path / "VEL")


def test_a_key_file_is_not_overwritten_and_not_followed(tmp_path: Path) -> None:
    """Losing a key by a slip, or reading one through a link, is worse than an error."""
    keys.save(VEL, tmp_path / "VEL")
    with pytest.raises(BadKeyFile, match="never overwritten"):
        keys.save(VEL, tmp_path / "VEL")
    (tmp_path / "link").symlink_to(tmp_path / "VEL")
    with pytest.raises(BadKeyFile, match="cannot be opened"):
        keys.load(tmp_path / "link")


@given(st.binary(max_size=120))
def test_a_damaged_key_file_is_named(raw: bytes) -> None:
    """The message names the file and says to restore it; nothing else comes out."""
    good = b"PRIVATE+KEY+azores.example/record/VEL+"
    for content in (raw, good + raw):
        path = Path(_scratch(content))
        with pytest.raises(BadKeyFile, match=str(path)):
            keys.load(path)
        path.unlink()


def _scratch(content: bytes) -> str:
    import tempfile  # noqa: PLC0415 - a file per example, which tmp_path cannot give

    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(content)
    return file.name


def test_what_is_printed_of_a_key_is_not_the_key() -> None:
    """A key must not end up in a log file by being shown."""
    assert VEL.seed.hex() not in repr(VEL)
    assert repr(VEL.seed) not in repr(VEL)
