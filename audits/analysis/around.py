"""What stands around a leak: who reports it, what put it right, which factor is behind it, and what copies change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from audits.analysis.factors import factor
from audits.analysis.intervals import share
from audits.analysis.panel import Mask, Panel
from audits.analysis.told import FactorSign
from audits.analysis.values import Figure, Statement

LEAST, KINDS, KNOWN = 30, 6, 0.5
"""A segment has a line from LEAST readable reviews; an attribute with 2 to KINDS of them, known for half of all."""
MOST = 2
"""Attributes that are shown."""

Segments = Mapping[str, Mapping[str, Mask]]


def segments(panel: Panel) -> Segments:
    """Attribute → value → its readable reviews, for the attributes that the data has of most reviews."""
    held: dict[str, dict[str, list[int]]] = {}
    for row, review in enumerate(panel.reviews):
        if panel.readable[row]:
            for name, value in review.attributes.items():
                held.setdefault(name, {}).setdefault(str(value), []).append(row)
    least = KNOWN * int(panel.readable.sum())
    found = {}
    for name, values in sorted(held.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0])):
        large = {value: rows for value, rows in values.items() if len(rows) >= LEAST}
        if 2 <= len(large) <= KINDS and sum(map(len, large.values())) >= max(1.0, least):
            found[name] = {value: _mask(panel, rows) for value, rows in sorted(large.items())}
    return dict(list(found.items())[:MOST])


def _mask(panel: Panel, rows: Sequence[int]) -> Mask:
    mask = np.zeros(len(panel.reviews), dtype=np.bool_)
    mask[list(rows)] = True
    return mask


def by_segment(panel: Panel, with_gap: Mask, found: Segments) -> tuple[tuple[str, str, Figure], ...]:
    """(attribute, value, share of its reviews with the gap)."""
    told = []
    for name, values in found.items():
        for value, rows in values.items():
            hit = rows & with_gap
            figure = share(int(hit.sum()), int(rows.sum()), method="segment", evidence=panel.keys(hit))
            told.append((name, value, figure))
    return tuple(told)


def righted(panel: Panel) -> Mask:
    """The reviews that say that something was put right."""
    return panel.among(lambda review: any("recovery" in one.flags for one in panel.statements[review.key]))


def recovered(panel: Panel, with_gap: Mask, said: Mask) -> Figure:
    """Of the reviews with the gap, those that say that it was put right (`said`)."""
    hit = said & with_gap
    return share(int(hit.sum()), int(with_gap.sum()), method="recovered", evidence=panel.keys(hit))


def factor_signs(said: Sequence[Statement], gap: str) -> tuple[FactorSign, ...]:
    """Which factor the words of a gap's statements point to, the most frequent first, with the rule that fired most."""
    read = [factor(one.text, gap) for one in said]
    counts = Counter(each.name for each in read)
    rules = {name: Counter(each.rule for each in read if each.name == name) for name in counts}
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(
        FactorSign(factor=name, statements=counts[name], of=len(read), rule=_first(rules[name])) for name in ranked
    )


def _first(counts: Counter[str]) -> str:
    return min(counts, key=lambda rule: (-counts[rule], rule))


def without(panel: Panel, with_gap: Mask, signalled: Mask) -> Figure | None:
    """The share without the reviews that a signal of authenticity points to; None where there is no signal."""
    kept = panel.readable & ~signalled
    if not signalled.any() or not kept.any():
        return None
    hit = with_gap & kept
    return share(int(hit.sum()), int(kept.sum()), method="signalled", evidence=panel.keys(hit))
