"""The statements of a large engagement were read by the workers of a Dask cluster, and are those of one machine."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from audits.analysis.assign import BATCH, assign
from audits.analysis.values import Statement
from audits.store.records import StoredReview
from flows.console import Stage
from flows.settings import Settings
from flows.whole import whole

LARGE = 2 * BATCH
"""New reviews from which a cluster is worth its start: below, the process of the run reads them."""
AHEAD = 16
"""Parts that are read or waiting for a worker at one time."""
Keep = Callable[[Sequence[StoredReview], Sequence[Statement]], None]


def spread(settings: Settings, unread: Sequence[StoredReview], keep: Keep, said: Stage, *, large: int = LARGE) -> None:
    """Read the reviews part by part, in their order, and hand each part to `keep` with its statements.

    A cluster reads them where one is set and there are enough. A review's statements are the same whatever is read
    beside it, so the parts put together are the whole.
    """
    if not settings.dask or len(unread) < large:
        for at in range(0, len(unread), BATCH):
            part = unread[at : at + BATCH]
            keep(part, assign(part))
            said.progress(at + len(part), len(unread))
        return
    parts = [unread[at : at + BATCH] for at in range(0, len(unread), BATCH)]
    if len(parts) == 1:
        parts = [unread[: len(unread) // 2], unread[len(unread) // 2 :]]
    _read_by(settings.dask)(whole(parts), whole(keep), whole(said))


def _read_by(dask: str) -> Any:
    """The flow that maps reading over parts, run by a cluster of that many local workers or the one at that address."""
    from prefect_dask.task_runners import DaskTaskRunner

    here = {"n_workers": int(dask), "threads_per_worker": 1, "dashboard_address": None} if dask.isdecimal() else None
    runner: Any = DaskTaskRunner(cluster_kwargs=here) if here else DaskTaskRunner(address=dask)
    return flow(name="read", flow_run_name="read", task_runner=runner)(_mapped)


def _mapped(parts: Sequence[Sequence[StoredReview]], keep: Keep, said: Stage) -> None:
    """Some parts are on their way at a time: what was read is kept here, in this process, and let go of."""
    waiting: deque[tuple[int, Any]] = deque()
    for at in range(len(parts)):
        waiting.append((at, read.submit(list(parts[at]))))
        if len(waiting) > AHEAD:
            _taken(*waiting.popleft(), parts, keep, said)
    while waiting:
        _taken(*waiting.popleft(), parts, keep, said)


def _taken(at: int, future: Any, parts: Sequence[Sequence[StoredReview]], keep: Keep, said: Stage) -> None:
    keep(parts[at], future.result())
    said.progress(at + 1, len(parts))


@task(name="read", cache_policy=NO_CACHE)
def read(part: list[StoredReview]) -> list[Statement]:
    """One part, in a process of the cluster."""
    return assign(part)
