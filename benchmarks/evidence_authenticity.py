"""Print how planted campaigns are found: `python -m benchmarks.evidence_authenticity [REVIEWS_DIR]`.

Sandbox reviews, and campaigns of ten planted among them at three strengths (copy, light, heavy); precision and recall
over the planted reviews. With REVIEWS_DIR, the insurance reviews: how many are signalled, and how long it takes.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from audits.checks.authenticity import signals
from audits.store.records import StoredReview
from benchmarks.sandbox_reviews import stored
from spiders.sandbox.paraphrase import Strength, paraphrased
from spiders.sandbox.truth import truth

CAMPAIGN, CAMPAIGNS = 10, 10
LONG = 20
"""Words of a text that a campaign starts from."""
STRENGTHS: tuple[Strength, ...] = ("copy", "light", "heavy")


def planted(held: list[StoredReview], strength: Strength, seed: int) -> tuple[list[StoredReview], set[str]]:
    """The reviews with campaigns among them, and the keys of the planted ones; originals are the earliest."""
    draw = Random(seed)
    seeds = draw.sample([each for each in held if len((each.text or "").split()) >= LONG], CAMPAIGNS)
    added = [
        replace(one, key=f"planted-{at}-{number}", text=paraphrased(one.text or "", strength, draw), author_key=None)
        for at, one in enumerate(seeds)
        for number in range(CAMPAIGN)
    ]
    return held + [replace(each, posted_on="9998-01-01") for each in added], {each.key for each in added}


def measured(held: list[StoredReview], strength: Strength, seed: int = 1) -> tuple[float, float]:
    """Precision and recall of `copy` and `reworded` over the planted ones; what the set itself repeats is left out."""
    before = _texts(signals(held))
    everything, there = planted(held, strength, seed)
    found = _texts(signals(everything)) - before
    return len(found & there) / max(len(found), 1), len(found & there) / len(there)


def sandbox(seed: int = 7) -> list[StoredReview]:
    """The sandbox's reviews, dated before whatever is planted."""
    held = truth(seed)
    return [stored(each, held) for business in held.businesses for each in business.reviews]


def _texts(found: Mapping[str, tuple[str, ...]]) -> set[str]:
    return {key for key, names in found.items() if {"copy", "reworded"} & set(names)}


def printed(reviews: Path | None = None) -> None:
    """Print a line a strength, then the public set where it is given."""
    held = sandbox()
    for strength in STRENGTHS:
        precision, recall = measured(held, strength)
        print(f"{strength:<6} precision {precision:.3f}  recall {recall:.3f}")
    if reviews is not None:
        real = _insurance(reviews)
        began = time.perf_counter()
        counts = Counter(name for names in signals(real).values() for name in names)
        print(f"insurance: {len(real):,} reviews in {time.perf_counter() - began:.1f} s, {dict(counts)}")


def _insurance(folder: Path) -> list[StoredReview]:
    found = []
    for file in sorted((folder / "trustpilot_pet_insurance").glob("*_reviews.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                text = max((value or "" for value in row.values()), key=len)
                found.append(blank(key=f"{file.stem}-{number}", business=file.stem, text=text))
    return found


def blank(*, key: str, business: str, text: str) -> StoredReview:
    """A review of which only the text is known."""
    unknown = dict.fromkeys(each for each in StoredReview.__slots__ if each not in ("subratings", "attributes"))
    known = {"key": key, "business": business, "listing": business, "text": text, "content_hash": key, "site": "x"}
    return StoredReview(**{**unknown, **known, "weak_id": False, "first_seen": "", "last_seen": ""})  # type: ignore[arg-type]


if __name__ == "__main__":
    printed(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
