"""The page that checks receipts, as the desk serves it; and the entry as it was signed."""

from tests.web.conftest import Browser as Reader
from truceline.web.verify.sealing import PAGE


def test_the_desk_serves_the_page_to_anyone_under_its_own_stricter_policy(browser: Reader) -> None:
    """No sign-in, no session; nothing may be loaded, not even from the desk itself."""
    answer = browser("").get("/verify/receipt/")
    assert answer.status_code == 200
    assert answer.content == PAGE.read_bytes()
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "'self'" not in policy
    assert "sha256-" in policy
    assert not answer.cookies


def test_the_ledger_page_gives_the_proof_the_entry_and_the_way_to_check(browser: Reader) -> None:
    """A reader finds both files and the page, in the language read."""
    client = browser("velmark", "uk")
    page = client.get("/ledger/").content.decode()
    assert 'href="/verify/receipt/#uk"' in page
    assert 'href="/ledger/0/entry/"' in page
    note = client.get("/ledger/0/entry/")
    assert note.content.startswith(b"truceline-entry/v1 ")
    assert client.get("/ledger/999999/entry/").status_code == 404
    assert browser("").get("/ledger/0/entry/").status_code == 302
