"""One Prefect API for the runs of a session; one that starts and stops with a run is for test_server and test_demo."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from flows.server import prefect_api
from flows.settings import read


@pytest.fixture(scope="session")
def api_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    before = dict(os.environ)
    with prefect_api(read(tmp_path_factory.mktemp("prefect"))) as ready:
        ready()
        url = os.environ["PREFECT_API_URL"]
        os.environ.clear()
        os.environ |= before
        yield url
