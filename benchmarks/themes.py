"""Themes against people's intents: `python -m benchmarks.themes REVIEWS_DIR`, the 3,080 test questions of banking77.

All questions stand as statements of one gap, each of a customer of its own, among tweets to airlines as what else is
said. Printed: agreement with the 77 intents (NMI, ARI) of the themes as the audit finds them, what no theme takes as
one class; of what they take alone; and of Ward's method with k = 77 given on the student's vectors. An audit shows a
few themes a gap, so the first two say what those few are worth, the last how much lies in the vectors.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audits.analysis.clusters import background_of
from audits.analysis.encoder import encoder
from audits.analysis.model import model_version
from audits.analysis.themes import themes
from audits.analysis.values import GapScore, Statement
from benchmarks.assign_sets import banking_test, gap_rows

GAP = "digital"
INTENTS = 77


def main() -> None:
    """Print a line for each way to group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path)
    folder = parser.parse_args().reviews
    rows = banking_test(folder / "banking77")
    others = next(each for name, _, each in gap_rows(folder) if name == "twitter_us_airline")
    texts, truth = [row.text for row in rows], [row.label for row in rows]
    print(f"model {model_version()}, {len(texts)} questions, {len(set(truth))} intents")
    found = themed(texts, [row.text for row in others])
    taken = [at for at, one in enumerate(found) if one]
    print(f"{len(set(found) - {0})} themes take {len(taken) / len(texts):.2f} of the questions")
    told("themes, the rest one class", truth, found)
    told("themes, what they take", [truth[at] for at in taken], [found[at] for at in taken])
    told(f"Ward on the student's vectors, k = {INTENTS}", truth, ward(texts))


def told(name: str, truth: Sequence[str], found: Sequence[int]) -> None:
    """Print normalised mutual information and the adjusted Rand index."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    agreement = normalized_mutual_info_score(truth, found), adjusted_rand_score(truth, found)
    print(f"{name:44} NMI {agreement[0]:.3f}  ARI {agreement[1]:.3f}")


def themed(texts: Sequence[str], others: Sequence[str]) -> list[int]:
    """The number of each text's largest theme; 0 where none takes it."""
    said = [statement(f"{at:05}", text, GAP) for at, text in enumerate(texts)]
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


def ward(texts: Sequence[str]) -> list[int]:
    """Clusters of the student's vectors at unit length, as many as there are intents."""
    from sklearn.cluster import AgglomerativeClustering

    vectors = encoder().encode(list(texts)).astype(np.float64)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    found: list[int] = AgglomerativeClustering(n_clusters=INTENTS, linkage="ward").fit_predict(vectors).tolist()
    return found


if __name__ == "__main__":
    main()
