"""An audit in a process of its own that a test may kill, starve of disk, or run again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.flows.command import ROOT, environment

FORMS = ("report.html", "report.json", "annex.html")
PATIENCE = 240.0
Kill = Callable[[Path, float], bool]


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code (minus the signal, where it was killed), all it said, and its peak memory."""

    code: int
    said: str
    peak_kb: int


class Zygote:
    """The process that has imported everything and forks a `telltale` for each order."""

    def __init__(self, to: IO[str], answers: IO[str], scratch: Path) -> None:
        self._to, self._answers, self._scratch, self._orders = to, answers, scratch, 0

    def telltale(
        self,
        *words: str | Path,
        kill: Callable[[Path, float], bool] | None = None,
        limits: dict[str, int] | None = None,
    ) -> Ended:
        """Run the command to its end, or until `kill` (given the file of what it says, and the seconds) says so."""
        self._orders += 1
        out = self._scratch / f"said-{self._orders}"
        out.touch()
        order = {"words": [str(word) for word in words], "out": str(out), "limits": limits or {}}
        self._to.write(json.dumps(order) + "\n")
        self._to.flush()
        process, began = int(self._answers.readline()), time.monotonic()
        if kill is not None:
            while _runs(process) and not kill(out, time.monotonic() - began):
                time.sleep(0.002)
                assert time.monotonic() - began < PATIENCE, out.read_text(encoding="utf-8")
            _end(process)
        code, peak = self._answers.readline().split()
        return Ended(int(code), out.read_text(encoding="utf-8"), int(peak))


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _end(process: int) -> None:
    """SIGKILL to the run alone, as the kernel does when memory runs out: its children must notice by themselves."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


@contextmanager
def zygote(scratch: Path, api_url: str) -> Iterator[Zygote]:
    """A process that forks audits against a Prefect API."""
    quiet = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}  # as the command sets it, which a fork is late for
    with (
        (scratch / "zygote.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=ROOT,
            env=environment(PREFECT_API_URL=api_url, PREFECT_HOME=str(scratch / "prefect"), **quiet),
        ) as process,
    ):
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == "ready\n", (scratch / "zygote.log").read_text()
        yield Zygote(process.stdin, process.stdout, scratch)
        process.stdin.close()


def published(home: Path, engagement: str = "corner-cafe") -> dict[str, bytes]:
    """The forms of the report that `latest-draft` leads to."""
    latest = (home / "publications" / engagement / "latest-draft").resolve()
    return {form: (latest / form).read_bytes() for form in FORMS}


def said(word: str) -> Kill:
    """Kill as soon as a line that begins with this word was printed: the stage of that name has just ended."""
    return lambda out, _: any(line.startswith(word) for line in out.read_text(encoding="utf-8").splitlines())


def after(seconds: float) -> Kill:
    """Kill after this time."""
    return lambda _, passed: passed >= seconds


def processes_naming(place: Path) -> list[str]:
    """The command lines of processes that name a folder: what a killed run has left behind."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(place) in line and int(process.name) != os.getpid():
            found.append(line)
    return found
