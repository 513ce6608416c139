"""Print how planted campaigns are found: `python -m benchmarks.evidence_authenticity [REVIEWS_DIR]`.

Sandbox reviews, and campaigns of ten planted among them at three strengths (copy, light, heavy); precision and recall
over the planted reviews, and the same for the invitation campaigns of three further sandboxes, with and without the
site's mark. With REVIEWS_DIR: how many insurance reviews are signalled and how long that takes; and of hotel reviews
that were written to deceive, how many are signalled against how many truthful ones.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from audits.checks.authenticity import signals
from audits.checks.campaigns import campaigned
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
        one._replace(key=f"planted-{at}-{number}", text=paraphrased(one.text or "", strength, draw), author_key=None)
        for at, one in enumerate(seeds)
        for number in range(CAMPAIGN)
    ]
    return held + [each._replace(posted_on="9998-01-01") for each in added], {each.key for each in added}


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
    for marked in (True, False):
        precision, recall = campaigns((21, 22, 23), marked=marked)
        known = "invitations marked" if marked else "told by five stars"
        print(f"campaigns ({known}) precision {precision:.3f}  recall {recall:.3f}")
    if reviews is not None:
        real = _insurance(reviews)
        began = time.process_time()
        counts = Counter(name for names in signals(real).values() for name in names)
        print(
            f"insurance: {len(real):,} reviews in {time.process_time() - began:.1f} s of processor time, {dict(counts)}"
        )
        deceptive(reviews / "ott_deceptive_opinion" / "deceptive-opinion.csv")


def campaigns(seeds: Iterable[int], *, marked: bool) -> tuple[float, float]:
    """Precision and recall of `campaign` over the invited reviews that the sandbox's campaigns brought."""
    found, there = set(), set()
    for seed in seeds:
        held = truth(seed)
        every = [each for business in held.businesses for each in business.reviews]
        known = [stored(each, held) if marked else stored(each, held)._replace(invited=None) for each in every]
        found |= {(seed, key) for key in campaigned(known)}
        there |= {(seed, each.id) for each in every if each.campaign}
    return len(found & there) / max(len(found), 1), len(found & there) / len(there)


def deceptive(file: Path) -> None:
    """Print what the signals say of single texts that people were paid to invent; chance is an area of 0.5."""
    with file.open(encoding="utf-8", newline="") as rows:
        told = list(csv.DictReader(rows))
    held = [blank(key=str(at), business=row["hotel"], text=row["text"]) for at, row in enumerate(told)]
    scored = {int(key): len(names) for key, names in signals(held).items()}
    invented = [at for at, row in enumerate(told) if row["deceptive"] == "deceptive"]
    hits, flagged = len(scored.keys() & set(invented)), len(scored)
    wrong, truthful = flagged - hits, len(told) - len(invented)
    area = 0.5 + (hits / len(invented) - wrong / truthful) / 2  # of a flag that is either up or down
    print(f"invented hotel reviews: {hits} of {len(invented)} signalled, of truthful ones {wrong} of {truthful}")
    print(f"  area under the curve {area:.2f}: the signals see campaigns, not a single invented text")


def _insurance(folder: Path) -> list[StoredReview]:
    found = []
    for file in sorted((folder / "trustpilot_pet_insurance").glob("*_reviews.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                one = blank(key=f"{file.stem}-{number}", business=file.stem, text=row["text"])
                found.append(one._replace(rating=float(row["rating"]), posted_on=row["published"][:10]))
    return found


def blank(*, key: str, business: str, text: str) -> StoredReview:
    """A review of which only the text is known."""
    unknown = dict.fromkeys(each for each in StoredReview._fields if each not in ("subratings", "attributes"))
    known = {"key": key, "business": business, "listing": business, "text": text, "content_hash": key, "site": "x"}
    return StoredReview(**{**unknown, **known, "weak_id": False, "first_seen": "", "last_seen": ""})  # type: ignore[arg-type]


if __name__ == "__main__":
    printed(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
