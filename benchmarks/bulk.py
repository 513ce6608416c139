"""How fast and how well statements are read in bulk: `python -m benchmarks.bulk REVIEWS_DIR`.

Text of the insurance reviews, from raw text to complaint, gap, severity and flags, by both stages, and in bulk on one
core and on two. In bulk the student reads alone, after both stages have read some statements of the same audit and
taught it; the time for that is printed beside it. Then, of development rows of two public sets, the part whose gap is
compatible with the human label: by the student as it is, by both stages, and by the student that was taught.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audits.analysis import text
from audits.analysis.adaptation import SHOWN, adapted
from audits.analysis.assign import BATCH, assign_texts
from audits.analysis.model import Model, model, model_version
from benchmarks.assign import best_gap
from benchmarks.assign_sets import gap_rows

CORES = 2
BOTH_STAGES = 500
JUDGED = ("twitter_us_airline", "nhs_pxtextmining")
ROWS, LESSON, SEED = 800, 1_000, 7
"""Development rows that are judged, and the statements of them that teach the student."""
Text = tuple[str | None, str | None, float | None]
_TAUGHT: list[tuple[Model, str]] = []


def main() -> None:
    """Print statements a second each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--most", type=int, default=12_000)
    options = parser.parse_args()
    texts = insurance(options.reviews)[: options.most]
    print(f"model {model_version()}, {len(texts)} reviews")
    timed("both stages", texts[:BOTH_STAGES], None)
    pieces = [said[start:end] for _, said, _ in texts if said for start, end in text.split(said)]
    began = time.perf_counter()
    taught = adapted(pieces)
    print(f"taught on {min(SHOWN, len(pieces))} statements: {time.perf_counter() - began:.1f} s")
    timed("bulk, one core", texts, taught)
    _TAUGHT.append(taught)  # the processes are forked: each has the student that was taught, and is sent texts alone
    parts = [texts[at : at + BATCH] for at in range(0, len(texts), BATCH)]
    with multiprocessing.get_context("fork").Pool(CORES) as pool:
        pool.map(_count, parts[:CORES], chunksize=1)
        began = time.perf_counter()
        count = sum(pool.imap_unordered(_count, parts))
    print(f"bulk, {CORES} cores: {count} statements, {count / (time.perf_counter() - began):,.0f} a second")
    right(options.reviews)


def right(folder: Path) -> None:
    """Print how many of ROWS development rows of each set are given a compatible gap, read each way."""
    for name, accepts, rows in gap_rows(folder):
        if name not in JUDGED:
            continue
        held = [row for row in rows if not row.test]
        chosen = random.Random(SEED).sample(held, min(ROWS, len(held)))
        texts = [row.text for row in chosen]
        taught, _ = adapted([one[a:b] for one in texts for a, b in text.split(one)], LESSON)
        ways = {"student": model(), "both stages": None, "student taught": taught}
        shares = []
        for way, alone in ways.items():
            hits = [gap in accepts[row.label] for row, (gap, _) in zip(chosen, best_gap(texts, alone), strict=True)]
            shares.append(f"{way} {np.mean(hits):.3f}")
        print(f"{name}, {len(texts)} rows: {', '.join(shares)}")


def insurance(folder: Path) -> list[Text]:
    """Title, text and stars of every insurance review."""
    found: list[Text] = []
    for path in sorted((folder / "trustpilot_pet_insurance").glob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            found += [(row["title"], row["text"], float(row["rating"])) for row in csv.DictReader(file) if row["text"]]
    return found


def timed(name: str, texts: Sequence[Text], taught: tuple[Model, str] | None) -> None:
    """Read them all and print how fast."""
    assign_texts(texts[:50], taught)
    began, used = time.perf_counter(), time.process_time()
    count = sum(len(each) for each in assign_texts(texts, taught))
    wall, worked = time.perf_counter() - began, time.process_time() - used
    print(
        f"{name}: {count} statements, {count / wall:,.0f} a second ({count / worked:,.0f} a second of processor time)"
    )


def _count(texts: Sequence[Text]) -> int:
    return sum(len(each) for each in assign_texts(texts, _TAUGHT[-1]))


if __name__ == "__main__":
    main()
