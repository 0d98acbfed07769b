"""Vectors any other implementation can use, made without our code by vectors/make.py."""

import json
from pathlib import Path
from typing import Any

from truceline.ledger import entry, keys, merkle, seal
from truceline.ledger.checkpoint import Head
from truceline.values.mode import Mode

HERE = Path(__file__).parent / "vectors"


def vector(name: str) -> Any:
    """One file of vectors."""
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def read(level: int, index: int) -> bytes:
    """A complete subtree of the vectors' entries."""
    width = 1 << level
    leaves = [merkle.leaf_hash(b"entry %d" % i) for i in range(index * width, (index + 1) * width)]
    return merkle.perfect_root(leaves)


def test_roots_and_proofs_are_those_of_the_vectors() -> None:
    """RFC 6962, written down a second time, gives the same hashes."""
    tree = vector("tree")
    roots = {size: bytes.fromhex(root) for size, root in tree["roots"]}
    for size, root in roots.items():
        assert merkle.range_root(0, size, read) == root
    for index, size, proof in tree["inclusion"]:
        assert [step.hex() for step in merkle.prove_inclusion(index, size, read)] == proof
    for old, new, proof in tree["consistency"]:
        assert [step.hex() for step in merkle.prove_consistency(old, new, read)] == proof


def test_an_entry_is_that_of_the_vectors_to_the_byte() -> None:
    """Seed, salt and plaintext in; key, note and leaf out."""
    wanted = vector("entry")
    signer = keys.from_seed("azores.example/record/VEL", bytes.fromhex(wanted["seed"]))
    assert signer.key.vkey == wanted["vkey"]
    _, ref = seal.wrap(wanted["plain"].encode(), bytes.fromhex(wanted["salt"]))
    made = entry.make(
        "azores.example/record",
        signer,
        kind="report/taken",
        author="VEL",
        seq=1,
        prev="",
        seen=Head("azores.example/record", 5, merkle.range_root(0, 5, read)),
        claimed_us=1_774_066_200_000_000,
        mode=Mode.EXERCISE,
        payload=ref,
    )
    assert made.decode() == wanted["note"]
    assert merkle.leaf_hash(made).hex() == wanted["leaf"]
