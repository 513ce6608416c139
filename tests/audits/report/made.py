"""A made-up hotel and its competitors: reviews from a seed, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from audits.store.records import StoredReview

US = "Harbour Hotels"
THEM = ("Quayside Inn", "Lantern House", "The Old Mill")
MONTHS = tuple(f"{2024 + (6 + at) // 12}-{(6 + at) % 12 + 1:02}" for at in range(24))
PLACES = ("Pier", "Old Town", "Station")
RATES = {
    "booking": 0.12, "premises": 0.11, "queue": 0.08, "conduct": 0.07, "fees": 0.055, "core-quality": 0.05,
    "refunds": 0.035, "notice": 0.03, "reachability": 0.025, "promise": 0.02, "digital": 0.012, "safety": 0.006,
}  # fmt: skip
SAYS = {
    "booking": "they had no record of our reservation although we held the confirmation in our hands at the desk",
    "premises": "the carpet was stained and the window would not close so the traffic kept us awake",
    "queue": "we stood in line for forty minutes with only one person at reception",
    "conduct": "the man at the desk rolled his eyes when we asked about the room",
    "fees": "a resort charge nobody had mentioned was added at check-out",
}


def reviews(businesses: Sequence[str] = (US, *THEM), each: int = 600, seed: int = 7) -> list[StoredReview]:
    """Reviews over two years; stars fall where the key's draw says that something failed."""
    dice = Random(seed)
    rows = []
    for business in businesses:
        for number in range(each):
            month = MONTHS[number * len(MONTHS) // each]
            rows.append(_review(business, number, month, dice))
    return rows


def _review(business: str, number: int, month: str, dice: Random) -> StoredReview:
    return StoredReview(
        key=f"{dice.getrandbits(64):016x}",
        business=business,
        listing=f"{business.lower().replace(' ', '-')}-sandbox",
        site="sandbox",
        location=dice.choice(PLACES) if business == US else None,
        url=f"http://127.0.0.1:8123/biz/{business.lower().replace(' ', '-')}#r{number}",
        rating=float(dice.choice((1, 2, 3, 4, 4, 5, 5, 5))),
        rating_raw=None,
        title=None,
        text="A stay of two nights.",
        language="en",
        posted_on=f"{month}-{dice.randrange(1, 29):02}",
        posted_precision="day",
        experienced_on=None,
        verified=None,
        invited=None,
        author_key=None,
        content_hash=f"{number:08x}",
        weak_id=False,
        first_seen="2026-06-30",
        last_seen="2026-06-30",
        source=None,
        reply_text=None,
        reply_on=None,
    )


def of(rows: Sequence[StoredReview], business: str) -> list[StoredReview]:
    return [row for row in rows if row.business == business]
