"""Runs that a killed process left `Running` are marked crashed when the next one starts; what still runs is left alone.

A run carries a tag that names its process: this machine, the process id and when that process began. The `telltale`
command gives it to what it starts; a run that a Prefect worker started gives it to itself, since a killed worker
looks after nothing.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "telltale-process"
SAYS = "The process of this run is gone: it was killed, or the machine went down. Start the same command again."


@contextmanager
def owned() -> Iterator[None]:
    """Crash what is stale, then let every run that is made inside carry this process's tag."""
    from prefect import tags

    sweep()
    with tags(process_tag(os.getpid())):
        yield


@contextmanager
def untagged() -> Iterator[None]:
    """What a flow starts inside carries no tag: for each tag of a task Prefect asks the server whether it may run."""
    from prefect.context import TagsContext

    with TagsContext(current_tags=set()):
        yield


def adopted() -> None:
    """At the beginning of a flow that a worker started: crash what is stale, then carry this process's tag."""
    from prefect.client.orchestration import get_client
    from prefect.context import FlowRunContext

    context, tag = FlowRunContext.get(), process_tag(os.getpid())
    run = context.flow_run if context else None
    if run is None or tag in run.tags:
        return
    sweep()
    with get_client(sync_client=True) as client:
        # A retry, or a run that another worker takes up again, belongs to the process that has it now.
        kept = {each for each in run.tags if not each.startswith(PREFIX)}
        client.update_flow_run(run.id, tags={*kept, tag})


def sweep() -> int:
    """Mark every unfinished run of a process of this machine that is gone as crashed; how many flow runs that were."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterId,
        FlowRunFilterState,
        FlowRunFilterStateType,
        TaskRunFilter,
        TaskRunFilterState,
        TaskRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    unfinished = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING, StateType.PAUSED]
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=unfinished)))
        )
        stale = [run.id for run in found if any(gone(tag) for tag in run.tags)]
        for run in stale:
            tasks = client.read_task_runs(
                flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run])),
                task_run_filter=TaskRunFilter(state=TaskRunFilterState(type=TaskRunFilterStateType(any_=unfinished))),
            )
            for task in tasks:
                client.set_task_run_state(task.id, Crashed(message=SAYS), force=True)
            client.set_flow_run_state(run, Crashed(message=SAYS), force=True)
    return len(stale)


def process_tag(process: int) -> str:
    """The tag of a process of this machine."""
    return f"{PREFIX}:{socket.gethostname()}:{process}:{_began(process)}"


def gone(tag: str) -> bool:
    """Whether a tag names a process of this machine that has ended; of another machine nothing is known."""
    kind, _, rest = tag.partition(":")
    host, _, process = rest.partition(":")
    number = process.partition(":")[0]
    if kind != PREFIX or host != socket.gethostname() or not number.isdigit():
        return False
    return not _alive(int(number)) or tag != process_tag(int(number))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _began(process: int) -> str:
    """When the process began, in the kernel's ticks, so that a number used again is told apart; "" if not known."""
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return said.rpartition(")")[2].split()[19]
