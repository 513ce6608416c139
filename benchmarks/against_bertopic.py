"""Assigning and theming against BERTopic: `python -m benchmarks.against_bertopic REVIEWS_DIR --python PYTHON`.

The 9,178 complaints to airlines. PYTHON is the interpreter of an environment that holds BERTopic, which pulls torch and
so never stands beside the audit's own packages; benchmarks/README.md says how to make one. Each side is warmed up on
1,000 tweets that complain of nothing, then timed from raw text on: here splitting, complaint, gap and themes, there
`BERTopic().fit_transform` with its defaults and all-MiniLM-L6-v2, embedding included. Printed for each: seconds,
classes and agreement (NMI) with the reasons that people gave; what has no class (there an outlier, here no gap) is one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from audits.analysis.assign import Text, assign_texts
from audits.analysis.complaints import THRESHOLD
from audits.analysis.heard import is_complaint
from audits.analysis.matters import background_of
from audits.analysis.model import model_version
from audits.analysis.self_training import learnt_texts
from audits.analysis.themes import themes
from audits.analysis.values import Statement
from benchmarks.assign_sets import airline_tweets

WARM = 1_000
SIDE = Path(__file__).parent / "bertopic_side.py"


def main() -> None:
    """Print both sides, each alone on the machine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--python", type=Path, required=True, help="interpreter of an environment with BERTopic")
    parser.add_argument(
        "--model", default="all-MiniLM-L6-v2", help="name or folder of MiniLM, as that environment has it"
    )
    options = parser.parse_args()
    complaints, others = airline_tweets(options.reviews / "twitter_us_airline")
    texts, truth = [row.text for row in complaints], [row.label for row in complaints]
    warm = [row.text for row in others[:WARM]]
    print(f"{len(texts)} complaints, {len(set(truth))} reasons; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    theirs = asked(options.python, options.model, texts, warm)
    told(f"BERTopic {theirs.version}", theirs.seconds, truth, theirs.topics)
    themed(warm)
    began = time.perf_counter()
    gaps, both = themed(texts)
    ours = time.perf_counter() - began
    told(f"gap and theme, model {model_version()}", ours, truth, both)
    told("gap alone", ours, truth, gaps)
    print(f"{theirs.seconds / ours:.1f} times as fast")


def told(name: str, seconds: float, truth: Sequence[str], found: Sequence[object]) -> None:
    """Print a line for one side."""
    from sklearn.metrics import normalized_mutual_info_score

    classes = [str(each) for each in found]
    agreement = normalized_mutual_info_score(truth, classes)
    print(f"{name:34} {seconds:6.1f} s  {len(set(classes)):4} classes  NMI {agreement:.3f}", flush=True)


class Answer(NamedTuple):
    """What BERTopic's side says: its version, the seconds it took, and the topic of each text."""

    version: str
    seconds: float
    topics: list[int]


def asked(python: Path, model: str, texts: Sequence[str], warm: Sequence[str]) -> Answer:
    """What the other environment answers."""
    with tempfile.TemporaryDirectory() as folder:
        given, answer = Path(folder) / "given.json", Path(folder) / "answer.json"
        given.write_text(json.dumps({"model": model, "texts": texts, "warm": warm}), encoding="utf-8")
        subprocess.run([python, SIDE, given, answer], check=True)
        return Answer(**json.loads(answer.read_text(encoding="utf-8")))


def themed(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The gap of each text's surest complaint, and that gap with its theme, from raw text on."""
    rows: list[Text] = [(None, text, None) for text in texts]
    said = assign_texts(rows, own=learnt_texts(rows))
    every = [one for own in said for one in own]
    by_gap: dict[str, list[Statement]] = defaultdict(list)
    for one in every:
        if is_complaint(one, THRESHOLD):
            for score in one.gaps:
                by_gap[score.gap].append(one)
    background = background_of(every)
    authors = {str(row): None for row in range(len(texts))}
    held: dict[tuple[str, str], str] = {}
    for gap, own in by_gap.items():
        for theme in themes(gap=gap, statements=own, background=background, authors=authors):
            held.update({(review, gap): theme.id for review in theme.reviews if (review, gap) not in held})
    gaps = [_surest(own) for own in said]
    return gaps, [f"{gap} {held.get((str(row), gap), '')}" for row, gap in enumerate(gaps)]


def _surest(own: Sequence[Statement]) -> str:
    """The gap that the text complains of most surely, empty where of none."""
    scores = [score for one in own if is_complaint(one, THRESHOLD) for score in one.gaps]
    return max(scores, key=lambda score: (score.confidence, score.gap)).gap if scores else ""


if __name__ == "__main__":
    main()
