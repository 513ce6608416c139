"""One line a stage, with counts and time; while a stage lasts longer than two seconds, a progress bar on a terminal."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

SHOW_AFTER_SECONDS = 2.0
log = logging.getLogger("telltale")


class Stage:
    """What a running stage says of itself: how far it is, and at its end what it counted."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counted = ""
        self._began = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def progress(self, done: int, total: int | None) -> None:
        """Move the bar; nothing is drawn before two seconds have passed, nor where nobody looks at a terminal."""
        if not sys.stderr.isatty() or time.monotonic() - self._began < SHOW_AFTER_SECONDS:
            return
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self.name, total=total)
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def ends(self) -> str:
        """Clear the bar; the line that stays."""
        if self._bar is not None:
            self._bar.stop()
        return f"{self.name:<9} {self.counted}  ({time.monotonic() - self._began:.1f} s)"


@contextmanager
def stage(name: str) -> Iterator[Stage]:
    """A stage of the pipeline; logs its one line when it ends well, and only clears its bar when it does not."""
    running = Stage(name)
    try:
        yield running
    except BaseException:
        running.ends()
        raise
    log.info(running.ends())


def speak(*, quiet: bool = False) -> None:
    """Let the stage lines be printed by this process: plain, on standard output (standard error when `quiet`)."""
    handler = logging.StreamHandler(sys.stderr if quiet else sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
