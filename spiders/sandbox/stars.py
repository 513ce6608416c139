"""Stars and sub-ratings that fit what a review says, as noisily as real ones do."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from spiders.sandbox.truth import Told

# What a complaint of the gap costs on average, in stars; a gap that is not named here costs 1.6.
_COST = {
    "price-level": 1.0, "queue": 1.2, "premises": 1.4, "availability": 1.0, "digital": 1.2, "onboarding": 1.2,
    "notice": 1.4, "fees": 1.6, "core-quality": 1.7, "conduct": 2.3, "booking": 2.1, "billing": 2.4, "refunds": 2.6,
    "resolution": 2.3, "decision": 2.6, "cancellation": 2.5, "safety": 3.0, "security": 3.0, "exit": 2.2,
    "selling": 2.0, "reachability": 2.0, "custody": 2.3,
}  # fmt: skip
_ASPECTS: dict[str, dict[str, tuple[str, ...]]] = {
    "hotel": {
        "Cleanliness": ("premises",),
        "Service": ("conduct", "queue", "competence", "resolution"),
        "Value": ("price-level", "fees"),
        "Rooms": ("premises", "core-quality", "order-accuracy"),
    },
    "restaurant": {"Food": ("core-quality",), "Service": ("conduct", "queue"), "Value": ("price-level", "fees")},
    "car": {"Workmanship": ("core-quality",), "Honesty": ("selling", "fees", "promise"), "Speed": ("timeliness",)},
}


def stars(told: Sequence[Told], rng: Random) -> int:
    """1–5 stars for these statements."""
    bad = [max((_COST.get(gap, 1.6) for gap in one.gaps), default=2.2) for one in told if one.kind == "complaint"]
    bad += [2.4 for one in told if one.kind == "vague"] + [0.7 for one in told if one.kind == "outside-control"]
    if not bad:
        return rng.choices((5, 4, 3), weights=(91, 7, 2))[0]
    bad.sort(reverse=True)
    cost = bad[0] + 0.7 * sum(bad[1:])
    good = 0.45 * sum(one.kind == "praise" for one in told)
    return min(5, max(1, round(5 - cost + min(good, 0.9) + rng.gauss(0, 0.7))))


def subratings(industry: str, rating: int, told: Sequence[Told], rng: Random) -> tuple[tuple[str, int], ...]:
    """Ratings of single aspects; empty for six reviews in ten and where the site asks for none."""
    aspects = _ASPECTS.get(industry, {})
    if not aspects or rng.random() < 0.6:
        return ()
    complained = {gap for one in told if one.kind == "complaint" for gap in one.gaps}
    given = []
    for aspect, gaps in aspects.items():
        hit = bool(complained.intersection(gaps))
        value = rating + rng.choice((-1, 0) if hit else (0, 0, 0, 1, 1) if complained else (-1, 0, 0, 0, 0))
        given.append((aspect, min(5, max(1, value))))
    return tuple(given)
