"""No test skips in CI but those that read the shared sets; how many did is printed. One Prefect API serves them all."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.server import prefect_api
from flows.settings import read
from tests.flows.command import environment
from tests.flows.forks import serving

SHARED = Path(os.environ.get("TELLTALE_SHARED", Path(__file__).resolve().parents[2] / "shared"))

# A shell that runs tests in the background lets them ignore an interruption, which every process they start would too.
for name in (signal.SIGINT, signal.SIGQUIT):
    if signal.getsignal(name) is signal.SIG_IGN:
        signal.signal(name, signal.default_int_handler if name is signal.SIGINT else signal.SIG_DFL)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real captures and review sets beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"no shared captures and reviews at {SHARED} (set TELLTALE_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def api_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Prefect API for the runs of a session; one that starts and stops with a run is for test_server, test_demo."""
    before = dict(os.environ)
    with prefect_api(read(tmp_path_factory.mktemp("prefect"))) as ready:
        ready()
        url = os.environ["PREFECT_API_URL"]
        os.environ.clear()
        os.environ |= before
        with serving(url, tmp_path_factory.mktemp("forks"), environment()):
            yield url


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]  # a pytest hook
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("TELLTALE_NO_SKIP") and item.get_closest_marker("needs_shared") is None:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skipped where nothing may skip: {report.longrepr}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests could not read the shared sets."""
    skipped = terminalreporter.stats.get("skipped", [])
    shared = sum("needs_shared" in getattr(report, "keywords", {}) for report in skipped)
    terminalreporter.write_line(
        f"skipped for want of the shared sets: {shared}; for another reason: {len(skipped) - shared}"
    )
