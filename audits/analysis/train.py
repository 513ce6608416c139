"""Make the heads again from what the project wrote: `python -m audits.analysis.train`. Same bank, same bytes.

Reads `bank/*.tsv`, `bank/stories` and `data/encoder.npz`, writes `data/heads.npz`. A head is a mean of two: what the
encoder was taught to answer (`distil`), and a logistic head fitted here to what is written as it is today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audits.analysis.encoder import DATA, FILE, encoder
from audits.analysis.model import KINDS, OUTSIDE

BANK = Path(__file__).parent / "bank"
FOLDS = 5
SEED = 7
KIND_C, GAP_C = 0.05, 0.05
FITTED = {"kind": 0.25, "gap": 0.5}
"""The share of the head fitted here; the rest is what the encoder was taught. Chosen on the development halves."""
SHARES = {"complaint": 0.4, "praise": 0.35, "neutral": 0.25}
"""How much of the fitted head's attention goes to each kind, whatever the bank holds of it."""
TEMPERATURE = {"kind": 1.0, "gap": 0.85}
"""The encoder has seen the bank, so held-out trades flatter it: these are set on the development halves instead."""
CAUTION = 0.6
"""Taken from the log-odds of complaint: the bank holds far more complaints than reviews do."""
ABSTAIN = 0.26
"""Confidence under which a complaint is given no gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the bank."""

    label: str
    industry: str
    text: str

    @property
    def kind(self) -> str:
        if self.label.startswith("praise"):
            return "praise"
        return "neutral" if self.label == "neutral" else "complaint"

    @property
    def gaps(self) -> tuple[str, ...]:
        """The gaps that the line is about, praised or failed."""
        name = self.label.removeprefix("praise:")
        return () if name in ("praise", "neutral") else tuple(name.split("+"))


@lru_cache(maxsize=2)
def bank(folder: Path = BANK) -> tuple[Row, ...]:
    """Every statement of the bank, in the order of file names and lines."""
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            label, industry, text = line.split("\t")[:3]
            rows.append(Row(label=label, industry=industry, text=text))
    return tuple(rows)


@lru_cache(maxsize=1)
def told(folder: Path = BANK / "stories") -> tuple[tuple[Row, ...], ...]:
    """Every invented review, statement by statement; a file holds those of a trade."""
    found: list[tuple[Row, ...]] = []
    for path in sorted(folder.glob("*.tsv")):
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
        for _, review in groupby(lines, key=lambda line: line[0]):
            found.append(tuple(Row(label=label, industry=path.stem, text=text) for _, label, text in review))
    return tuple(found)


@lru_cache(maxsize=1)
def everything() -> tuple[Row, ...]:
    """The bank, and after it the statements of the invented reviews."""
    return (*bank(), *(row for review in told() for row in review))


def fit(rows: NDArray[Any], labels: Sequence[str], weights: NDArray[Any], c: float) -> Any:
    """A multinomial logistic head."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=c, max_iter=400, random_state=SEED).fit(rows, list(labels), sample_weight=weights)


def temperature(logits: NDArray[Any], truth: NDArray[Any], weights: NDArray[Any]) -> float:
    """What the logits are divided by so that held-out rows are most likely."""
    from scipy.optimize import minimize_scalar
    from scipy.special import logsumexp

    def loss(log_t: float) -> float:
        scaled = logits / np.exp(log_t)
        return float(((logsumexp(scaled, axis=1) - scaled[np.arange(len(truth)), truth]) * weights).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))


def head(
    name: str, rows: NDArray[Any], labels: Sequence[str], weights: NDArray[Any], trades: Sequence[str], c: float
) -> tuple[dict[str, Any], list[str], float]:
    """The arrays of one head, its classes, and its accuracy on held-out trades."""
    from sklearn.model_selection import GroupKFold

    classes = sorted(set(labels))
    truth = np.array([classes.index(label) for label in labels])
    held = np.zeros((len(rows), len(classes)))
    for train, test in GroupKFold(n_splits=FOLDS).split(rows, groups=list(trades)):
        fitted = fit(rows[train], [labels[i] for i in train], weights[train], c)
        held[np.ix_(test, [classes.index(one) for one in fitted.classes_])] = fitted.decision_function(rows[test])
    whole = fit(rows, labels, weights, c)
    mixed, bias = _mixed(name, whole, classes)
    scale = np.abs(mixed).max(axis=1) / 127
    arrays = {
        f"{name}_weights": np.rint(mixed / scale[:, None]).astype(np.int8).T,
        f"{name}_scale": (scale / 127).astype(np.float32),
        f"{name}_bias": bias.astype(np.float32),
        f"{name}_temperature": np.float32(TEMPERATURE.get(name) or temperature(held, truth, weights)),
    }
    right = float(((held.argmax(axis=1) == truth) * weights).sum() / weights.sum())
    return arrays, classes, right


def _mixed(name: str, fitted: Any, classes: list[str]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Weights and bias: the mean of the fitted head and of what the encoder was taught, where it was taught this."""
    share = FITTED.get(name, 1.0)
    weights, bias = fitted.coef_ * share, fitted.intercept_ * share
    if share < 1:
        with np.load(FILE) as arrays:
            at = [arrays["answer_classes"].tolist().index(one) for one in classes]
            weights = weights + arrays["answer"].T[at] * (1 - share)
            bias = bias + arrays["answer_bias"][at] * (1 - share)
    if name == "kind":
        bias = bias - CAUTION * np.array([one == "complaint" for one in classes])
    return weights, bias


