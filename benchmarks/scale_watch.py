"""What a process and its children hold and have worked, each shared page counted once as far as the system tells."""

from __future__ import annotations

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def tree(process: int) -> tuple[float, float]:
    """(MB of proportional set size, seconds of processor time) of a process and all that it started.

    The Prefect server that a run keeps beside it is left out: it is the same for ten reviews and a million.
    """
    held, memory, worked = [process], 0.0, 0.0
    while held:
        place = Path(f"/proc/{held.pop()}")
        try:
            if b"flows.server" in (place / "cmdline").read_bytes():
                continue
            memory += _proportional_kb(place) / 1024
            worked += _seconds(place)
            for task in (place / "task").iterdir():
                held += [int(each) for each in (task / "children").read_text().split()]
        except (OSError, ValueError):
            continue
    return memory, worked


def _proportional_kb(place: Path) -> int:
    for line in (place / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _seconds(place: Path) -> float:
    """Its own time and that of children that have ended."""
    said = (place / "stat").read_text().rpartition(")")[2].split()
    return sum(int(each) for each in said[11:15]) / TICKS
