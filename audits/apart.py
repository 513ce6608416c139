"""Work in a process of its own beside this one, where there are two cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection
from signal import SIG_IGN, SIGINT, signal

Work = Callable[[Connection], None]


@contextmanager
def apart(work: Work, *, worth: bool = True) -> Iterator[Connection | None]:
    """A line to a process that works at its other end; None where it is not worth one, and the caller works itself.

    The process ends with the block, and where this one was killed at the next thing that it reads or writes.
    """
    if not worth or (os.cpu_count() or 1) < 2 or current_process().daemon:
        yield None
        return
    spawned = get_context("spawn")
    line, far = spawned.Pipe()
    worker = spawned.Process(target=_begun, args=(work, far), daemon=True)
    worker.start()
    far.close()
    try:
        yield line
    finally:
        worker.terminate()
        worker.join()
        line.close()


def _begun(work: Work, line: Connection) -> None:
    signal(SIGINT, SIG_IGN)  # who stops the run stops this process too, and need not read where it was
    work(line)
