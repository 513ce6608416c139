"""The `telltale` command as a person runs it: a process of its own, in an environment without our settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.flows import forks

ROOT = Path(__file__).resolve().parents[2]
KEY = "7e" * 32
SECONDS = 240


def environment(**settings: str) -> dict[str, str]:
    """The caller's environment without telltale's and Prefect's settings, and the same master key each time."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("TELLTALE_", "PREFECT_"))}
    return plain | {"TELLTALE_KEY": KEY, "PYTHONIOENCODING": "utf-8"} | settings


def telltale(*words: str | Path, says: str | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in this checkout; `says` is its standard input. With the session's Prefect API it runs in a fork
    of a process that has imported everything (`forks`), else in one of its own."""
    if words and forks.can(str(words[0]), settings):
        return forks.run([*map(str, words)], says=says or "", env=environment(**settings), seconds=SECONDS)
    return python("-m", "flows.cli", *map(str, words), says=says, **settings)


def python(*words: str, says: str | None = None, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run this interpreter in this checkout."""
    return subprocess.run(
        [sys.executable, *words],
        input=says or "",
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        cwd=ROOT,
        env=environment(**settings),
    )


def complete(ran: subprocess.CompletedProcess[str], *, noisy: bool = False) -> subprocess.CompletedProcess[str]:
    """The run, once it is sure that it ended with exit code 0 and, unless `noisy`, said nothing on standard error."""
    assert (ran.returncode, "" if noisy else ran.stderr) == (0, ""), ran.stdout + ran.stderr
    return ran
