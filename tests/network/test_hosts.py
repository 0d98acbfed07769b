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
        one.start("python3 -m http.server 80", tmp_path, log=tmp_path / "one.log")
        url = "http://one/"
        one.wait_for(url)

        assert other.answers(url)
        one.cut()
        assert not other.answers(url)
        one.join()
        other.wait_for(url)
