"""Never two crawls of one workspace ask one host at once, and a host's time for the night is counted once."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEAST_SECONDS = 60.0
"""What a listing gets at the end of its host's night: a first page, and so a verdict."""


class Hosts:
    """The locks of a workspace, one file a host. A lock is the kernel's: it ends with the processes that hold it."""

    def __init__(self, folder: Path, night_seconds: float) -> None:
        self._folder, self._night = folder, night_seconds
        self._used: dict[str, float] = {}

    @contextmanager
    def alone(self, host: str) -> Iterator[int]:
        """Wait until nobody asks this host; the file descriptor to hand to the process that does."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self._folder / f"{host.replace(os.sep, '_')}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            began = time.monotonic()
            try:
                yield file
            finally:
                self._used[host] = self._used.get(host, 0.0) + time.monotonic() - began
        finally:
            os.close(file)

    def left(self, host: str) -> float:
        """Seconds that are left of the host's night."""
        return max(LEAST_SECONDS, self._night - self._used.get(host, 0.0))
