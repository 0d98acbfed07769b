"""One good receipt, and every way we know to damage it: what the page and Python must agree on."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from nacl.bindings import crypto_sign, crypto_sign_seed_keypair

from tests.ledger.founding import LOG_KEYS, ORIGIN, TOR, VEL, found
from truceline.ledger import note, proof
from truceline.ledger.errors import LedgerError
from truceline.ledger.note import ED25519_COSIGNATURE, Key, Sig, signed_message
from truceline.ledger.policy import Policy

_SEED = b"witness of Aldmoor, invented 32b"
WITNESS = Key("aldmoor.example/witness", ED25519_COSIGNATURE, crypto_sign_seed_keypair(_SEED)[0])
AT_S = 1_774_080_000
LOG = LOG_KEYS[0].key


@dataclass(frozen=True)
class Given:
    """What a person drops on the page."""

    proof: bytes
    entry: bytes
    keys: str = f"{LOG.vkey}\n{WITNESS.vkey}\n"

    def holds(self) -> bool:
        """Our own verdict, by the same keys and no others."""
        words = [line for line in self.keys.split("\n") if line]
        try:
            known = [Key.parse(line) for line in words]
            logs = tuple(key for key in known if key.algorithm != ED25519_COSIGNATURE)
            seen = [key for key in known if key.algorithm == ED25519_COSIGNATURE]
            _, _, head = proof.parse(self.proof)
            # Any cosignature by a key that was given must hold, met quorum or not.
            note.verify(note.parse(head), (*logs, *seen))
            proof.check(self.proof, self.entry, Policy(logs=logs))
        except LedgerError:
            return False
        return True


def good(folder: Path) -> Given:
    """Entry 5 of a log of 300, under a head with the log's two lines and a witness's."""
    made = found(folder / "centre")
    made.fill(4, VEL)
    made.fill(295, TOR)
    raw, receipt = made.log.raw(5), made.log.prove(5)
    index, hashes, head = proof.parse(receipt)
    held = note.parse(head)
    line = cosigned(held.text)
    signed = note.render(held.text, [*held.signatures, line])
    return Given(proof.render(index, hashes, signed), raw)


def cosigned(text: bytes) -> Sig:
    """The witness's line under a head."""
    message = signed_message(WITNESS, text, AT_S)
    made = crypto_sign(message, crypto_sign_seed_keypair(_SEED)[1])[:64]
    return Sig(WITNESS.name, WITNESS.key_id, AT_S.to_bytes(8) + made)


def _swap(old: bytes, new: bytes) -> Callable[[Given], Given]:
    def damaged(given: Given) -> Given:
        assert old in given.proof
        return replace(given, proof=given.proof.replace(old, new, 1))

    return damaged


def _hash(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Given], Given]:
    def damaged(given: Given) -> Given:
        index, hashes, head = proof.parse(given.proof)
        return replace(given, proof=proof.render(index, change(hashes), head))

    return damaged


def _line(change: Callable[[Sig], Sig | None], name: str) -> Callable[[Given], Given]:
    """Change the first signature line of a name."""

    def damaged(given: Given) -> Given:
        index, hashes, head = proof.parse(given.proof)
        held = note.parse(head)
        first = next(line for line in held.signatures if line.name == name)
        lines = [change(line) if line is first else line for line in held.signatures]
        signed = note.render(held.text, [line for line in lines if line])
        return replace(given, proof=proof.render(index, hashes, signed))

    return damaged


def _flipped(line: Sig, at: int) -> Sig:
    blob = bytearray(line.blob)
    blob[at] ^= 1
    return replace(line, blob=bytes(blob))


def _keys(change: Callable[[str], str]) -> Callable[[Given], Given]:
    return lambda given: replace(given, keys=change(given.keys))


def _long_s(line: Sig) -> Sig:
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(line.blob[32:], "little") + order
    return replace(line, blob=line.blob[:32] + s.to_bytes(32, "little"))


def _relog(given: Given) -> Given:
    index, hashes, head = proof.parse(given.proof)
    return replace(given, proof=proof.render(index, hashes, head.replace(b"azores", b"faial_", 1)))


