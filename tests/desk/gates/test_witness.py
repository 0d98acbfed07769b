"""A witness's gate: the two questions of c2sp.org/tlog-witness, and no other."""

from pathlib import Path

import pytest

from tests.desk.gates.asking import ask
from tests.ledger.founding import LOG_KEYS, ORIGIN, VEL
from tests.ledger.witnessing import LOG_PUBLIC, Tree
from truceline.desk.errors import CentreRefused
from truceline.desk.gates.witness import witness_gate
from truceline.desk.witnessing import MEMORY, Post
from truceline.ledger import checkpoint, note, witness
from truceline.ledger.errors import Conflict, LedgerError, NotFounded
from truceline.ledger.note import Key
from truceline.ledger.witness_book import origin_hash

TREE = Tree.of(9)


@pytest.fixture
def post(tmp_path: Path) -> Post:
    """A witness of Velmark that follows the log from its founding head."""
    made = Post.init(tmp_path / "witness", "witness.example/VEL")
    made.add_log(LOG_PUBLIC, TREE.signed(0), "")
    return made


def test_a_head_is_cosigned_and_shown_to_monitors(post: Post) -> None:
    """What the log is given and what anyone may ask for afterwards are the same cosignatures."""
    app = witness_gate(post)
    where = f"/{origin_hash(ORIGIN)}/checkpoint"
    assert ask(app, "GET", where).status == 404
    answer = ask(app, "POST", "/add-checkpoint", TREE.request(0))
    assert answer.status == 200
    signed = note.parse(checkpoint.encode(TREE.head()) + b"\n" + answer.body)
    assert len(note.verify(signed, map(Key.parse, post.vkeys))) == 2
    shown = ask(app, "GET", where)
    assert shown.headers["content-type"] == "text/plain; charset=utf-8"
    assert shown.headers["cache-control"] == "no-cache"
    assert shown.body.endswith(answer.body)
    assert checkpoint.open_signed(shown.body, LOG_PUBLIC) == TREE.head()


def test_a_wrong_size_is_answered_with_ours(post: Post) -> None:
    """A log that lost count learns from the answer where to go on."""
    app = witness_gate(post)
    answer = ask(app, "POST", "/add-checkpoint", TREE.request(4))
    assert (answer.status, answer.body) == (409, b"0\n")
    assert answer.headers["content-type"] == "text/x.tlog.size"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/add-checkpoint", 405),
        ("POST", f"/{origin_hash(ORIGIN)}/checkpoint", 405),
        ("GET", "/", 404),
        ("GET", "/witness.sqlite3", 404),
        ("GET", "/keys/witness", 404),
        ("GET", f"/{origin_hash(ORIGIN).upper()}/checkpoint", 404),
    ],
)
def test_nothing_else_is_answered(method: str, path: str, status: int, post: Post) -> None:
    """There is no page, no listing, and no way at its files."""
    assert ask(witness_gate(post), method, path).status == status


def test_a_flood_is_cut_off(post: Post) -> None:
    """No stranger makes a witness hold more than a request can be."""
    flood = [bytes(64 * 1024)] * (witness.MOST_BYTES // (64 * 1024) + 2)
    assert ask(witness_gate(post), "POST", "/add-checkpoint", flood).status == 413


def test_a_witness_in_trouble_signs_nothing_and_says_later(post: Post) -> None:
    """Its memory is damaged: the log is told to ask again, a person finds the reason."""
    (post.folder / MEMORY).write_bytes(b"no database at all" * 100)
    for suffix in ("-wal", "-shm"):
        (post.folder / f"{MEMORY}{suffix}").unlink(missing_ok=True)
    answer = ask(witness_gate(post), "POST", "/add-checkpoint", TREE.request(0))
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")


def test_a_witness_is_made_once_and_belongs_to_its_keys(post: Post) -> None:
    """Lost memory is never a fresh start, and nothing of it is for others to read."""
    with pytest.raises(CentreRefused, match="not empty"):
        Post.init(post.folder, "witness.example/VEL")
    assert Post.open(post.folder).vkeys == post.vkeys
    for path in (post.folder, post.folder / "keys", post.folder / MEMORY):
        assert path.stat().st_mode & 0o077 == 0
    (post.folder / MEMORY).unlink()
    with pytest.raises(NotFounded, match="must not sign again"):
        Post.open(post.folder)


def test_only_one_process_serves_a_witness(post: Post) -> None:
    """The second says so instead of answering beside the first."""
    with (
        post.on_duty(),
        pytest.raises(CentreRefused, match="served already"),
        post.on_duty(),
    ):
        pass


def test_a_log_is_followed_from_where_it_was_pinned_and_goes_on(post: Post) -> None:
    """Adding a log again changes its keys or address, never where it stands."""
    ask(witness_gate(post), "POST", "/add-checkpoint", TREE.request(0))
    again = post.add_log(LOG_PUBLIC[:1], None, "http://azores.example/log")
    assert (again.size, again.url, len(again.keys)) == (9, "http://azores.example/log", 1)
    with pytest.raises(Conflict, match="at size 9"):
        post.add_log(LOG_PUBLIC, TREE.signed(4), "")
    with pytest.raises(CentreRefused, match="keys of 2 logs"):
        post.add_log([*LOG_PUBLIC, VEL.key], None, "")
    with pytest.raises(CentreRefused, match="own key"):
        post.add_log([post.signers[0].key], None, "")
    with pytest.raises(LedgerError):
        post.add_log([VEL.key], TREE.signed(4), "")
    assert LOG_KEYS[0].key in LOG_PUBLIC
