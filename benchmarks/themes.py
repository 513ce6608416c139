"""Themes against people's intents: `python -m benchmarks.themes REVIEWS_DIR [--part development]`, banking77.

The 3,080 test questions, or 40 training questions of each intent, on which what can be chosen was chosen. All stand as
statements of one gap, each of a customer of its own, among tweets to airlines as what else is said. Printed: agreement
with the 77 intents (NMI, ARI) of the groups that themes are made of, with k = 77 given; of Ward's method alone on the
same vectors and on the student's; and of the themes as an audit shows them, eight a gap, what no theme takes as one
class, and of what they take alone.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from audits.analysis.encoder import Floats, encoder
from audits.analysis.matters import background_of
from audits.analysis.meaning import grouped, unit, unpacked, warded
from audits.analysis.model import model_version
from audits.analysis.reader import reader
from audits.analysis.themes import themes
from audits.analysis.values import GapScore, Statement
from benchmarks.assign_sets import banking_questions, gap_rows

GAP = "questions"
"""None of the frame: customers ask here about all that a bank does."""
INTENTS = 77


def main() -> None:
    """Print a line for each way to group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    parser.add_argument("--part", choices=("test", "development"), default="test")
    options = parser.parse_args()
    rows = banking_questions(options.reviews / "banking77", options.part)
    rows.sort(key=lambda row: digest(row.text))
    others = next(each for name, _, each in gap_rows(options.reviews) if name == "twitter_us_airline")
    texts, truth = [row.text for row in rows], [row.label for row in rows]
    print(f"model {model_version()}, {len(texts)} {options.part} questions, {len(set(truth))} intents")
    began = time.perf_counter()
    vectors = reader().vectors(texts)
    print(f"read in {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    groups, _ = grouped(vectors, INTENTS)
    print(f"grouped in {time.perf_counter() - began:.1f} s")
    told(f"groups, k = {INTENTS} given", truth, groups.tolist())
    told("Ward alone, k given", truth, warded(unpacked(vectors), INTENTS).tolist())
    told("Ward on the student's vectors, k given", truth, warded(student(texts), INTENTS).tolist())
    found = themed(texts, vectors, [row.text for row in others])
    taken = [at for at, one in enumerate(found) if one]
    print(f"{len(set(found) - {0})} themes take {len(taken) / len(texts):.2f} of the questions")
    told("themes, the rest one class", truth, found)
    told("themes, what they take", [truth[at] for at in taken], [found[at] for at in taken])


def told(name: str, truth: Sequence[str], found: Sequence[int]) -> None:
    """Print normalised mutual information and the adjusted Rand index."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    agreement = normalized_mutual_info_score(truth, found), adjusted_rand_score(truth, found)
    print(f"{name:44} NMI {agreement[0]:.3f}  ARI {agreement[1]:.3f}")


def themed(texts: Sequence[str], vectors: Sequence[str], others: Sequence[str]) -> list[int]:
    """The number of each text's largest theme; 0 where none takes it."""
    said = [
        statement(f"{at:05}", text, GAP)._replace(vector=vector)
        for at, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    elsewhere = [statement(f"other {at:05}", text, "queue") for at, text in enumerate(others)]
    authors = {one.review: one.review for one in said}
    found = [0] * len(texts)
    held = themes(gap=GAP, statements=said, background=background_of([*said, *elsewhere]), authors=authors)
    for number, theme in reversed(list(enumerate(held, start=1))):
        for review in theme.reviews:
            found[int(review)] = number
    return found


def statement(review: str, text: str, gap: str) -> Statement:
    """A complaint of the gap that a person read."""
    return Statement(
        review=review,
        content=review,
        field="text",
        start=0,
        end=len(text),
        text=text,
        complaint=1.0,
        gaps=(GapScore(gap=gap, confidence=1.0),),
        outside=None,
        model="given",
    )


def student(texts: Sequence[str]) -> Floats:
    """The student's vectors at unit length."""
    return unit(encoder().encode(list(texts)).astype(np.float32))


def digest(text: str) -> str:
    """An order that says nothing about a text, as review keys give one in an audit."""
    return sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    main()
