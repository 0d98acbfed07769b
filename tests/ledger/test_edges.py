"""Signatures that libraries judge differently: ours admits the strict few, and everyone admits those.

The vectors are made by vectors/edges.py, which writes the curve down a second time.
"""

import base64
import json
import os
import runpy
import shutil
import subprocess
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.ledger.founding import ALD, DESK, ORIGIN, found, vkeys
from truceline.ledger import entry, note
from truceline.ledger.errors import Malformed, Refused
from truceline.ledger.note import ED25519, ED25519_COSIGNATURE, Key
from truceline.values.mode import Mode

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "vectors" / "edges.json").read_text())
LINES = "".join(f"{row['key']} {row['signature']} {row['message']}\n" for row in VECTORS)


def admits(row: dict[str, Any]) -> bool:
    """Whether our admission takes the key in and then holds the signature for good."""
    try:
        key = Key("edge", ED25519, bytes.fromhex(row["key"]))
    except Malformed:
        return False
    return note.signed_by(key, bytes.fromhex(row["message"]), bytes.fromhex(row["signature"]))


def test_the_vectors_are_those_the_script_makes() -> None:
    """Anybody can make them again, byte for byte."""
    made = runpy.run_path(str(HERE / "vectors" / "edges.py"))
    assert made["text"]() == (HERE / "vectors" / "edges.json").read_text(encoding="utf-8")


def test_the_vectors_cover_every_class_in_number() -> None:
    """A hundred and more, and none of the published ways to disagree left out."""
    classes = Counter(row["class"] for row in VECTORS)
    assert len(VECTORS) >= 100
    for what in ("A of small order", "R of small order", "not canonical", "mixed-order A", " L"):
        assert sum(count for name, count in classes.items() if what in name) >= 5, what
    assert any(row["cofactored"] and not row["cofactorless"] for row in VECTORS)


def test_admission_takes_the_strict_vectors_and_no_others() -> None:
    """Not one edge case in, not one honest signature out."""
    assert [row["class"] for row in VECTORS if admits(row) != row["strict"]] == []


def test_openssl_takes_every_vector_we_take() -> None:
    """A second library never refuses what we admit, so replicas cannot part over it."""

    def holds(row: dict[str, Any]) -> bool:
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(row["key"]))
            key.verify(bytes.fromhex(row["signature"]), bytes.fromhex(row["message"]))
        except (InvalidSignature, ValueError):
            return False
        return True

    theirs = {at for at, row in enumerate(VECTORS) if holds(row)}
    ours = {at for at, row in enumerate(VECTORS) if admits(row)}
    assert ours < theirs


@pytest.mark.real
def test_go_and_node_take_every_vector_we_take(tmp_path: Path) -> None:
    """Third and fourth opinions: each takes all of ours and some that we refuse."""
    for program in ("go", "node"):
        if shutil.which(program) is None:
            pytest.fail(f"{program} is not installed")
    environment = {
        **os.environ,
        "GOFLAGS": "-mod=mod",
        "GOPROXY": "off",
        "GOTOOLCHAIN": "local",
        "GOCACHE": str(tmp_path / "cache"),
        "GOPATH": str(tmp_path / "path"),
    }
    ours = {at for at, row in enumerate(VECTORS) if admits(row)}
    for words in (["go", "run", "edges.go"], ["node", "edges.mjs"]):
        said = subprocess.run(
            words, cwd=HERE / "edges", input=LINES, env=environment,
            capture_output=True, text=True, check=True,
        ).stdout.split()  # fmt: skip
        theirs = {at for at, word in enumerate(said) if word == "true"}
        assert len(said) == len(VECTORS)
        assert ours < theirs, words


@pytest.mark.parametrize("algorithm", [ED25519, ED25519_COSIGNATURE])
def test_a_key_that_is_weak_or_spelt_oddly_is_no_key(algorithm: int) -> None:
    """Small order, mixed order, not canonical, no point at all: refused where it becomes known."""
    odd = {row["key"] for row in VECTORS if _odd_key(row["class"])}
    assert len(odd) >= 25
    for key in odd:
        with pytest.raises(Malformed, match="weak or non-canonical"):
            Key("azores.example/record/VEL", algorithm, bytes.fromhex(key))


def test_a_weak_key_cannot_be_registered_at_a_centre(tmp_path: Path) -> None:
    """The desk may introduce an author, and not by a key that fits every message."""
    made = found(tmp_path / "centre")
    weak = next(row["key"] for row in VECTORS if row["class"] == "A of small order")
    good = ALD.key.vkey
    line = _vkey_of(bytes.fromhex(weak))
    head = made.log.head()
    raw = entry.make(
        ORIGIN, DESK, kind="key/registered", author="desk", seq=2,
        prev=made.log.entry(0).leaf, seen=head, claimed_us=made.now_us, mode=Mode.EXERCISE,
        vkeys=[line],
    )  # fmt: skip
    with made.appender.commit(made.later()) as batch:
        with pytest.raises(Refused, match=r"key:.*weak"):
            batch.admit(raw)
        batch.add(DESK, kind="key/registered", vkeys=[good])
    assert good not in vkeys()
    assert made.log.head().size == 2


def _odd_key(what: str) -> bool:
    return what.startswith(("A of small", "A and R", "mixed-order A", "A is no point"))


def _vkey_of(public: bytes) -> str:
    """The line of a key we would not make, made by hand."""
    name = f"{ORIGIN}/ALD"
    typed = bytes([ED25519]) + public
    key_id = sha256(name.encode() + b"\n" + typed).digest()[:4]
    return f"{name}+{key_id.hex()}+{base64.b64encode(typed).decode()}"
