"""How surely a statement reports what it was read as, so that only those that do are shown by themselves.

Of a complaint its scores tell, by what people said of such answers. Of praise, whose gaps no one has read, its nearest
neighbours among the statements that the project wrote tell (Cover and Hart 1967).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from audits.analysis.confidence import claimed
from audits.analysis.encoder import DATA, Floats
from audits.analysis.reader import reader
from audits.analysis.train import bank
from audits.analysis.values import Statement
from audits.analysis.written import cosines, written

WEIGHTS = DATA / "surely.json"
NEIGHBOURS, SHARP = 60, 20.0
"""Written statements that have a say, and how much more the nearer ones count; any of 15 to 120 tell as much."""
SURELY = 0.8
"""Chance of being right from which a statement is shown by itself."""
CASE = 0.75
"""The same where a business has so few reviews that all are told as cases."""
MOSTLY = 0.5
LOOKED = 240
BY_CHANCE = 0.03
"""Part of the statements read as a gap under which they may be sure by mistake: of what people read, half as many are
sure and wrong."""
"""Statements of a gap that are looked at, those first that were read most surely."""
SHORT = 5
OF_GAP = "gap:"
"""How the weight of a gap is called."""
RIGHT = "right"
"""How the part of the read answers that were right is called, whatever speaks for them."""
EDGE = 0.01
PERSON = 1.0
"""Confidence of a gap that a person gave."""


def resemblance(held: Sequence[str], about: str) -> Floats:
    """Of the written statements nearest to each packed vector, the part that is about this; the nearer count more."""
    if not held:
        return np.zeros(0, np.float32)
    own = written().about.get(about, np.zeros(len(written().steps), bool))
    near = cosines(held)
    rows = np.argpartition(-near, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    chosen = np.take_along_axis(near, rows, axis=1)
    weights = np.exp((chosen - chosen.max(axis=1, keepdims=True)) * np.float32(SHARP))
    found: Floats = (weights * own[rows]).sum(axis=1) / weights.sum(axis=1)
    return found


@lru_cache(maxsize=64)
def told_shortly(gap: str) -> tuple[tuple[str, ...], Floats]:
    """The written complaints of a gap in at most SHORT words, and their vectors, a row each."""
    rows = [at for at, row in enumerate(bank()) if row.gaps == (gap,) and row.kind == "complaint"]
    rows = [at for at in rows if len(bank()[at].text.split()) <= SHORT]
    return tuple(bank()[at].text for at in rows), written().vectors(rows)


def surely(
    statements: Sequence[Statement], gap: str, least: float = SURELY, days: Mapping[str, str] | None = None
) -> tuple[Statement, ...]:
    """The complaints that report this gap at least so surely, the surest first; what a person read is sure.

    Of those that are equally sure, to a tenth, the newest come first by `days` (review → day posted). Where the sure
    are so few of many that misreadings alone would make as many, there are none.
    """
    rated = sorted(((_sure_of(one, gap) * one.complaint, one) for one in statements), key=lambda pair: -pair[0])
    looked = [one for _, one in rated[:LOOKED]]
    rows = sorted(zip((-chances(looked, gap)).tolist(), range(len(looked)), strict=True))
    sure = [(round(-unsure, 1), looked[at]) for unsure, at in rows if -unsure >= least]
    posted = days or {}
    sure.sort(key=lambda pair: (pair[0], posted.get(pair[1].review, "")), reverse=True)
    return tuple(one for _, one in sure) if len(sure) > BY_CHANCE * len(statements) else ()


def praised(statements: Sequence[Statement], gap: str) -> tuple[Statement, ...]:
    """The praise that is mostly like what the project wrote in praise of this process, the most alike first."""
    alike = resemblance([one.vector for one in vectored(statements)], f"praise:{gap}")
    rows = sorted(zip(np.round(-alike, 4).tolist(), range(len(statements)), strict=True))
    return tuple(statements[at] for unlike, at in rows if -unlike >= MOSTLY)


def rightly(statements: Sequence[Statement], gap: str) -> float:
    """The mean chance of the statements, of the first LOOKED; nought where there are none."""
    return float(chances(statements[:LOOKED], gap).mean()) if statements else 0.0


def chances(statements: Sequence[Statement], gap: str) -> Floats:
    """How likely each complaint really reports this gap, 0–1; `benchmarks.gold REVIEWS_DIR surely` fits it."""
    found = chance(
        np.array([claimed(_sure_of(one, gap)) for one in statements], np.float64),
        np.array([one.complaint for one in statements], np.float64),
        [gap] * len(statements),
    )
    found[[_sure_of(one, gap) >= PERSON for one in statements]] = 1.0
    return found


def chance(claim: Floats, complaint: Floats, gaps: Sequence[str]) -> Floats:
    """A logistic regression of what the scores claim of each gap and of the complaint, and of the gap.

    Some gaps are misread more often than others that were read as surely.
    """
    by = weights()
    said = by["claim"] * odds(claim) + by["complaint"] * odds(complaint)
    said += np.array([by.get(f"{OF_GAP}{gap}", 0.0) for gap in gaps])
    found: Floats = np.round(1 / (1 + np.exp(-by["intercept"] - said)), 4)
    return found


def odds(probability: Floats) -> Floats:
    """Log-odds, no further out than EDGE."""
    inside = np.clip(np.asarray(probability, np.float64), EDGE, 1 - EDGE)
    found: Floats = np.log(inside / (1 - inside))
    return found


def vectored(statements: Sequence[Statement]) -> list[Statement]:
    """The statements, each with its vector: praise and what a person called a complaint may have none."""
    missing = [one.text for one in statements if not one.vector]
    vectors = dict(zip(missing, reader().vectors(missing), strict=True))
    return [one if one.vector else one._replace(vector=vectors[one.text]) for one in statements]


def _sure_of(statement: Statement, gap: str) -> float:
    return max((score.confidence for score in statement.gaps if score.gap == gap), default=0.0)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """What people's verdicts say each part is worth, and each gap."""
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found
