"""Score an audit against the sandbox's known truth: `python -m benchmarks.sandbox [--seeds 7 8 9]`.

Per gap, review by review: of the reviews the audit says complain of it, how many do (precision), and of those that do,
how many it says (recall), over all businesses and seeds, as the audit counts (one review once a gap, copies left out).
Then whether the audit found what was planted, and whether it would if every statement were read right: what it misses
then is a limit of the measuring, what it misses only before is a fault of the model. No statement here was trained on.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from audits.analysis.assign import assign
from audits.analysis.findings import measure
from audits.analysis.gaps import frame
from audits.analysis.heard import heard
from audits.analysis.model import model_version
from audits.analysis.panel import panels
from audits.analysis.self_training import learnt
from audits.analysis.values import Findings, Statement
from audits.store.records import StoredReview
from benchmarks import sandbox_planted as planted
from benchmarks.sandbox_reviews import NEGATIVE, stored, understood
from spiders.sandbox.truth import Truth, truth


def main() -> None:
    """Print the table of gaps and a line for each planted thing, for every seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[7, 8, 9])
    seeds = parser.parse_args().seeds
    print(f"model {model_version()}, seeds {', '.join(map(str, seeds))}")
    right, said, true = Counter[str](), Counter[str](), Counter[str]()
    says: list[str] = []
    for seed in seeds:
        held = truth(seed)
        reviews = [stored(review, held) for business in held.businesses for review in business.reviews]
        began = time.perf_counter()
        statements = assign(reviews, own=learnt(reviews))
        took = time.perf_counter() - began
        print(f"seed {seed}: {len(reviews)} reviews, {len(statements)} statements in {took:.1f} s")
        score(held, reviews, statements, right, said, true)
        says += [f"seed {seed}  {line}" for line in found(held, reviews, statements)]
        says += [f"   were every statement read right: {line}" for line in found(held, reviews, understood(held))]
    table(right, said, true)
    print("\nPlanted, and what the audit says of it")
    print("\n".join(says))


def score(
    held: Truth,
    reviews: Sequence[StoredReview],
    statements: Sequence[Statement],
    right: Counter[str],
    said: Counter[str],
    true: Counter[str],
) -> None:
    """Add one seed's reviews to the counts: gap by gap, and under `any complaint` whether it complains at all."""
    real = {review.id: review for business in held.businesses for review in business.reviews}
    names = [business.plan.slug for business in held.businesses]
    period = (held.first_day, held.last_day)
    spoken = heard(statements, gaps=frame().slugs)
    for panel in panels(businesses=names, period=period, reviews=reviews, said=spoken).values():
        for row, review in enumerate(panel.reviews):
            if real[review.key].language != "en" or not review.text:
                continue
            given = {gap for gap, hit in zip(panel.gaps, panel.hits[row], strict=True) if hit}
            told = set(real[review.key].complaints())
            given |= {"any complaint"} if panel.complains[row] else set()
            told |= {"any complaint"} if any(one.kind in NEGATIVE for one in real[review.key].told) else set()
            right.update(given & told)
            said.update(given)
            true.update(told)


def table(right: Counter[str], said: Counter[str], true: Counter[str]) -> None:
    """Precision, recall and F1 of each gap, the micro average over gaps, and of complaint or not."""
    print(f"\n{'gap':18}{'true':>7}{'said':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    gaps = [gap for gap in frame().slugs if true[gap] or said[gap]]
    for gap in gaps:
        _row(gap, right[gap], said[gap], true[gap])
    print("-" * 58)
    _row("micro average", *(sum(counts[gap] for gap in gaps) for counts in (right, said, true)))
    scores = [2 * right[gap] / (said[gap] + true[gap]) for gap in gaps]
    print(f"{'macro F1':51}{sum(scores) / len(scores):7.2f}")
    _row("any complaint", right["any complaint"], said["any complaint"], true["any complaint"])


def _row(name: str, right: int, said: int, true: int) -> None:
    f1 = 2 * right / max(said + true, 1)
    print(f"{name:18}{true:7}{said:7}{right / max(said, 1):11.2f}{right / max(true, 1):8.2f}{f1:7.2f}")


def found(held: Truth, reviews: Sequence[StoredReview], statements: Sequence[Statement]) -> Iterable[str]:
    """A line for each planted thing: found or not, and the figures behind the answer."""

    def audit(business: str, *competitors: str) -> Findings:
        parties = {business, *competitors}
        own = [review for review in reviews if review.business in parties]
        return measure(
            slug="sandbox",
            audited=business,
            competitors=competitors,
            period=(held.first_day, held.last_day),
            as_of=held.last_day,
            reviews=own,
            statements=statements,
        )

    hotels = audit(held.rise.business, held.better_competitor.business)
    yield planted.rise(held, hotels)
    yield planted.worse_location(held, hotels)
    yield planted.better_competitor(held, hotels)
    yield planted.campaign(held, audit(held.campaign.business))
    yield planted.copied_burst(held, audit(held.copied_burst.business))


if __name__ == "__main__":
    main()
