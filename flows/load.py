"""What a workspace's crawls ask of each host in a day has been added up; what does not fit a day is refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

DAY_SECONDS = 20 * 3600.0
"""What of a day one host is asked at most: the rest is for retries, slow pages and a night that began late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one engagement's run asks of one host: seconds a run, and days between runs."""

    engagement: str
    host: str
    seconds: float
    days: float


def refusals(works: Sequence[Work], day_seconds: float = DAY_SECONDS) -> Mapping[str, str]:
    """Engagement → why its rhythm cannot be kept, and which can. Those that fit, in the order of names, are kept."""
    by_host: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        by_host[work.host].append(work)
    refused: dict[str, str] = {}
    for host, asked in sorted(by_host.items()):
        wanted = sum(work.seconds / work.days for work in asked)
        if wanted <= day_seconds:
            continue
        says = _sentence(host, asked, wanted, day_seconds)
        taken = 0.0
        for work in sorted(asked, key=lambda each: each.engagement):
            if taken + work.seconds / work.days <= day_seconds:
                taken += work.seconds / work.days
            else:
                refused.setdefault(work.engagement, says)
    return refused


def _sentence(host: str, asked: Sequence[Work], wanted: float, day_seconds: float) -> str:
    days = ceil(sum(work.seconds for work in asked) / day_seconds)
    rhythm = next((name for name, span in (("week", 7), ("month", 30)) if days <= span), None)
    kept = f'every {days} days can be kept: [schedule] every = "{rhythm}"' if rhythm else f"{days} days are needed"
    return (
        f"{len(asked)} engagements ask {host} for {wanted / 3600:.1f} h a day, and it is asked for "
        f"{day_seconds / 3600:.0f} h at most; {kept}"
    )
