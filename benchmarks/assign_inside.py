"""What a model trained inside an industry gets: TF-IDF and logistic regression on the set's own labels, crossvalidated.

It names one label of the set and is right where that is the human's, or where the two labels share a gap. What the
assigner, which saw no label of the set, is held against.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from benchmarks.assign_sets import Labelled

FOLDS = 5
SEED = 7


def inside(rows: Sequence[Labelled], accepts: dict[str, list[str]]) -> tuple[float, float, float]:
    """Of rows held out in five folds: right labels, those that share a gap with the right one, mean over labels."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import KFold
    from sklearn.pipeline import make_pipeline

    texts, labels = np.array([row.text for row in rows], object), np.array([row.label for row in rows], object)
    said = labels.copy()
    for train, held in KFold(FOLDS, shuffle=True, random_state=SEED).split(texts):
        words = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, max_features=20_000, sublinear_tf=True, strip_accents="unicode"
        )
        model = make_pipeline(words, LogisticRegression(C=10, max_iter=300))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            said[held] = model.fit(texts[train], labels[train]).predict(texts[held])
    same = said == labels
    near = [bool(set(accepts[one]) & set(accepts[other])) for one, other in zip(said, labels, strict=True)]
    by_label = defaultdict(list)
    for label, right in zip(labels, same, strict=True):
        by_label[label].append(right)
    return float(same.mean()), float(np.mean(near)), float(np.mean([np.mean(each) for each in by_label.values()]))
