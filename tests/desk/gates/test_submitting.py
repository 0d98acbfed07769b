"""Entries over HTTP: who is answered what, and what a stranger can leave behind."""

import asyncio
import base64
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.gates.asking import Answered, aask, ask
from tests.ledger.founding import ALD, DESK, TOR, VEL, Centre
from tests.ledger.submitting import Author, sequenced
from truceline.desk.gates.asgi import App, gate
from truceline.desk.gates.submitting import MAX_BLOB, MAX_BLOBS, status_of, submitting
from truceline.ledger import proof, refusal, seal
from truceline.ledger.audit import fsck
from truceline.ledger.checkpoint import Head
from truceline.ledger.sequencer import Sequencer
from truceline.ledger.store import blob_path, open_store


def u32(raw: bytes) -> bytes:
    """A thing behind its length."""
    return len(raw).to_bytes(4) + raw


def frames(raw: bytes, blobs: Iterable[bytes] = ()) -> bytes:
    """The body of one submission."""
    return u32(raw) + b"".join(map(u32, blobs))


def submissions(*given: tuple[bytes, list[bytes]]) -> bytes:
    """The body of several."""
    return b"".join(
        u32(raw) + len(blobs).to_bytes(4) + b"".join(map(u32, blobs)) for raw, blobs in given
    )


@pytest.fixture
def open_gate(tmp_path: Path) -> Iterator[tuple[Centre, App, Sequencer]]:
    """A centre whose gate is open."""
    with sequenced(tmp_path / "centre") as (centre, sequencer):
        yield centre, gate(submitting(sequencer, open_store(centre.path))), sequencer


def add(app: App, raw: bytes, blobs: Iterable[bytes] = (), cut: int = 1 << 30) -> Answered:
    """Send one entry, its body in pieces of `cut` bytes."""
    body = frames(raw, blobs)
    return ask(
        app, "POST", "/log/add-entry", [body[at : at + cut] for at in range(0, len(body), cut)]
    )


def test_an_entry_with_its_payload_and_a_file_is_answered_with_a_proof(
    open_gate: tuple[Centre, App, Sequencer],
) -> None:
    """What a party sends is durable with all that belongs to it, and the answer proves it."""
    centre, app, _ = open_gate
    blob, ref = seal.wrap(b"a list of eleven complaints")
    file, _ = seal.wrap(b"ref,date,time\n" * 40)
    raw = Author(seen=centre.log.head()).write(payload=ref)
    answered = add(app, raw, [blob, file], cut=100)
    assert (answered.status, answered.headers["content-type"]) == (200, "text/x.tlog.proof")
    assert proof.check(answered.body, raw, centre.log.trust) == 1
    assert centre.log.payload(centre.log.entry(1)) == b"a list of eleven complaints"
    assert centre.log.blob(sha256(file).hexdigest()) == file
    again = add(app, raw, [blob, file])
    assert (again.status, again.body) == (200, answered.body)


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("another number", 409, "seq"), ("a head there never was", 409, "stale"),
        ("a stranger", 403, "key"), ("a forged line", 403, "signature"),
        ("no payload", 403, "policy"), ("another log", 422, "format"), ("not JSON", 422, "schema"),
    ],
)  # fmt: skip
def test_a_refusal_comes_as_a_note_signed_by_the_desk(
    open_gate: tuple[Centre, App, Sequencer], what: str, status: int, code: str
) -> None:
    """Whoever is turned away holds a statement, and nothing of what came with it is kept."""
    centre, app, _ = open_gate
    head, author = centre.log.head(), Author(seen=centre.log.head())
    blob, ref = seal.wrap(b"a list of eleven complaints")
    raw = author.draft(payload=ref)
    raw = {
        "another number": lambda: author.draft(seq=3, payload=ref),
        "a head there never was": lambda: author.draft(another_root(head), payload=ref),
        "a stranger": lambda: Author(ALD, head).draft(payload=ref),
        "a forged line": lambda: raw.replace(b"register/entered", b"register/altered"),
        "no payload": lambda: raw,
        "another log": lambda: raw.replace(b"/v1 azores", b"/v1 corvos"),
        "not JSON": lambda: raw.replace(b'{"author"', b'{"authar"'),
    }[what]()
    answered = add(app, raw, [] if what == "no payload" else [blob])
    assert answered.headers["content-type"] == "text/x.truceline.refusal"
    _, said = refusal.open_signed(answered.body, [DESK.key])
    assert (answered.status, said.code) == (status, code) == (status_of(code), code)
    assert not (centre.path / blob_path(ref.blob)).exists()
    assert centre.log.head().size == 1


def another_root(head: Head) -> Head:
    """A head of the same size that the log never had."""
    return Head(head.origin, head.size, bytes(32))


def test_a_full_queue_says_when_to_come_again(tmp_path: Path) -> None:
    """Push-back: 503, Retry-After, nothing taken."""
    with sequenced(tmp_path / "centre", waiting=1) as (centre, sequencer):
        app, author = (
            gate(submitting(sequencer, open_store(centre.path))),
            Author(seen=centre.log.head()),
        )
        with open_store(centre.path).locked():
            waiting = [sequencer.offer(author.write())]  # the writer has it, and waits for the lock
            while sequencer._queue.qsize():
                pass
            waiting.append(sequencer.offer(author.write()))
            answered = add(app, author.draft())
        assert (answered.status, answered.headers["retry-after"]) == (503, "1")
        assert [answer.result().index for answer in waiting] == [1, 2]
        assert add(app, author.write()).status == 200


