"""The network the drills run on is one that can be cut."""

from pathlib import Path

import pytest

from tests.network.hosts import Network, available

pytestmark = pytest.mark.real


@pytest.mark.skipif(not available(), reason="no network namespaces here: want root and iproute2")
def test_a_cut_host_hears_nobody_and_a_joined_one_hears_all(tmp_path: Path) -> None:
    """A drill whose cut cuts nothing would show nothing."""
    with Network("one", "other") as network:
        one, other = network["one"], network["other"]
        serve = "from http.server import *; HTTPServer(('', 80), SimpleHTTPRequestHandler).serve_forever()"
        one.start_python(serve, log=tmp_path / "one.log")
        url = f"http://{one.address}/"
        one.wait_for(url)

        assert other.answers(url)
        one.cut()
        assert not other.answers(url)
        one.join()
        other.wait_for(url)
