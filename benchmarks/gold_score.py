"""The model against the gold set: each statement as an audit reads it, within its review and with its stars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from audits.analysis.assign import assign_texts
from audits.analysis.labels import read_as
from audits.analysis.self_training import learnt_texts
from audits.analysis.values import Statement
from benchmarks.calibration import apart, by_chance
from benchmarks.gold_agree import NONE, OTHER, Labels
from benchmarks.gold_draw import Drawn
from benchmarks.gold_sets import Review

DRAWS = 2_000
LEAST = 5
"""Statements of a gap below which its figures are not worth reading; they are printed, in brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One statement of the gold set: what the labels say, what the model says, and how sure it is of its first gap."""

    set: str
    label: tuple[str, ...]
    said: tuple[str, ...]
    confidence: float | None = None
    complaint: float = 0.0
    beside: frozenset[str] = frozenset()
    """Every gap that any statement of the same review is given."""

    @property
    def right(self) -> bool:
        """Whether the first thing said is compatible with either label."""
        return self.said[0] in self.label


def readings(drawn: Sequence[Drawn], reviews: Iterable[Review], labels: Labels) -> list[Read]:
    """What the model says of each statement drawn, its review read as a whole, in the light of what its set is like."""
    wanted: dict[tuple[str, str, int], list[Drawn]] = defaultdict(list)
    for one in drawn:
        wanted[one.set, one.file, one.row].append(one)
    found = []
    for _, every in groupby(reviews, key=lambda review: review.set):
        held, texts = [], []
        for review in every:
            texts.append((review.title, review.text, review.stars))
            if (review.set, review.file, review.row) in wanted:
                held.append(review)
        own = learnt_texts(texts)
        told = assign_texts([(each.title, each.text, each.stars) for each in held], own=own)
        for review, statements in zip(held, told, strict=True):
            found += [read_at(one, statements, labels[one.id]) for one in wanted[review.set, review.file, review.row]]
    return found


def read_at(one: Drawn, statements: Sequence[Statement], label: tuple[str, ...]) -> Read:
    """What the model says at one place, and what it says of the review whose statements these are."""
    beside = frozenset(gap.gap for each in statements if each.outside is None for gap in each.gaps)
    return replace(_read(one, nearest(one, statements), label), beside=beside)


def nearest(one: Drawn, statements: Sequence[Statement]) -> Statement:
    """The statement that covers most of the place, should the splitting have changed since it was drawn."""
    own = [statement for statement in statements if statement.field == one.field]
    return max(own, key=lambda statement: min(statement.end, one.end) - max(statement.start, one.start))


def _read(one: Drawn, statement: Statement, label: tuple[str, ...]) -> Read:
    said = read_as(statement)
    if said[0] in ("praise", "neutral"):
        said = (NONE,)
    elif not (statement.gaps and said[0] == statement.gaps[0].gap):
        said = (OTHER,)
    sure = None if said[0] in (NONE, OTHER) else statement.gaps[0].confidence
    return Read(set=one.set, label=label, said=said, confidence=sure, complaint=statement.complaint)


def interval(hits: Sequence[bool], seed: int = 0) -> tuple[float, float]:
    """The middle 95% of the share over resampled statements."""
    rng = np.random.default_rng(seed)
    values = np.asarray(hits, float)
    low, high = np.quantile(rng.choice(values, (DRAWS, len(values))).mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def calibration(read: Sequence[Read]) -> float:
    """Expected calibration error of the confidence, where a gap is given."""
    given = [(one.confidence, one.right) for one in read if one.confidence is not None]
    return apart([sure for sure, _ in given], [right for _, right in given])


def _honest(given: Sequence[Read]) -> str:
    """What the error would be by chance alone: bands of a few statements lie apart from any share."""
    return f"(by chance {by_chance([one.confidence or 0.0 for one in given]):.3f})"


def rates(read: Sequence[Read], name: str) -> tuple[int, int, int]:
    """How many have the label, how many the model gives it, how many both: main and second alike."""
    both = sum(name in one.label and name in one.said for one in read)
    return sum(name in one.label for one in read), sum(name in one.said for one in read), both


def score(read: Sequence[Read], gaps: Sequence[str]) -> list[str]:
    """Lines to print."""
    told = [one for one in read if one.label[0] not in (NONE, OTHER)]
    given = [one for one in read if one.confidence is not None]
    lines = [
        _share("read right, of all", [one.right for one in read]),
        _share("complaint or not, of all", [(one.label[0] == NONE) == (one.said[0] == NONE) for one in read]),
        _share("compatible gap, of those with one", [one.right for one in told]),
        _share("right, of the gaps given", [one.right for one in given]),
        f"{'  wrong: another gap / vague / none':38}{_wrong(given)}",
        f"{'calibration error of the confidence':38}{len(given):5}{calibration(read):8.3f}  {_honest(given)}",
        "",
        f"{'':16}{'labels':>8}{'model':>8}{'prec':>8}{'recall':>8}{'F1':>8}",
    ]
    scored = []
    for name in (NONE, OTHER, *gaps):
        true, said, both = rates(read, name)
        if true or said:
            f1 = 2 * both / (true + said)
            few = "" if true >= LEAST else "  (few)"
            prec, rec = both / said if said else float("nan"), both / true if true else float("nan")
            lines.append(f"{name:16}{true:8}{said:8}{prec:8.2f}{rec:8.2f}{f1:8.2f}{few}")
            scored += [f1] if name in gaps and true >= LEAST else []
    lines += [f"mean F1 over {len(scored)} gaps of {LEAST} labels or more: {np.mean(scored or [np.nan]):.3f}", ""]
    return lines + _by_set(read)


def _share(name: str, hits: Sequence[bool]) -> str:
    if not hits:
        return f"{name:38}    0"
    low, high = interval(hits)
    return f"{name:38}{len(hits):5}{np.mean(hits):8.3f}  [{low:.3f}, {high:.3f}]"


def _wrong(given: Sequence[Read]) -> str:
    """What the labels say where a given gap is not among them."""
    wrong = [one.label[0] for one in given if not one.right]
    other, none = wrong.count(OTHER), wrong.count(NONE)
    return f"{len(wrong) - other - none} / {other} / {none}"


def _by_set(read: Sequence[Read]) -> list[str]:
    own: Mapping[str, list[Read]] = defaultdict(list)
    for one in read:
        own[one.set].append(one)
    lines = [f"{'':36}{'all':>6}{'right':>8}{'with a gap':>12}{'right':>8}{'given':>8}{'right':>8}"]
    for name, rows in own.items():
        told = [one.right for one in rows if one.label[0] not in (NONE, OTHER)]
        given = [one.right for one in rows if one.confidence is not None]
        right = np.mean([one.right for one in rows])
        shares = "".join(
            f"{len(hits):{wide}}{np.mean(hits) if hits else np.nan:8.2f}" for hits, wide in ((told, 12), (given, 8))
        )
        lines.append(f"{name:36}{len(rows):6}{right:8.2f}{shares}")
    return lines