def test_several_entries_are_one_commit_and_each_has_its_answer(
    open_gate: tuple[Centre, App, Sequencer],
) -> None:
    """One refused entry spoils no other author's, and is told apart."""
    centre, app, _ = open_gate
    head = centre.log.head()
    vel, tor = Author(VEL, head), Author(TOR, head)
    blob, ref = seal.wrap(b"02:10 mortar fire")
    given = [
        (vel.write(payload=ref), [blob]), (tor.write(), []), (Author(ALD, head).draft(), []),
        (vel.write(), []),
    ]  # fmt: skip
    answered = ask(app, "POST", "/log/add-entries", submissions(*given))
    lines = [line.split(" ") for line in answered.body.decode().splitlines()]
    assert [line[0] for line in lines] == ["200", "200", "403", "200"]
    for (raw, _), (status, said) in zip(given, lines, strict=True):
        if status == "200":
            proof.check(base64.b64decode(said), raw, centre.log.trust)
    assert len(list((centre.path / "heads").iterdir())) == 3
    assert fsck(centre.path).problems == []


def test_what_comes_next_of_an_author_is_a_hint_anyone_may_have(
    open_gate: tuple[Centre, App, Sequencer],
) -> None:
    """It says nothing that is not in the public log."""
    centre, app, _ = open_gate
    author = Author(seen=centre.log.head())
    add(app, author.write())
    said = msgspec.json.decode(ask(app, "GET", "/log/next/VEL").body)
    assert (said["seq"], said["prev"], said["head"]["size"]) == (2, author.prev, 2)
    assert msgspec.json.decode(ask(app, "GET", "/log/next/NOBODY").body)["seq"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"\0", 400), (b"\0\0\0\x05abc", 400), (b"\xff\xff\xff\xff", 400),
        (u32(b"x" * 65_536), 400), (u32(b""), 422), (u32(b"noise"), 422),
    ],
)  # fmt: skip
def test_a_body_that_is_no_submission_is_answered(
    open_gate: tuple[Centre, App, Sequencer], body: bytes, status: int
) -> None:
    """Malformed framing is the sender's fault; an entry that can be read at all is refused by note."""
    assert ask(open_gate[1], "POST", "/log/add-entry", body).status == status


def test_a_blob_that_is_cut_short_or_too_many_takes_nothing(
    open_gate: tuple[Centre, App, Sequencer],
) -> None:
    """The entry is only offered once everything that came with it is whole."""
    centre, app, _ = open_gate
    raw = Author(seen=centre.log.head()).draft()
    cut = frames(raw, [b"a" * 40])[:-1]
    assert ask(app, "POST", "/log/add-entry", cut).status == 400
    long = frames(raw) + (MAX_BLOB + 1).to_bytes(4)
    assert ask(app, "POST", "/log/add-entry", long).status == 400
    assert add(app, raw, [bytes([n]) * 40 for n in range(MAX_BLOBS + 1)]).status == 400
    assert centre.log.head().size == 1


def test_a_sender_who_is_gone_is_not_answered(open_gate: tuple[Centre, App, Sequencer]) -> None:
    """A line that breaks in the middle of a blob takes nothing and breaks nothing."""
    centre, app, _ = open_gate
    raw = Author(seen=centre.log.head()).draft()
    sent: list[object] = []
    coming = [{"type": "http.request", "body": frames(raw, [b"a" * 99])[:-9], "more_body": True}]

    async def receive() -> dict[str, object]:
        return coming.pop() if coming else {"type": "http.disconnect"}

    async def send(message: object) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/log/add-entry", "headers": []}
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    assert (sent, centre.log.head().size) == ([], 1)


def test_many_senders_at_once_share_commits(open_gate: tuple[Centre, App, Sequencer]) -> None:
    """Waiting for the disk does not hold up the next one's request."""
    centre, app, _ = open_gate
    head = centre.log.head()
    authors = [Author(VEL, head), Author(TOR, head)]
    raws = [author.write() for _ in range(1) for author in authors]

    async def all_of_them() -> list[Answered]:
        with open_store(centre.path).locked():
            asked = [
                asyncio.ensure_future(aask(app, "POST", "/log/add-entry", frames(raw)))
                for raw in raws
            ]
            await asyncio.sleep(0)
        return await asyncio.gather(*asked)

    assert [answered.status for answered in asyncio.run(all_of_them())] == [200, 200]
    assert centre.log.head().size == 3


@settings(max_examples=30)
@given(
    st.lists(st.binary(max_size=120), max_size=4), st.sampled_from(["framed", "plain"]), st.data()
)
def test_any_body_is_answered_and_leaves_nothing(
    parts: list[bytes],
    framed: str,
    data: st.DataObject,
) -> None:
    """No parser of the gate lets anything but an answer out."""
    body = b"".join(map(u32, parts)) if framed == "framed" else b"".join(parts)
    path = data.draw(st.sampled_from(["/log/add-entry", "/log/add-entries"]))
    with TemporaryDirectory() as folder, sequenced(Path(folder) / "centre") as (centre, sequencer):
        answered = ask(gate(submitting(sequencer, open_store(centre.path))), "POST", path, body)
        assert answered.status in {200, 400, 413, 422}
        assert centre.log.head().size == 1
        assert not list((centre.path / "blobs").rglob("*/*"))[1:]
