"""The statements of a large engagement were read by the workers of a Dask cluster, and are those of one machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from audits.analysis.assign import BATCH, assign
from audits.analysis.lesson import Lesson
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from flows.console import Stage
from flows.settings import Settings

LARGE = 2 * BATCH
"""New reviews from which a cluster is worth its start: below, the process of the run reads them."""
AHEAD = 16
"""Parts that are read or waiting for a worker at one time."""
Keep = Callable[[Sequence[StoredReview], Sequence[Statement]], None]
Parts = Sequence[Sequence[StoredReview]]

_asked: ContextVar[tuple[Parts, Keep, Stage, Lesson | None]] = ContextVar("asked")
"""What is to be read. It is no parameter of the flow, for the server keeps those and a worker is sent them: no review's
text may stand in one, and an open store cannot be sent."""


def spread(
    settings: Settings,
    unread: Sequence[StoredReview],
    keep: Keep,
    said: Stage,
    *,
    lesson: Lesson | None = None,
    large: int = LARGE,
) -> None:
    """Read the reviews part by part, in their order, and hand each part to `keep` with its statements.

    A cluster reads them where one is set and there are enough. A review's statements are the same whatever is read
    beside it, so the parts put together are the whole.
    """
    if not settings.dask or len(unread) < large:
        for at in range(0, len(unread), BATCH):
            part = unread[at : at + BATCH]
            keep(part, assign(part, lesson=lesson))
            said.progress(at + len(part), len(unread))
        return
    parts = [unread[at : at + BATCH] for at in range(0, len(unread), BATCH)]
    if len(parts) == 1:
        parts = [unread[: len(unread) // 2], unread[len(unread) // 2 :]]
    asked = _asked.set((parts, keep, said, lesson))
    try:
        flow(name="read", flow_run_name="read", task_runner=_cluster(settings.dask))(_mapped)()
    finally:
        _asked.reset(asked)


def _mapped() -> None:
    """Some parts are on their way at a time: what was read is kept here, in this process, and let go of."""
    parts, keep, said, lesson = _asked.get()
    waiting: deque[tuple[int, Any]] = deque()
    for at in range(len(parts)):
        waiting.append((at, read.submit(list(parts[at]), lesson)))
        if len(waiting) > AHEAD:
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
def read(part: list[StoredReview], lesson: Lesson | None) -> list[Statement]:
    """One part, in a process of the cluster."""
    return assign(part, lesson=lesson)
