"""The statements of a large engagement were read by the workers of a Dask cluster, and are those of one machine."""

from __future__ import annotations

from collections.abc import Sequence
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


def spread(settings: Settings, unread: Sequence[StoredReview], said: Stage, *, large: int = LARGE) -> list[Statement]:
    """The statements of all reviews, in their order; read by a cluster where one is set and there are enough.

    A review's statements are the same whatever is read beside it, so the parts put together are the whole.
    """
    if not settings.dask or len(unread) < large:
        return assign(unread, progress=said.progress)
    parts = [list(unread[at : at + BATCH]) for at in range(0, len(unread), BATCH)]
    if len(parts) == 1:
        parts = [list(unread[: len(unread) // 2]), list(unread[len(unread) // 2 :])]
    found: list[Statement] = []
    for done, part in enumerate(_read_by(settings.dask)(whole(parts)), start=1):
        found += part
        said.progress(done, len(parts))
    return found


def _read_by(dask: str) -> Any:
    """The flow that maps reading over parts, run by a cluster of that many local workers or the one at that address."""
    from prefect_dask.task_runners import DaskTaskRunner

    here = {"n_workers": int(dask), "threads_per_worker": 1, "dashboard_address": None} if dask.isdecimal() else None
    runner: Any = DaskTaskRunner(cluster_kwargs=here) if here else DaskTaskRunner(address=dask)
    return flow(name="read", flow_run_name="read", task_runner=runner)(_mapped)


def _mapped(parts: list[list[StoredReview]]) -> list[list[Statement]]:
    return [future.result() for future in [read.submit(part) for part in parts]]


@task(name="read", cache_policy=NO_CACHE)
def read(part: list[StoredReview]) -> list[Statement]:
    """One part, in a process of the cluster."""
    return assign(part)
