"""What labels teach the reading of an engagement: `python -m benchmarks.labels REVIEWS_DIR [--draws 20]`.

On the development half of each public set, so many texts are drawn at random and one complaint of each is labelled
with what its human label accepts; the other texts are read without and with what was learnt.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audits.analysis.assign import Scored, scored
from audits.analysis.complaints import THRESHOLD
from audits.analysis.learning import fitted
from audits.analysis.lesson import LEAST, Lesson
from audits.analysis.model import model, model_version
from audits.analysis.own import Own
from audits.analysis.self_training import taught
from audits.analysis.values import Statement
from benchmarks.assign_sets import gap_rows
from benchmarks.calibration import apart
from benchmarks.findings_panels import BLANK

LABELS = (100, 300)
MOST = 0.6
"""The part of a set's texts that is labelled at most: the rest must be enough to tell."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One set: its statements with their scores, and of each its text and the gaps that the text's label accepts."""

    scored: Scored
    statements: Sequence[Statement]
    text: NDArray[np.int64]
    accepted: Array
    complains: NDArray[np.bool_]


def main() -> None:
    """Print a line a set and number of labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--draws", type=int, default=20)
    options = parser.parse_args()
    print(f"model {model_version()}, {options.draws} draws; of the other texts: given a gap, of those compatible, ECE")
    print(f"{'set':28}{'labels':>7}{'without':>22}{'with':>22}{'compatible of all':>22}{'worst draw':>12}")
    for name, accepts, everything in gap_rows(options.reviews):
        rows = [row for row in everything if not row.test]
        of = sample([row.text for row in rows], [accepts[row.label] for row in rows])
        for labels in LABELS:
            drawn = [draw(of, labels, seed) for seed in range(options.draws)]
            print(line(name, drawn), flush=True)


def sample(texts: Sequence[str], accepts: Sequence[Sequence[str]]) -> Sample:
    """The texts as an audit splits and scores them."""
    held = scored([BLANK._replace(key=str(at), text=text, rating=None) for at, text in enumerate(texts)])
    held = held.moved(taught(held))
    statements = held.read(None)
    text = np.array([int(one.review) for one in statements])
    table = np.array([[float(gap in accepted) for gap in model().gaps] for accepted in accepts])
    complains = np.array([one.complaint >= THRESHOLD for one in statements])
    return Sample(scored=held, statements=statements, text=text, accepted=table[text], complains=complains)


def draw(of: Sample, labels: int, seed: int) -> tuple[int, Array, Array]:
    """(labels, without, with) of one draw: given a gap, compatible of those, ECE, compatible of all other texts."""
    rows = np.flatnonzero(of.complains)
    first = {int(of.text[row]): int(row) for row in rows[::-1]}
    order = np.random.default_rng(seed).permutation(sorted(first))
    shown = order[: min(labels, int(len(order) * MOST))]
    at = np.array([first[int(text)] for text in shown])
    odds = np.log(np.maximum(of.scored.scores.gaps[at], LEAST)).astype(float)
    vectors = model().encoder.encode([of.statements[row].text for row in at.tolist()]).astype(float) / 127
    lesson = Lesson(head=fitted(odds, of.accepted[at], vectors), apart={}, before=0, after=0)
    others = set(of.text.tolist()) - set(shown.tolist())
    return len(shown), told(of, of.statements, others), told(of, of.scored.read(Own(lesson=lesson)), others)


def told(of: Sample, statements: Sequence[Statement], texts: set[int]) -> Array:
    """The figures of one reading over these texts: the surest gap that a text is given."""
    names = model().gaps
    best: dict[int, tuple[float, float, bool]] = {}
    for row, one in enumerate(statements):
        text = int(of.text[row])
        if text in texts and one.outside is None and one.gaps:
            gap = one.gaps[0]
            found = one.complaint * gap.confidence, gap.confidence, bool(of.accepted[row, names.index(gap.gap)])
            best[text] = max(best.get(text, found), found)
    right = [hit for _, _, hit in best.values()]
    error = apart([sure for _, sure, _ in best.values()], right)
    return np.array([len(best) / len(texts), np.mean(right), error, sum(right) / len(texts)])


def line(name: str, drawn: Sequence[tuple[int, Array, Array]]) -> str:
    """Means over the draws, and the smallest gain of any."""
    without, taught = (np.mean(each, axis=0) for each in ([one[1] for one in drawn], [one[2] for one in drawn]))
    shares = "".join(f"{'':4}{a:6.2f}{b:6.3f}{c:6.3f}" for a, b, c in (without[:3], taught[:3]))
    worst = min(float(one[2][3] - one[1][3]) for one in drawn)
    return f"{name:28}{drawn[0][0]:7}{shares}{without[3]:12.3f} to {taught[3]:5.3f}{worst:+12.3f}"


if __name__ == "__main__":
    main()
