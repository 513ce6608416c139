"""The confidence of a gap is the share of such answers that people found right, not what the scores claim.

The log-odds that both stages claim are multiplied by one number (temperature scaling of the given gap, Guo and others
2017), which `benchmarks.gold REVIEWS_DIR calibrate` finds on what people read. It keeps the order of statements and
which gap they are given.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache

from audits.analysis.encoder import DATA

FILE = DATA / "confidence.json"
EDGE = 1e-4
"""As near to nought and one as a claim is taken."""


@lru_cache(maxsize=1)
def slope() -> float:
    """What the log-odds are multiplied by; under one, since the scores claim too much."""
    return float(json.loads(FILE.read_text(encoding="utf-8"))["slope"])


def honest(claim: float) -> float:
    """The confidence, 0–1, of a gap of a complaint whose score claims so much."""
    return round(_moved(claim, slope()), 4)


def claimed(confidence: float) -> float:
    """The score behind a confidence: what `honest` was given, as far as rounding lets it be known."""
    return _moved(confidence, 1 / slope())


def _moved(probability: float, by: float) -> float:
    inside = min(max(probability, EDGE), 1 - EDGE)
    return 1 / (1 + math.exp(-by * math.log(inside / (1 - inside))))
