"""Which neighbours in the ranking of leaks their intervals do not tell apart: ties are said to be ties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt

from audits.analysis.intervals import z_of
from audits.analysis.panel import Panel
from audits.analysis.stars import Attribution
from audits.analysis.values import Leak, NotObservable

Tied = Callable[[str, str], bool]


def ties(panel: Panel, stars: Attribution | NotObservable, ranked: Sequence[Leak]) -> tuple[tuple[str, ...], ...]:
    """Groups of neighbours, each tied with the first of its group: by stars where there are stars, else by share."""

    def by_share(first: str, second: str) -> bool:
        return shares_tied(panel, first, second)

    tied: Tied = by_share if isinstance(stars, NotObservable) else stars.tied
    groups: list[list[str]] = []
    for leak in ranked:
        if groups and tied(groups[-1][0], leak.gap):
            groups[-1].append(leak.gap)
        else:
            groups.append([leak.gap])
    return tuple(tuple(group) for group in groups if len(group) > 1)


def shares_tied(panel: Panel, first: str, second: str) -> bool:
    """Whether two shares of the same reviews differ within chance: reviews with one of the two tell (McNemar 1947)."""
    one, other = panel.hits[:, panel.column(first)], panel.hits[:, panel.column(second)]
    only_first, only_second = int((one & ~other).sum()), int((other & ~one).sum())
    return abs(only_first - only_second) <= z_of(0.95) * sqrt(only_first + only_second)
