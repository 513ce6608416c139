"""Never two crawls of one user on one machine ask one host at once, whatever their workspaces.

A host's time for the night is counted once a run. Between machines, and between users, a Prefect server that they share
does it (`flows.limits`): a lock that one user may take for another is a lock that anybody may hold for ever.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.settings import Settings
from spiders.settings import DOWNLOAD_DELAY

LEAST_SECONDS = 60.0
"""What a listing gets at the end of its host's night: a first page, and so a verdict."""


def hosts_of(settings: Settings) -> Hosts:
    """The locks that a run of this workspace takes: the user's, or its own where the user has no place for any."""
    own = settings.home / "locks"
    return Hosts(settings.host_locks or own, settings.night_seconds, instead=own)


class Hosts:
    """The locks in a folder, one file a host. A lock is the kernel's: it ends with the processes that hold it.

    They are taken in the folder `instead` where the first may not be written.
    """

    def __init__(
        self,
        folder: Path,
        night_seconds: float,
        *,
        instead: Path | None = None,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._instead = folder, instead or folder
        self._night, self._pause, self._clock = night_seconds, pause, clock
        self._used: dict[str, float] = {}
        self._pauses: dict[str, float] = {}

    @contextmanager
    def alone(self, host: str) -> Iterator[int]:
        """Wait until nobody asks this host and its pause is over; the file descriptor to hand to the process that does.

        Whoever comes next, from whatever process, keeps the rhythm of the one before.
        """
        try:
            file = _opened(self._folder, host)
        except OSError:
            file = _opened(self._instead, host)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            since, pause = _left(file, self._clock())
            self.keep(host, pause)
            # A clock that was set back is not waited for longer.
            if (wait := self._pauses[host] - max(since, 0.0)) > 0:
                self._pause(wait)
            _leave_time(file, self._clock(), self._pauses[host])  # a crawl that is killed leaves this
            began = time.monotonic()
            try:
                yield file
            finally:
                self._used[host] = self._used.get(host, 0.0) + time.monotonic() - began
                _leave_time(file, self._clock(), self._pauses[host])
        finally:
            os.close(file)

    def keep(self, host: str, pause: float) -> None:
        """Who asks this host next waits as long as its robots.txt asks for, but no night for one request."""
        self._pauses[host] = min(max(pause, DOWNLOAD_DELAY), max(self._night, DOWNLOAD_DELAY))

    def left(self, host: str) -> float:
        """Seconds that are left of the host's night."""
        return max(LEAST_SECONDS, self._night - self._used.get(host, 0.0))


def _opened(folder: Path, host: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder / f"{host.replace(os.sep, '_')}.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _left(file: int, now: float) -> tuple[float, float]:
    """How long ago the host was asked, and the pause that it asks for; no wait where neither can be read."""
    numbers = os.pread(file, 64, 0).split()
    if not numbers or not all(each.replace(b".", b"", 1).isdigit() for each in numbers):
        return DOWNLOAD_DELAY, DOWNLOAD_DELAY
    return now - float(numbers[0]), float(numbers[1]) if len(numbers) > 1 else DOWNLOAD_DELAY


def _leave_time(file: int, now: float, pause: float) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, f"{now} {pause}".encode(), 0)
