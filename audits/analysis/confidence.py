"""The confidence of a gap is the share of such answers that people found right, not what the scores claim.

The log-odds that both stages claim are multiplied by one number (temperature scaling of the given gap, Guo and others
2017), which `benchmarks.gold REVIEWS_DIR calibrate` finds on what people read. It keeps the order of statements and
which gap they are given.

Some engagements read more easily than others, and no label is there to tell which. Where two models that were taught
alike disagree, one of them errs, so how often they do tells how often either does (Jiang and others 2022): the tutor
and the sentence model read the same complaints, and their agreement moves every confidence of the engagement.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache

from audits.analysis.encoder import DATA

FILE = DATA / "confidence.json"
EDGE = 1e-4
"""As near to nought and one as a claim is taken."""
EASE, USUALLY = 2.2, 0.684
"""How far the log-odds of a claim follow those of the agreement, and the agreement at which they stay: found on the
development halves of public sets without loans, each set weighed alike (decision 0024)."""
SEEN = 0.6, 0.83
"""The agreements that those sets showed: what lies beyond counts as the nearer of them."""


@lru_cache(maxsize=1)
def slope() -> float:
    """What the log-odds are multiplied by; under one, since the scores claim too much."""
    return float(json.loads(FILE.read_text(encoding="utf-8"))["slope"])


def easier(agreed: float) -> float:
    """What is added to the log-odds of a claim where both models name the same gap of so many complaints, 0–1."""
    return EASE * (_odds(min(max(agreed, SEEN[0]), SEEN[1])) - _odds(USUALLY))


def honest(claim: float, easier: float = 0.0) -> float:
    """The confidence, 0–1, of a gap of a complaint whose score claims so much, in an engagement that is so easy."""
    return round(_likely(slope() * (_odds(claim) + easier)), 4)


def claimed(confidence: float) -> float:
    """The score behind a confidence: what `honest` was given, as far as rounding lets it be known, the ease of its
    engagement included."""
    return _likely(_odds(confidence) / slope())


def _odds(probability: float) -> float:
    inside = min(max(probability, EDGE), 1 - EDGE)
    return math.log(inside / (1 - inside))


def _likely(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
