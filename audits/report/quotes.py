"""Quotes are short, dated and linked: at most 25 words, one a review, http(s) links only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from audits.analysis.values import Statement
from audits.report.parts import Quote
from audits.store.records import StoredReview

WORDS = 25
LEAST_WORDS = 4
"""Shorter statements ("Rude staff.") count, but tell a reader little."""
QUOTES = 6


def picked(
    statements: Sequence[Statement], reviews: Mapping[str, StoredReview], limit: int = QUOTES
) -> tuple[Quote, ...]:
    """The newest among the most telling statements (the input is most telling first), newest first."""
    pool = list(_distinct(statements, reviews))[: 2 * limit]
    newest = sorted(pool, key=lambda quote: quote.posted_on or "", reverse=True)
    return tuple(newest[:limit])


def cut(text: str, limit: int = WORDS) -> str:
    """The text on one line, cut after `limit` words with an ellipsis."""
    words = text.split()
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit]).rstrip(",;:.–- ") + "…"


def web_link(url: str | None) -> str | None:
    """The address where it is plain http(s) with a host and no user info; else None."""
    if not url or any(ord(letter) < 33 for letter in url):
        return None
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return url if plain else None


def _distinct(statements: Sequence[Statement], reviews: Mapping[str, StoredReview]) -> Iterator[Quote]:
    seen: set[str] = set()
    for statement in statements:
        review = reviews.get(statement.review)
        folded = re.sub(r"\W+", " ", statement.text).casefold().strip()
        if review is None or len(folded.split()) < LEAST_WORDS or seen & {review.key, folded}:
            continue
        seen |= {review.key, folded}
        yield Quote(
            text=cut(statement.text),
            review=review.key,
            stars=review.rating,
            posted_on=review.posted_on,
            precision=review.posted_precision,
            site=review.site,
            link=web_link(review.url),
        )
