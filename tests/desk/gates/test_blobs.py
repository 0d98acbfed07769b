"""Blobs over HTTP: sealed ones to registered authors, public ones to everyone, a list to nobody."""

from pathlib import Path

import msgspec
import pytest

from tests.desk.gates.asking import Answered, ask
from tests.ledger.founding import ALD, DESK, ORIGIN, TOR, VEL, Centre, found
from truceline.desk.gates.asgi import App, gate
from truceline.desk.gates.blobs import blobs
from truceline.ledger import permit, seal, sealing
from truceline.ledger.keys import Signer
from truceline.ledger.seal import PayloadRef
from truceline.ledger.store import blob_path, open_store
from truceline.values.instant import MINUTE_US


class Shelf:
    """A centre with a blob of each kind."""

    def __init__(self, folder: Path) -> None:
        self.centre: Centre = found(folder)
        self.store = open_store(folder)
        self.app: App = gate(blobs(folder, lambda: self.centre.now_us))
        reader = sealing.generate_identity().recipient
        self.sealed = self.add(sealing.seal_to(b"where our patrol was", [reader]), "VEL")
        self.plain = self.add(seal.wrap(b"kept before blobs were sealed"), "VEL")
        self.file = self.put(seal.wrap(b"a map everyone has"))
        named = {"map": msgspec.to_builtins(self.file)}
        self.common = self.add(seal.wrap(msgspec.json.encode(named)), None)
        self.public = self.add(seal.wrap(b"a bulletin"), "PUBLIC", DESK)

    def put(self, wrapped: tuple[bytes, PayloadRef]) -> PayloadRef:
        """Keep a blob no entry names."""
        self.store.put_blob(wrapped[0])
        return wrapped[1]

    def add(
        self, wrapped: tuple[bytes, PayloadRef], acl: str | None, signer: Signer = VEL
    ) -> PayloadRef:
        """Keep a blob, and an entry that names it."""
        ref = self.put(wrapped)
        self.name(ref, acl, signer)
        return ref

    def name(self, ref: PayloadRef, acl: str | None, signer: Signer) -> None:
        """Add an entry that names a blob."""
        with self.centre.appender.commit(self.centre.later()) as batch:
            batch.add(signer, kind="register/entered", acl=acl, payload=ref)

    def ask(self, ref: PayloadRef, signer: Signer | None = None, late_us: int = 0) -> Answered:
        """Ask for a blob, with a permit or without."""
        at_us = self.centre.now_us - late_us
        headers = [("Authorization", permit.make(signer, ORIGIN, at_us))] if signer else []
        return ask(self.app, "GET", f"/blobs/{ref.blob}", headers=headers)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """The shelf of one centre."""
    return Shelf(tmp_path / "centre")


@pytest.mark.parametrize(
    ("what", "asks", "status"),
    [
        ("public", None, 200), ("public", TOR, 200), ("common", None, 401), ("common", TOR, 200),
        ("file", None, 401), ("file", TOR, 200), ("sealed", None, 401), ("sealed", TOR, 200),
        ("plain", None, 401), ("plain", TOR, 404), ("plain", VEL, 200), ("sealed", ALD, 401),
    ],
)  # fmt: skip
def test_who_gets_which_blob(shelf: Shelf, what: str, asks: Signer | None, status: int) -> None:
    """Sealed bytes go to any registered author; open ones to those the entry names."""
    ref: PayloadRef = getattr(shelf, what)
    answered = shelf.ask(ref, asks)
    assert answered.status == status
    assert (len(answered.body) == ref.size) is (status == 200)


def test_naming_anothers_blob_opens_nothing(shelf: Shelf) -> None:
    """A blob's hash is in the public log; it belongs to the first entry that names it."""
    shelf.name(shelf.plain, "PUBLIC", TOR)
    shelf.name(shelf.plain, None, TOR)
    assert shelf.ask(shelf.plain).status == 401
    assert shelf.ask(shelf.plain, TOR).status == 404


def test_what_is_not_there_and_what_is_not_yours_look_the_same(shelf: Shelf) -> None:
    """Nobody learns from an answer what is held for others, or damaged."""
    _, nowhere = seal.wrap(b"never kept")
    damaged = shelf.store.disk.root / blob_path(shelf.common.blob)
    damaged.chmod(0o644)
    damaged.write_bytes(bytes(shelf.common.size))
    answers = [shelf.ask(ref, TOR) for ref in (nowhere, shelf.plain, shelf.common)]
    assert {(answer.status, answer.body) for answer in answers} == {(404, answers[0].body)}


def test_an_old_permit_opens_nothing(shelf: Shelf) -> None:
    """What was overheard is worth nothing after five minutes."""
    assert shelf.ask(shelf.sealed, TOR, late_us=4 * MINUTE_US).status == 200
    assert shelf.ask(shelf.sealed, TOR, late_us=6 * MINUTE_US).status == 401


@pytest.mark.parametrize(
    "path", ["/blobs/", "/blobs", "/blobs/sha256/", "/blobs/" + "A" * 64, "/blobs/" + "0" * 63]
)
def test_there_is_no_listing(shelf: Shelf, path: str) -> None:
    """Who does not know what to ask for is given nothing."""
    header = permit.make(VEL, ORIGIN, shelf.centre.now_us)
    assert ask(shelf.app, "GET", path, headers=[("Authorization", header)]).status == 404


def test_a_file_is_given_on_once_the_payload_that_names_it_has_come(tmp_path: Path) -> None:
    """A copy that serves while it still fetches does not forget whose a file is."""
    shelf = Shelf(tmp_path / "centre")
    late = tmp_path / "centre" / blob_path(shelf.common.blob)
    raw = late.read_bytes()
    late.unlink()
    assert shelf.ask(shelf.file, TOR).status == 404
    late.write_bytes(raw)
    assert shelf.ask(shelf.file, TOR).status == 200