def _ordered(arrays: dict[str, Any], name: str, classes: list[str], order: Sequence[str]) -> dict[str, Any]:
    """The head's columns in the order asked for; a class that it never saw gets none of the probability."""
    found = dict(arrays)
    for part, absent in (("weights", 0), ("scale", 1), ("bias", -30)):
        old = arrays[f"{name}_{part}"]
        columns = [old[..., classes.index(one)] if one in classes else np.full(old.shape[:-1], absent) for one in order]
        found[f"{name}_{part}"] = np.stack(columns, axis=-1).astype(old.dtype)
    return found


def _one_a_gap(
    rows: Sequence[Row], keep: Sequence[int], weight: float = 1.0
) -> tuple[list[int], list[str], list[float]]:
    """A line of two gaps stands once for each, at half the weight."""
    at, labels, weights = [], [], []
    for number in keep:
        for gap in rows[number].gaps:
            at.append(number)
            labels.append(gap)
            weights.append(weight / len(rows[number].gaps))
    return at, labels, weights


def train() -> dict[str, float]:
    """Fit and write the heads; the accuracies on held-out trades."""
    rows = everything()
    vectors = encoder().encode([row.text for row in rows]).astype(np.float64) / 127
    trades = [row.industry for row in rows]
    gaps = sorted({gap for row in rows for gap in row.gaps} - set(OUTSIDE)) + list(OUTSIDE)

    kinds = [row.kind for row in rows]
    count = {kind: kinds.count(kind) for kind in KINDS}
    even = np.array([SHARES[kind] / count[kind] * len(rows) for kind in kinds])
    arrays, classes, kind_right = head("kind", vectors, kinds, even, trades, KIND_C)
    out = _ordered(arrays, "kind", classes, KINDS)

    complaints = [i for i, row in enumerate(rows) if row.kind == "complaint"]
    praised = [i for i, row in enumerate(rows) if row.kind == "praise" and row.gaps]
    at, labels, weights = _one_a_gap(rows, complaints)
    arrays, classes, gap_right = head("gap", vectors[at], labels, np.array(weights), [trades[i] for i in at], GAP_C)
    out |= _ordered(arrays, "gap", classes, gaps)

    real = [i for i in complaints if not set(rows[i].gaps) & set(OUTSIDE)]
    more, more_labels, more_weights = _one_a_gap(rows, real, 0.3)
    at, labels, weights = _one_a_gap(rows, praised)
    at, labels, weights = at + more, labels + more_labels, weights + more_weights
    arrays, classes, praise_right = head(
        "praise", vectors[at], labels, np.array(weights), [trades[i] for i in at], GAP_C
    )
    out |= _ordered(arrays, "praise", classes, gaps)

    np.savez(DATA / "heads.npz", gaps=np.array(gaps), abstain=np.float32(ABSTAIN), **out)
    return {"statements": len(rows), "kind": kind_right, "gap": gap_right, "praised gap": praise_right}


if __name__ == "__main__":
    for name, value in train().items():
        print(f"{name}: {value:.3f}")
