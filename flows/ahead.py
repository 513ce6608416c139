"""New reviews are read while those that are held are loaded and graded: most of reading leaves Python free.

What is read ahead is kept as any reading is, part by part. What was not, because it is too much or because something
broke, is read in its turn (`read_anew`), which then tells what broke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from audits.analysis.assign import opened
from audits.analysis.reader import given_up
from audits.report.cover import SourceLine
from audits.store.store import Store
from flows.analyse import as_of, read_anew
from flows.console import Stage
from flows.learn import learn
from flows.needed import needed
from flows.plan import Plan


class _Unseen(Stage):
    """A stage of which nothing is shown: another one has the line."""

    def progress(self, done: int, total: int | None) -> None:
        pass


class Ahead:
    """Reads new reviews of one engagement in a thread of its own, once it has begun; until `over` is set."""

    def __init__(self, plan: Plan, store: Store, thread: ThreadPoolExecutor, over: Event) -> None:
        self._plan, self._store, self._thread, self._over = plan, store, thread, over
        self._reading: Future[int] | None = None
        self.learnt = ""
        """What was learnt before reading, for the run's line."""

    def begin(self, keys: Sequence[str], sources: Sequence[SourceLine]) -> None:
        """Read the reviews with these keys, as far as the audit of these sources needs them.

        Where a refit or a cluster is to read, only load what reads.
        """
        self._reading = self._thread.submit(self._read, keys, sources)

    def ended(self) -> int:
        """Wait for it; how many reviews it has read."""
        return 0 if self._reading is None or self._reading.exception() else self._reading.result()

    def _read(self, keys: Sequence[str], sources: Sequence[SourceLine]) -> int:
        opened()
        if self._plan.refit or self._plan.settings.dask:
            return 0
        self.learnt = learn(self._plan, self._store)
        new = self._store.reviews(self._plan.name, keys)
        new = needed(self._plan, self._store, as_of(self._plan, sources, new), new)
        return read_anew(self._plan, self._store, new, _Unseen("analyse"), over=self._over)


@contextmanager
def ahead(plan: Plan, store: Store) -> Iterator[Ahead]:
    """What reads ahead in the block; where that breaks off, it does too."""
    over = Event()
    with ThreadPoolExecutor(1, initializer=given_up.set, initargs=(over,)) as thread:
        try:
            yield Ahead(plan, store, thread, over)
        except BaseException:
            over.set()
            raise
