"""What every test shares: how hard to try to break a property, and whether goldens are rewritten."""

import os

import pytest
from hypothesis import HealthCheck, settings

# No deadline: a clock in a test fails on a busy machine and says nothing about the code.
_BASE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", _BASE, max_examples=50)
settings.register_profile("ci", _BASE, max_examples=300)
settings.register_profile("deep", _BASE, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


NO_SKIP = bool(os.environ.get("TRUCELINE_NO_SKIP"))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where nothing may skip, a run with a skipped test has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not NO_SKIP or reporter is None or exitstatus != pytest.ExitCode.OK:
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped:
        for report in skipped:
            reporter.write_line(f"skipped where nothing may skip: {report.nodeid}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make golden` rewrite the files under tests/golden; the diff is then reviewed."""
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        default=False,
        help="write the golden files from what the code prints now, instead of comparing",
    )
