"""Write the vectors beside this file, from the definitions and without Truceline's own code.

    .venv/bin/python tests/ledger/vectors/make.py

Trees follow RFC 6962 §2.1 as written, proofs §2.1.1 and §2.1.2; the entry is put together by hand
with the standard library, PyNaCl and nothing else.
"""

import base64
import hmac
import json
from hashlib import sha256
from pathlib import Path

from nacl.signing import SigningKey

HERE = Path(__file__).parent
ORIGIN = "azores.example/record"
SIZES = (0, 1, 2, 3, 4, 5, 7, 8, 9, 255, 256, 257, 600)
PAIRS = ((1, 1), (1, 8), (3, 7), (4, 7), (6, 8), (255, 256), (256, 257), (257, 600), (0, 5))
PLACES = ((0, 1), (0, 8), (5, 8), (6, 7), (256, 257), (255, 600), (599, 600))


def entry_bytes(index: int) -> bytes:
    """The invented entry at an index."""
    return b"entry %d" % index


def root(start: int, stop: int) -> bytes:
    """MTH(D[start:stop])."""
    if start == stop:
        return sha256(b"").digest()
    if stop - start == 1:
        return sha256(b"\0" + entry_bytes(start)).digest()
    middle = start + split(stop - start)
    return sha256(b"\1" + root(start, middle) + root(middle, stop)).digest()


def split(size: int) -> int:
    """The largest power of two below a size."""
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def inclusion(index: int, start: int, stop: int) -> list[bytes]:
    """PATH(m, D[n])."""
    if stop - start == 1:
        return []
    middle = start + split(stop - start)
    if index < middle:
        return [*inclusion(index, start, middle), root(middle, stop)]
    return [*inclusion(index, middle, stop), root(start, middle)]


def consistency(old: int, start: int, stop: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    if old == stop:
        return [] if whole else [root(start, stop)]
    middle = start + split(stop - start)
    if old <= middle:
        return [*consistency(old, start, middle, whole=whole), root(middle, stop)]
    return [*consistency(old, middle, stop, whole=False), root(start, middle)]


def tree() -> dict[str, object]:
    """Roots and proofs."""
    return {
        "roots": [[n, root(0, n).hex()] for n in SIZES],
        "inclusion": [[i, n, [h.hex() for h in inclusion(i, 0, n)]] for i, n in PLACES],
        "consistency": [
            [m, n, [h.hex() for h in consistency(m, 0, n, whole=True)] if m else []]
            for m, n in PAIRS
        ],
    }


def entry() -> dict[str, object]:
    """An entry with a payload, from a seed anyone can use again."""
    seed = b"vector: VEL, seed of 32 bytes...".ljust(32, b".")
    name = f"{ORIGIN}/VEL"
    key = SigningKey(seed)
    public = bytes(key.verify_key)
    key_id = sha256(name.encode() + b"\n\1" + public).digest()[:4]
    salt, plain = bytes(range(32)), "02:10 миномётный огонь у скалы Терн".encode()
    body = {
        "author": "VEL",
        "claimed": 1_774_066_200_000_000,
        "kind": "report/taken",
        "mode": "exercise",
        "payload": {
            "blob": sha256(salt + plain).hexdigest(),
            "com": hmac.new(salt, plain, "sha256").hexdigest(),
            "enc": "none",
            "size": 32 + len(plain),
        },
        "prev": "",
        "refs": [],
        "seen": {"root": base64.b64encode(root(0, 5)).decode(), "size": 5},
        "seq": 1,
    }
    line = json.dumps(body, sort_keys=True, separators=(",", ":"))
    text = f"truceline-entry/v1 {ORIGIN}\n{line}\n"
    signature = base64.b64encode(key_id + key.sign(text.encode()).signature).decode()
    note = f"{text}\n— {name} {signature}\n"
    return {
        "seed": seed.hex(),
        "vkey": f"{name}+{key_id.hex()}+{base64.b64encode(bytes([1]) + public).decode()}",
        "salt": salt.hex(),
        "plain": plain.decode(),
        "note": note,
        "leaf": sha256(b"\0" + note.encode()).hexdigest(),
    }


if __name__ == "__main__":
    for what, value in (("tree", tree()), ("entry", entry())):
        spelt = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        (HERE / f"{what}.json").write_text(spelt, encoding="utf-8")
