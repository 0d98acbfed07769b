"""Heads are brought to every witness side by side; none of them can hold up the record."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.ledger.founding import Centre, found
from tests.ledger.witnessing import LOG_PUBLIC, NAME, NOON_S, VELMARK, Post, post
from truceline.desk.couriers import witnesses
from truceline.desk.couriers.witnesses import Outcome, Witnesses, logged, over_http
from truceline.ledger import keys, policy
from truceline.ledger.cosigning import Odd, Spoken
from truceline.ledger.errors import Halted, NotFounded
from truceline.ledger.policy import Policy
from truceline.ledger.store import CHECKPOINT

GOOD, OTHER = "http://vel.example", "http://tor.example"
TORRIN = keys.from_seed("witness.example/TOR", b"witness of Torrin, seed 32 bytes", 0x04)


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A centre whose trust file names two witnesses and asks for one."""
    made = found(tmp_path / "centre")
    made.add(3)
    trust = Policy(
        logs=LOG_PUBLIC,
        witnesses={
            "VEL": VELMARK[0].key,
            "VEL-later": VELMARK[1].key,
            "TOR": TORRIN.key,
        },
        urls={"VEL": GOOD, "VEL-later": GOOD, "TOR": OTHER},
        quorum="VEL",
    )
    (made.path / "trust").write_text(policy.render(trust))
    return made


class Street:
    """Where witnesses are found: one answers well, the other as a test wants."""

    def __init__(self, good: Post) -> None:
        self.good = good
        self.other = threading.Event()
        self.hangs = False
        self.says = Spoken(status=503, body=b"")
        self.asked: list[str] = []

    def deliver(self, url: str, body: bytes) -> Spoken:
        """Hand a request over."""
        self.asked.append(url)
        if url == GOOD:
            answer = self.good.send(body)
            return Spoken(status=answer.status, body=answer.body)
        if self.hangs:
            assert self.other.wait(30)
        return self.says


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """The witnesses; whoever hangs is let go at the end."""
    made = Street(post(tmp_path))
    yield made
    made.other.set()


def witnesses_of(centre: Centre, street: Street) -> Witnesses:
    """The centre's witnesses, asked on this street at noon."""
    return Witnesses(centre.path, deliver=street.deliver, now_s=lambda: NOON_S)


def level(centre: Centre) -> str:
    """How final the newest head is."""
    raw = (centre.path / CHECKPOINT).read_bytes()
    return centre.log.trust.level(raw)


@pytest.mark.parametrize("says", [b"", b"\xff", b"many\n"])
@pytest.mark.parametrize("status", [200, 302, 404, 409, 500])
def test_an_odd_witness_delays_and_spoils_nothing(
    status: int, says: bytes, centre: Centre, street: Street
) -> None:
    """The good one's lines are in the record; what the other said is reported, once."""
    street.says = Spoken(status=status, body=says)
    good, odd = witnesses_of(centre, street).once()
    assert (good.problem, good.size, good.names) == ("", 4, (NAME,))
    assert odd.problem
    assert level(centre) == "witnessed"


def test_a_witness_that_hangs_holds_up_no_other_and_no_commit(
    centre: Centre, street: Street
) -> None:
    """While one answers nothing for ever, heads are cosigned by the other and entries come in."""
    street.hangs = True
    asking = witnesses_of(centre, street)
    for size in (4, 5, 6):
        good, late = asking.once(wait_s=0.5)
        assert (good.problem, good.size) == ("", size)
        assert late.problem == "no answer in time"
        assert level(centre) == "witnessed"
        centre.add(1)
        street.good.now_s += 1
    assert centre.log.head().size == 7


def test_every_new_head_is_cosigned_while_the_centre_is_served(
    centre: Centre, street: Street
) -> None:
    """Commits of any process are seen; two keys behind one address are asked once a head."""
    heard, sizes = threading.Condition(), dict[int, str]()

    def report(outcome: Outcome) -> None:
        with heard:
            if outcome.url == GOOD:
                sizes[outcome.size] = outcome.problem
            heard.notify_all()

    with witnesses_of(centre, street).going_round(report):
        for size in (4, 5):
            with heard:
                assert heard.wait_for(partial(sizes.__contains__, size), 30)
            assert level(centre) == "witnessed"
            centre.add(1)
    assert set(sizes.values()) == {""}
    assert street.asked.count(GOOD) <= len(sizes) + 1


def test_a_witness_that_comes_back_goes_on_where_it_stood(centre: Centre, street: Street) -> None:
    """Nothing is kept of a witness but what it says itself: a restarted centre learns its size."""
    assert witnesses_of(centre, street).once()[0].problem == ""
    centre.add(2)
    assert witnesses_of(centre, street).once()[0].size == 6
    assert street.good.log().size == 6


def test_a_new_witness_in_the_trust_file_is_asked_without_a_restart(
    centre: Centre, street: Street
) -> None:
    """The file is read each time; whoever is taken out of it is asked no more."""
    asking = witnesses_of(centre, street)
    asking.once()
    trust = (centre.path / "trust").read_text()
    (centre.path / "trust").write_text(trust.replace(f" {OTHER}", ""))
    assert [outcome.url for outcome in asking.once()] == [GOOD]
    (centre.path / "trust").unlink()
    with pytest.raises(NotFounded):
        asking.once()


def test_a_full_disk_at_the_centre_is_said_and_the_next_round_works(
    centre: Centre, street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cosignature that could not be kept is asked for again."""
    asking = witnesses_of(centre, street)

    def halts(*_given: object) -> None:
        raise Halted("heads/4: the disk went away")

    with monkeypatch.context() as broken:
        broken.setattr(witnesses, "gather", halts)
        assert "went away" in asking.once()[0].problem
    assert asking.once()[0].problem == ""
    assert level(centre) == "witnessed"


def test_the_servers_log_has_a_line_when_something_changes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A witness that is away for a night is two lines, not ten thousand."""
    report = logged()
    for problem in ("", "", "it cannot be reached", "it cannot be reached", ""):
        report(Outcome(url=GOOD, names=(NAME,), size=4, problem=problem))
    assert [record.getMessage() for record in caplog.records] == [
        f"witness {GOOD}: it cannot be reached",
        f"witness {GOOD}: cosigns again",
    ]


@contextmanager
def served(status: int, body: bytes, *headers: tuple[str, str]) -> Iterator[str]:
    """Something that answers on this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            for name, value in (("content-length", str(len(body))), *headers):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sub"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("status", "body"), [(200, b"a line\n"), (409, b"7\n"), (422, b"no\n")])
def test_an_answer_is_carried_as_it_was_given(status: int, body: bytes) -> None:
    """A refusal is an answer too."""
    with served(status, body) as url:
        assert over_http(url, b"old 0\n") == Spoken(status=status, body=body)


def test_a_witness_does_not_send_us_elsewhere() -> None:
    """The trust file says where it is; a redirection is a refusal."""
    with served(302, b"", ("location", "http://127.0.0.1:9/elsewhere")) as url:
        assert over_http(url, b"old 0\n").status == 302


def test_a_flood_is_not_read_to_its_end() -> None:
    """What is longer than any cosignatures is cut off, and then refused."""
    with served(200, bytes(2_000_000)) as url:
        assert 64 * 1024 < len(over_http(url, b"").body) < 200_000


def test_nobody_there_is_said() -> None:
    """The address is in the outcome; the reason is here."""
    with served(200, b"") as url:
        pass
    with pytest.raises(Odd, match="cannot be reached"):
        over_http(url, b"")
