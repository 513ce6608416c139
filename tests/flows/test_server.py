"""The locked set imports and runs a Prefect flow on a server that ends with the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.flows.command import telltale
from tests.flows.engagements import engagement

RUN = """
import sys
from pathlib import Path
from flows.server import prefect_api
from flows.settings import read

with prefect_api(read(Path(sys.argv[1]))) as ready:
    from prefect import flow, task
    ready()

    @task
    def doubled(x: int) -> int:
        return 2 * x

    @flow
    def sums() -> int:
        return sum(doubled(x) for x in range(3))

    print(sums(), flush=True)
    if len(sys.argv) > 2:
        import time
        time.sleep(60)
"""


def test_a_flow_runs_and_leaves_no_noise_and_no_server(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", RUN, str(tmp_path)], capture_output=True, text=True, timeout=180)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "6\n", "")
    assert _servers(tmp_path) == []


def test_a_killed_run_takes_its_server_with_it(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path), "stay"], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"6\n"
        assert len(_servers(tmp_path)) == 1
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    _until_none(tmp_path)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/api", "nowhere", "http://127.0.0.1:port/api"])
def test_an_address_at_which_no_server_answers_is_a_sentence_with_the_next_step(tmp_path: Path, address: str) -> None:
    for words in (["nightly"], ["audit", engagement(tmp_path / "e", reviews=2)]):
        ran = telltale(*words, "--out", tmp_path / "home", PREFECT_API_URL=address)
        assert ran.returncode == 1 and ran.stderr.startswith("PREFECT_API_URL: no Prefect server answers there")
        assert len(ran.stderr.splitlines()) == 1


def _until_none(home: Path) -> None:
    for _ in range(100):
        if not _servers(home):
            return
        time.sleep(0.05)  # the kernel closes the pipe when it has buried the parent
    raise AssertionError("the server outlived its run")


def _servers(home: Path) -> list[str]:
    """Processes whose environment names this workspace and whose command is our server."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            command = (process / "cmdline").read_bytes()
            if b"flows.server" in command and str(home).encode() in (process / "environ").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found
