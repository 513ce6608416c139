"""An audit in a process of its own that a test may kill, starve of disk, or run again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.flows import forks
from tests.flows.command import environment

FORMS = ("report.html", "report.json", "annex.html")
PATIENCE = 240.0
Kill = Callable[[Path, float], bool]


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code (minus the signal, where it was killed), all it said, and its peak memory."""

    code: int
    said: str
    peak_kb: int


def forked(
    api_url: str,
    *words: str | Path,
    kill: Kill | None = None,
    limits: dict[str, int] | None = None,
) -> Ended:
    """Run the command, all but its paper, to its end, or until `kill` (given the file of what it says, and the seconds
    that have passed) says so."""
    env = environment(PREFECT_API_URL=api_url)
    order = forks.start([*map(str, words)], env, together=True, paper=False, limits=limits or {})
    if kill is not None:
        process, began = order.process, time.monotonic()
        while order.runs and not kill(order.said, time.monotonic() - began):
            time.sleep(0.002)
            assert time.monotonic() - began < PATIENCE, order.said.read_text(encoding="utf-8")
        if order.runs:
            _end(process)
    code, peak = order.ended(PATIENCE)
    return Ended(code, order.said.read_text(encoding="utf-8"), peak)


def _end(process: int) -> None:
    """SIGKILL to the run alone, as the kernel does when memory runs out: its children must notice by themselves."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


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
