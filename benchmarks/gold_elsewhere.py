"""How precision and recall of a gap differ from trade to trade: what `audits.analysis.elsewhere` widens a range by.

Precision is told by the gold set's dev part and the verdicts on audits (`gold/read_*.tsv`): of a statement that is
given a gap, whether people found it right. Recall is told by the dev part: of a statement that people gave a gap,
whether any statement of its review is given it, since reviews are what an audit counts; and by the development halves
of the public sets, of texts whose label accepts one gap alone. A cell is one gap in one trade.
Within a gap the cells' shares are beta distributed around its mean, and the means of the gaps around one for all
(hierarchical beta-binomial, Gelman et al., Bayesian Data Analysis, 5.3).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, logsumexp

from audits.analysis.elsewhere import FILE, Beta
from benchmarks import gold_parts, gold_read
from benchmarks.gold_score import Read

Floats = NDArray[np.float64]
Cells = Mapping[tuple[str, str], tuple[int, int]]
"""(trade, gap) → (hits, misses)."""
MEANS: Floats = (np.arange(200) + 0.5) / 200
LIKE, BY = np.log(10), 0.5
"""How alike trades are within a gap (the beta's two numbers together) before anything is seen, in logarithms: few
cells have more than a handful of statements, and without a prior none would tell trades apart."""


def precision(gold: Sequence[Read], gaps: Sequence[str]) -> Cells:
    """Of every gap that is given: right or not. A fair second of a statement is right."""
    given = [(one.set, gap, gap in one.label) for one in gold for gap in one.said if gap in gaps]
    for trade, row in gold_read.given_now():
        given.append((trade, row["now"].split()[0], gold_read.right_of(row)))
    return _cells(given)


def recall(gold: Sequence[Read], gaps: Sequence[str], labelled: Cells) -> Cells:
    """Of every gap that people gave a statement: whether its review is read as having it; and what is `labelled`."""
    found = dict(_cells((one.set, gap, gap in one.beside) for one in gold for gap in one.label if gap in gaps))
    for cell, (hits, misses) in labelled.items():
        held = found.get(cell, (0, 0))
        found[cell] = held[0] + hits, held[1] + misses
    return found


def _cells(seen: Iterable[tuple[str, str, bool]]) -> Cells:
    found: dict[tuple[str, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for trade, gap, hit in seen:
        hits, misses = found[trade, gap]
        found[trade, gap] = hits + hit, misses + (not hit)
    return dict(found)


def fitted(cells: Cells, gaps: Sequence[str]) -> dict[str, Beta]:
    """Gap → the beta distribution of its share in a trade that is not among the cells."""
    from scipy.optimize import minimize

    def loss(logs: Floats) -> float:
        a, b, like = np.exp(logs)
        means, seen = _means(a, b), _likelihoods(cells, like)
        said = -sum(float(logsumexp(means + each)) for each in seen.values())
        return said + 0.5 * float((logs[2] - LIKE) / BY) ** 2

    a, b, like = np.exp(minimize(loss, np.array([0.5, 0.5, 2.0]), method="Nelder-Mead").x)
    means, seen = _means(a, b), _likelihoods(cells, like)
    return {gap: _next(means + seen.get(gap, 0.0), float(like)) for gap in gaps}


def _means(a: float, b: float) -> Floats:
    """Log weight of each of MEANS, before a gap's own cells are seen."""
    weight = (a - 1) * np.log(MEANS) + (b - 1) * np.log(1 - MEANS)
    return np.asarray(weight - logsumexp(weight))


def _likelihoods(cells: Cells, like: float) -> dict[str, Floats]:
    """Gap → log likelihood of its cells, were each of MEANS its mean."""
    found: dict[str, Floats] = defaultdict(lambda: np.zeros(len(MEANS)))
    a, b = like * MEANS, like * (1 - MEANS)
    for (_, gap), (hits, misses) in cells.items():
        found[gap] += betaln(hits + a, misses + b) - betaln(a, b)
    return found


def _next(log_weight: Floats, like: float) -> Beta:
    """The beta with mean and variance of a new trade's share."""
    weight = np.exp(log_weight - logsumexp(log_weight))
    mean = float(weight @ MEANS)
    variance = float(weight @ (MEANS * (1 - MEANS) / (like + 1) + MEANS**2)) - mean**2
    both = mean * (1 - mean) / variance - 1
    return round(mean * both, 2), round((1 - mean) * both, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What people and sets say of readings."""

    precision: Cells
    recall: Cells
    parts: Sequence[float]
    """Those that gaps have of the complaining reviews of businesses, as `gold_parts.parts` finds them."""
    businesses: int


def measured(told: Told, gaps: Sequence[str]) -> list[str]:
    """Lines to print: the share of hits over all, and by gap what is expected of a trade not read."""
    lines = [f"{'':18}{'hits':>6}{'of':>6}{'expected':>10}{'95% of trades':>18}"]
    for name, cells in (("precision", told.precision), ("recall", told.recall)):
        hits, n = (sum(each) for each in zip(*((hit, hit + miss) for hit, miss in cells.values()), strict=True))
        lines.append(f"{name:18}{hits:6}{n:6}{hits / n:10.2f}")
        lines += [_line(gap, cells, *found) for gap, found in fitted(cells, gaps).items()]
    middle, high = np.quantile(told.parts, (0.5, 0.9))
    lines.append(f"parts of the complaining reviews, {len(told.parts)} of {told.businesses} businesses:")
    return [
        *lines,
        f"  half over {middle:.2f}, a tenth over {high:.2f}; a beta density of {gold_parts.usual(told.parts)}",
    ]


def _line(gap: str, cells: Cells, a: float, b: float) -> str:
    from scipy.stats import beta

    hits, misses = (sum(each[at] for (_, of), each in cells.items() if of == gap) for at in (0, 1))
    low, high = beta.ppf((0.025, 0.975), a, b)
    return f"  {gap:16}{hits:6}{hits + misses:6}{a / (a + b):10.2f}{low:12.2f}{high:6.2f}"


def write(told: Told, gaps: Sequence[str]) -> None:
    """Keep the distributions in the package."""
    cells = {"precision": told.precision, "recall": told.recall}
    kept: dict[str, object] = {name: fitted(held, gaps) for name, held in cells.items()}
    kept["answers"] = sum(map(sum, cells["precision"].values()))
    kept["labels"] = sum(map(sum, cells["recall"].values()))
    kept["trades"] = len({trade for trade, _ in told.precision})
    kept["usual"], kept["least"], kept["businesses"] = gold_parts.usual(told.parts), gold_parts.LEAST, told.businesses
    FILE.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
