"""Checking a record from outside: by folder, by `log/`, by URL, with the key one was handed."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.desk import acts, auditing
from truceline.desk.auditing import check_folder, check_log
from truceline.desk.couriers.logs import MOST_BYTES, Unreachable, over_http
from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.desk.taking import Incoming, take
from truceline.ledger.errors import Malformed
from truceline.ledger.keys import generate
from truceline.values.errors import TrucelineError


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A small record, only read from."""
    desk = centre(tmp_path_factory.mktemp("audited"))
    acts.file_complaint(desk, "VEL", COMPLAINT)
    for owner in ("VEL", "TOR"):
        raw = party_list(8)
        take(desk, Incoming(source="party-list", name="l.csv", raw=raw, owner=owner, by=owner))
    return desk


@pytest.fixture
def key(desk: Desk, tmp_path: Path) -> str:
    """The key as a party was handed it, in a file."""
    path = tmp_path / "azores.vkey"
    path.write_text("\n".join(auditing.public_keys(desk.folder)) + "\n")
    return str(path)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and a few things no honest server would."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class says so
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer as asked, unless the address asks for something odd."""
        odd = self.path.split("/")[1]
        if odd == "down":
            self.send_error(503)
        elif odd == "huge":
            self.send_response(200)
            self.end_headers()
            for _ in range(MOST_BYTES // 2**20 + 1):
                self.wfile.write(b"\0" * 2**20)
        elif odd == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"truceline")
        elif odd == "garbled":
            self.wfile.write(b"this is no answer at all\r\n\r\n")
        else:
            super().do_GET()


@pytest.fixture(scope="module")
def url(desk: Desk) -> Iterator[str]:
    """The log served on this machine, as any web server would serve the folder."""
    handler = partial(Quiet, directory=str(desk.folder / "log"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_folder_its_log_and_its_url_are_found_whole_with_the_key_one_holds(
    desk: Desk, key: str, url: str
) -> None:
    """Three ways to the same log, one verdict, and nothing to add."""
    for where in (str(desk.folder), str(desk.folder / "log"), url, f"{url}/"):
        found = check_log(where, [key])
        assert (found.problems, found.whose) == (False, "")
        assert (found.verdict.size, found.entries) == (desk.log.head().size,) * 2
        assert next(found.lines()).endswith("entries, whole")


def test_a_folders_own_trust_file_shows_only_that_it_is_consistent(desk: Desk) -> None:
    """Somebody who could put another log there could put another trust file there too."""
    found = check_log(str(desk.folder))
    assert not found.problems
    assert "not whose it is" in list(found.lines())[-1]
    assert found.as_fields()["own_key"] is True


def test_what_comes_without_a_key_is_not_checked_at_all(
    desk: Desk, url: str, tmp_path: Path
) -> None:
    """No key, no verdict: a page that says `whole` would be believed."""
    copy = tmp_path / "copy"
    shutil.copytree(desk.folder / "log", copy)
    for where in (url, str(copy)):
        with pytest.raises(CentreRefused, match="--key FILE"):
            check_log(where)


@pytest.mark.parametrize("content", [b"", b"\n  \n", b"\xff\xfe\x00"])
def test_a_key_file_without_a_key_is_no_key(desk: Desk, tmp_path: Path, content: bytes) -> None:
    """An empty file handed over by mistake must not pass a log that nobody signed."""
    path = tmp_path / "empty.vkey"
    path.write_bytes(content)
    with pytest.raises(CentreRefused, match="holds no key"):
        check_log(str(desk.folder), [str(path)])


def test_another_logs_key_is_refused_by_name(desk: Desk) -> None:
    """The wrong key says nothing about the log but that it is not this key's."""
    other = generate(desk.log.origin).key.vkey
    found = check_log(str(desk.folder), [other])
    assert found.problems
    assert found.verdict.problems[0].file == "checkpoint"
    with pytest.raises(Malformed, match="no verifier key"):
        check_log(str(desk.folder), ["/no/such/file"])