_OTHER = base64.b64encode(bytes(32))
DAMAGE: dict[str, Callable[[Given], Given]] = {
    "nothing": lambda given: given,
    "no witness key given": _keys(lambda keys: keys.split("\n")[0] + "\n"),
    "the witness's line left out": _line(lambda _: None, WITNESS.name),
    "an extra line that says nothing": _swap(b"index", b"extra AAAA\nindex"),
    "a byte of the entry": lambda given: replace(given, entry=given.entry.replace(b"VEL", b"TOR", 1)
                                                 .replace(b'"seq":2', b'"seq":3', 1)
                                                 .replace(b"record", b"recorD", 1)),
    "another entry": lambda given: replace(given, entry=given.entry + b"\n"),
    "an empty entry": lambda given: replace(given, entry=b""),
    "another index": _swap(b"index 5\n", b"index 4\n"),
    "an index beyond the log": _swap(b"index 5\n", b"index 300\n"),
    "an index spelt oddly": _swap(b"index 5\n", b"index 05\n"),
    "an index with a plus": _swap(b"index 5\n", b"index +5\n"),
    "an index in other digits": _swap(b"index 5\n", "index ٥\n".encode()),
    "no index": _swap(b"index 5\n", b""),
    "another first line": _swap(b"tlog-proof@v1", b"tlog-proof@v2"),
    "a hash too few": _hash(lambda hashes: hashes[:-1]),
    "a hash too many": _hash(lambda hashes: [*hashes, bytes(32)]),
    "two hashes exchanged": _hash(lambda hashes: [hashes[1], hashes[0], *hashes[2:]]),
    "a hash changed": _hash(lambda hashes: [bytes(32), *hashes[1:]]),
    "a short hash": _hash(lambda hashes: [hashes[0][:31], *hashes[1:]]),
    "a hash spelt loosely": lambda given: replace(
        given, proof=given.proof.replace(b"=\n", b"\n", 1)),
    "carriage returns": lambda given: replace(given, proof=given.proof.replace(b"\n", b"\r\n")),
    "the size of the head": _swap(b"\n300\n", b"\n301\n"),
    "the size spelt oddly": _swap(b"\n300\n", b"\n0300\n"),
    "the name of the log": _relog,
    "an extension line": lambda given: replace(
        given, proof=given.proof.replace(b"\n300\n", b"\n300\n" + _OTHER + b"\n", 1)),
    "the log's line left out": _line(lambda _: None, ORIGIN),
    "a byte of the log's signature": _line(lambda line: _flipped(line, 3), ORIGIN),
    "a byte of S": _line(lambda line: _flipped(line, 40), ORIGIN),
    "S beyond the order": _line(_long_s, ORIGIN),
    "a key id": _line(lambda line: replace(line, key_id=b"abcd"), ORIGIN),
    "a longer signature": _line(lambda line: replace(line, blob=line.blob + b"\0"), ORIGIN),
    "a byte of the witness's line": _line(lambda line: _flipped(line, 20), WITNESS.name),
    "the time of the witness's line": _line(lambda line: _flipped(line, 7), WITNESS.name),
    "a hyphen for a dash": lambda given: replace(
        given, proof=given.proof.replace("— ".encode(), b"- ", 1)),
    "the last newline": lambda given: replace(given, proof=given.proof[:-1]),
    "cut in half": lambda given: replace(given, proof=given.proof[: len(given.proof) // 2]),
    "nothing at all": lambda given: replace(given, proof=b""),
    "bytes that are no text": lambda given: replace(given, proof=given.proof[:9] + b"\xff" + given.proof[9:]),
    "no key": _keys(lambda _: ""),
    "a key with another id": _keys(lambda keys: keys.replace(LOG.key_id.hex(), "00000000", 1)),
    "another log's key": _keys(lambda _: Key("faial.example/record", 1, LOG.public).vkey),
    "another key of the same name": _keys(lambda _: Key(ORIGIN, 1, VEL.key.public).vkey),
    "a torn key": _keys(lambda keys: keys[:40]),
}  # fmt: skip


def damaged(whole: Given) -> Iterator[tuple[str, Given]]:
    """Every damage, done."""
    for what, change in DAMAGE.items():
        yield what, change(whole)
