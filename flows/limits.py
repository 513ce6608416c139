"""Where a Prefect server is shared, each host that is crawled has a limit of one there, for workers on any machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flows.plan import Plan
from flows.settings import Settings
from spiders.guard import host_of


def limit_name(host: str) -> str:
    """The limit's name on the server."""
    return f"telltale-host-{host}"


def one_a_host(settings: Settings, plans: Sequence[Plan]) -> list[str]:
    """Make the limits for the hosts of these plans; nothing where a run has a server of its own."""
    if not settings.api_url:
        return []
    from prefect.client.orchestration import get_client

    hosts = {
        host_of(each.url or "")
        for plan in plans
        for each in plan.listings
        if each.way == "crawl" and not each.local and each.url
    }
    names = sorted(limit_name(host) for host in hosts)
    with get_client(sync_client=True) as client:
        for name in names:
            client.upsert_global_concurrency_limit_by_name(name, limit=1)
    return names


@contextmanager
def alone_on_server(host: str) -> Iterator[None]:
    """Hold the host's limit while it is asked; where the server has none of that name, nothing is waited for."""
    from prefect.concurrency.sync import concurrency

    with concurrency(limit_name(host), occupy=1, strict=False):
        yield