def test_a_key_may_be_given_as_it_is_however_long(desk: Desk) -> None:
    """The later key is far longer than any file name, and is no file name."""
    classic, later = auditing.public_keys(desk.folder)
    assert len(later) > 1_700
    for given in ([classic], [later], [classic, later]):
        assert not check_log(str(desk.folder), given).problems


def test_a_trust_file_somebody_else_wrote_can_be_used(desk: Desk, tmp_path: Path) -> None:
    """A policy is held to as it stands, and one that names another log refuses this one."""
    policy = tmp_path / "trust"
    policy.write_bytes((desk.folder / "trust").read_bytes())
    assert not check_log(str(desk.folder), policy=policy).problems
    policy.write_text("quorum none\n")
    assert check_log(str(desk.folder), policy=policy).problems


def test_a_kept_copy_is_continued_and_a_missing_one_is_an_error(
    desk: Desk, key: str, tmp_path: Path
) -> None:
    """A copy that cannot be read must not read as one that agrees."""
    kept = tmp_path / "kept"
    shutil.copytree(desk.folder / "log", kept)
    assert check_log(str(desk.folder), [key], copy=kept).against is None

    other = centre(tmp_path / "elsewhere")
    with pytest.raises(TrucelineError):
        check_log(str(other.folder), [key], copy=tmp_path / "nothing")


def test_a_damaged_entry_is_named_by_every_check_there_is(
    desk: Desk, key: str, tmp_path: Path
) -> None:
    """With a copy, without one, and by `fsck`: the same number each time."""
    kept = tmp_path / "kept"
    shutil.copytree(desk.folder / "log", kept)
    folder = tmp_path / "centre"
    shutil.copytree(desk.folder, folder)
    raw = desk.log.raw(4)
    bundle = next(
        path
        for path in sorted((folder / "log" / "tile" / "entries").rglob("*"), reverse=True)
        if path.is_file() and raw in path.read_bytes()
    )
    bundle.chmod(0o644)
    at = bundle.read_bytes().find(raw) + len(raw) // 2
    stored = bytearray(bundle.read_bytes())
    stored[at] ^= 1
    bundle.write_bytes(bytes(stored))

    found = check_log(str(folder), [key], copy=kept)
    assert found.problems
    assert any("entry 4" in line for line in found.lines())
    assert any(one["entry"] == 4 for one in found.as_fields()["problems"])
    assert any("entry 4" in line for line in check_folder(folder).lines())


ODD = {
    "http://127.0.0.1:1": "is a log served there",
    "http://": "http://host/path",
    "http://[::1": "http://host/path",
    "http://127.0.0.1:notaport/": "served there",
    "ftp://127.0.0.1/log": "http or https",
    "file:///etc": "http or https",
}


@pytest.mark.parametrize("where", ODD)
def test_a_log_that_cannot_be_fetched_says_from_where_and_why(where: str) -> None:
    """Never a traceback, whatever was typed."""
    with pytest.raises(Unreachable, match=ODD[where]) as said:
        over_http(where)("checkpoint")
    assert where.rstrip("/") in str(said.value)


@pytest.mark.parametrize("odd", ["down", "cut", "garbled", "huge"])
def test_a_server_that_misbehaves_is_an_error_in_words(url: str, key: str, odd: str) -> None:
    """Out of order, cut short, no HTTP, no end: each is said, and nothing is believed."""
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1"):
        check_log(f"{url}/{odd}", [key])


def test_a_page_that_is_no_log_is_no_log(url: str, key: str) -> None:
    """A server that has no checkpoint there is damage by name, not a crash."""
    found = check_log(f"{url}/nowhere", [key])
    assert found.problems
    assert found.verdict.problems[0].file == "checkpoint"


def test_a_folder_that_holds_no_log_is_refused(tmp_path: Path) -> None:
    """Checking the wrong folder must not say that it is whole."""
    for where in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(CentreRefused, match="holds no log"):
            check_log(str(where))
    with pytest.raises(TrucelineError):
        check_folder(tmp_path)
    with pytest.raises(CentreRefused, match="restore it"):
        auditing.public_keys(tmp_path)
