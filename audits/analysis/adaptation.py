"""The student's heads, taught on some statements of one audit by both stages, for reading the rest in bulk.

A ridge regression (Hoerl and Kennard 1970) from the student's vectors to what both stages say beyond the student.
Made once a full pass and used unchanged until the next: its digest stands in the version of what it reads.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence

import numpy as np

from audits.analysis.encoder import Floats
from audits.analysis.model import KINDS, Head, Model, model
from audits.analysis.reader import scores

SHOWN = 3_000
"""Statements that both stages read for it."""
SEED = 7
RIDGE = 10.0
"""Chosen on the development halves of the airline and NHS sets among 3, 10, 30, 100 and 300."""
LEAST = 1e-3


def adapted(texts: Sequence[str], shown: int = SHOWN) -> tuple[Model, str]:
    """A student taught on a sample of the statements, and the digest of what it learnt; the same for any order."""
    known = sorted(set(texts))
    sample = random.Random(SEED).sample(known, min(shown, len(known)))  # noqa: S311  a draw, not a secret
    student = model()
    if not sample:
        return student, ""
    still = np.zeros(len(sample), np.float32)
    rows = student.encoder.encode(sample).astype(np.float32)
    alone, both = student.scores(sample, still), scores(sample, still)
    complains = both.kinds[:, KINDS.index("complaint")]
    kind = _moved(student.kind, rows, _beyond(both.kinds, alone.kinds), np.ones(len(sample), np.float32))
    gap = _moved(student.gap, rows, _beyond(both.gaps, alone.gaps), complains)
    digest = hashlib.sha256(b"".join(part.tobytes() for head in (kind, gap) for part in (head.weights, head.bias)))
    taught = Model(student.encoder, student.gaps, student.abstain, (kind, gap, student.praise))
    return taught, digest.hexdigest()[:12]


def _beyond(both: Floats, alone: Floats) -> Floats:
    """What both stages say beyond the student, in log-odds, with no say about the sum of a row."""
    apart: Floats = np.log(np.maximum(both, LEAST)) - np.log(np.maximum(alone, LEAST))
    found: Floats = apart - apart.mean(axis=1, keepdims=True)
    return found


def _moved(head: Head, rows: Floats, beyond: Floats, weight: Floats) -> Head:
    """The head with the regression added, in whole numbers again so that no batch changes a sum."""
    x = np.concatenate([rows / 127, np.ones((len(rows), 1), np.float32)], axis=1).astype(np.float64)
    heavy = x * weight[:, None]
    lower = np.eye(x.shape[1]) * RIDGE
    lower[-1, -1] = 1e-3
    learnt = np.linalg.solve(heavy.T @ x + lower, heavy.T @ beyond)
    weights = head.weights * head.scale / head.temperature + learnt[:-1] / 127
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    return Head(
        weights=np.rint(weights / scale).astype(np.float32),
        scale=scale.astype(np.float32),
        bias=np.round(head.bias / head.temperature + learnt[-1], 4).astype(np.float32),
        temperature=1.0,
    )
