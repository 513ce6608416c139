"""Statements have been read part by part: of a large engagement by the workers of a Dask cluster, with the same result.

In one process two parts are on their way, so that the words of one are cut and sorted while the sentence model, which
leaves Python free, reads those of the other.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from threading import Event
from typing import Any

from prefect import flow, tags, task
from prefect.cache_policies import NO_CACHE

from audits.analysis.assign import BATCH, assign
from audits.analysis.encoder import alone
from audits.analysis.own import Own
from audits.analysis.reader import given_up
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from flows.console import Stage
from flows.settings import Settings
from flows.sweep import process_tag, untagged

LARGE = 2 * BATCH
"""New reviews from which a cluster is worth its start: below, the process of the run reads them."""
AHEAD = 16
"""Parts that are read or waiting for a worker at one time."""
HERE = 2
"""Parts that this process reads at one time."""
Keep = Callable[[Sequence[StoredReview], Sequence[Statement]], None]
Parts = Sequence[Sequence[StoredReview]]
Submit = Callable[[Sequence[StoredReview]], Any]
"""Hands a part to a reader; what comes back has its statements as `result()`."""

_asked: ContextVar[tuple[Parts, Keep, Stage, Own | None]] = ContextVar("asked")
"""What is to be read. It is no parameter of the flow, for the server keeps those and a worker is sent them: no review's
text may stand in one, and an open store cannot be sent."""


def spread(
    settings: Settings,
    unread: Sequence[StoredReview],
    keep: Keep,
    said: Stage,
    *,
    own: Own | None = None,
    large: int = LARGE,
    over: Event | None = None,
) -> None:
    """Read the reviews part by part, in their order, and hand each part to `keep` with its statements.

    A cluster reads them where one is set and there are enough. A review's statements are the same whatever is read
    beside it, so the parts put together are the whole. When `over` is set, what this process has not read is given up.
    """
    parts = [unread[at : at + BATCH] for at in range(0, len(unread), BATCH)]
    if not settings.dask or len(unread) < large:
        _here(parts, keep, said, own, over or Event())
        return
    if len(parts) == 1:
        parts = [unread[: len(unread) // 2], unread[len(unread) // 2 :]]
    asked = _asked.set((parts, keep, said, own))
    try:
        with tags(process_tag(os.getpid())):
            flow(name="read", flow_run_name="read", task_runner=_cluster(settings.dask))(_mapped)()
    finally:
        _asked.reset(asked)


def _here(parts: Parts, keep: Keep, said: Stage, own: Own | None, over: Event) -> None:
    """Read in threads of this process; where one fails or the user stops the run, no part is read to its end."""
    threads = ThreadPoolExecutor(HERE, initializer=given_up.set, initargs=(over,))
    try:
        with alone():
            _kept(parts, lambda part: threads.submit(assign, part, own=own), HERE, keep, said)
    finally:
        over.set()
        threads.shutdown(cancel_futures=True)


@untagged()
def _mapped() -> None:
    parts, keep, said, own = _asked.get()
    _kept(parts, lambda part: read.submit(list(part), own), AHEAD, keep, said)


def _kept(parts: Parts, submit: Submit, ahead: int, keep: Keep, said: Stage) -> None:
    """Some parts are on their way at a time: what was read is kept here, in this process, in order, and let go of."""
    waiting: deque[tuple[int, Any]] = deque()
    for at in range(len(parts)):
        waiting.append((at, submit(parts[at])))
        if len(waiting) > ahead:
            _taken(*waiting.popleft(), parts, keep, said)
    while waiting:
        _taken(*waiting.popleft(), parts, keep, said)


def _cluster(dask: str) -> Any:
    """That many local workers, or the cluster at that address."""
    from prefect_dask.task_runners import DaskTaskRunner

    here = {"n_workers": int(dask), "threads_per_worker": 1, "dashboard_address": None} if dask.isdecimal() else None
    return DaskTaskRunner(cluster_kwargs=here) if here else DaskTaskRunner(address=dask)


def _taken(at: int, future: Any, parts: Parts, keep: Keep, said: Stage) -> None:
    keep(parts[at], future.result())
    said.progress(at + 1, len(parts))


@task(name="read", cache_policy=NO_CACHE)
def read(part: list[StoredReview], own: Own | None) -> list[Statement]:
    """One part, in a process of the cluster."""
    return assign(part, own=own)
