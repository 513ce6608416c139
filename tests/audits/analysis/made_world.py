"""Two businesses with planted leaks, for tests of an audit that is measured whole."""

from __future__ import annotations

import numpy as np

from audits.analysis.values import Statement
from audits.store.records import StoredReview
from tests.audits.analysis.made import BUSINESS, days, months, neutral, review, says

RIVAL = "Birch Lodge"
TEXTS = {
    "booking": ("Our booking was lost.", "They had no booking for us.", "The booking had vanished."),
    "premises": ("The lift was broken.", "A broken lift and a dirty room.", "The lift was broken again."),
    "conduct": ("The manager was rude.", "A rude manager sent us away.", "Such a rude manager."),
}


def world(seed: int = 3) -> tuple[list[StoredReview], list[Statement]]:
    """Two businesses over two years; at ours bookings go wrong more often from December 2023 on."""
    rng = np.random.default_rng(seed)
    reviews, statements = [], []
    number = 0
    for business in (BUSINESS, RIVAL):
        for month in months("2022-07", 24):
            for day in days(month, 40):
                risen = business == BUSINESS and month >= "2023-12"
                told = [gap for gap, share in _shares(risen).items() if rng.random() < share]
                one = review(
                    number,
                    business=business,
                    day=day,
                    rating=float(max(1, 5 - 2 * len(told) - int(rng.random() < 0.2))),
                    location=("Quay", "Park")[number % 2],
                    reply_text="Thank you." if number % 4 == 0 else None,
                    reply_on=day if number % 4 == 0 else None,
                )
                number += 1
                reviews.append(one)
                statements.append(neutral(one))
                statements += [says(one, TEXTS[gap][number % 3], gap, severity=1 + number % 2) for gap in told]
                statements += [says(one, "Awful.", outside="vague")] * int(rng.random() < 0.03)
                if rng.random() < 0.2:
                    statements.append(says(one, "Lovely breakfast.", "fees", complaint=0.1, outside="praise"))
    return reviews, statements


def _shares(risen: bool) -> dict[str, float]:
    return {"booking": 0.2 if risen else 0.05, "premises": 0.06, "conduct": 0.04}
