"""Quotes are short, dated and linked: 4 to 25 words, one a review, borne out by the stars, http(s) links only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from audits.analysis.values import Statement, Theme
from audits.report.parts import Quote, StatementLine
from audits.store.records import StoredReview

WORDS = 25
LEAST_WORDS = 4
"""Shorter statements ("Rude staff.") count, but tell a reader little."""
QUOTES = 6
ENOUGH = 3
"""Quotes from reviews whose stars agree; only where there are fewer, others are taken as well."""
LOW, HIGH = 3.0, 4.0
"""A complaint is best borne out by at most three stars, praise by four or more."""
LINED = 200
"""Statements of a leak that the consultant's workbook lists."""


def picked(
    statements: Sequence[Statement],
    reviews: Mapping[str, StoredReview],
    limit: int = QUOTES,
    praise: bool = False,
    said: Sequence[str | None] = (),
) -> tuple[Quote, ...]:
    """The newest among the most telling statements (the input is most telling first), newest first.

    `said` are quotes that the same page shows already.
    """
    pool = list(_distinct(statements, reviews, {_folded(text) for text in said if text}))
    agreeing = [quote for quote in pool if agrees(quote.stars, praise)]
    chosen = agreeing if len(agreeing) >= min(ENOUGH, limit) else (agreeing + [q for q in pool if q not in agreeing])
    newest = sorted(chosen[: 2 * limit if agreeing else limit], key=lambda quote: quote.posted_on or "", reverse=True)
    return tuple(newest[:limit])


def lined(gap: str, statements: Sequence[Statement], reviews: Mapping[str, StoredReview]) -> tuple[StatementLine, ...]:
    """The first statements of a leak (the input is most telling first), as the workbook lists them."""
    held = [(one, reviews[one.review]) for one in statements[:LINED] if one.review in reviews]
    return tuple(
        StatementLine(
            text=_shown(one, review),
            review=review.key,
            confidence=next((score.confidence for score in one.gaps if score.gap == gap), 0.0),
            severity=one.severity,
            stars=review.rating,
            posted_on=review.posted_on,
            precision=review.posted_precision,
            site=review.site,
            location=review.location,
            link=web_link(review.url),
        )
        for one, review in held
    )


def typical(theme: Theme, statements: Sequence[Statement], reviews: Mapping[str, StoredReview]) -> str | None:
    """A theme's quote where it can stand alone and the stars agree; else another of its statements that can."""
    own = [one for one in statements if one.review == theme.quote_review and one.text == theme.quote]
    named = [one for one in statements if one.review in theme.reviews and theme.name.casefold() in one.text.casefold()]
    for statement in (*own, *named):
        review = reviews.get(statement.review)
        if review is not None and quotable(statement.text) and agrees(review.rating, praise=False):
            return _shown(statement, review)
    return None


def agrees(stars: float | None, praise: bool) -> bool:
    """Whether the stars agree with what is said; unknown stars contradict nothing."""
    return stars is None or (stars >= HIGH if praise else stars <= LOW)


def quotable(text: str) -> bool:
    """A statement that tells something: enough words, and not a bare name in capitals ("The Harbour Grand Hotel")."""
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text) if len(word) > 1]
    if len(text.split()) < LEAST_WORDS or len(words) < LEAST_WORDS - 1:
        return False
    named = sum(word[0].isupper() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    return text.isupper() or not long or named < long


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


def _distinct(statements: Sequence[Statement], reviews: Mapping[str, StoredReview], said: set[str]) -> Iterator[Quote]:
    seen = set(said)
    for statement in statements:
        review = reviews.get(statement.review)
        folded = _folded(statement.text)
        if review is None or not quotable(statement.text) or seen & {review.key, folded}:
            continue
        seen |= {review.key, folded}
        yield Quote(
            text=_shown(statement, review),
            review=review.key,
            stars=review.rating,
            posted_on=review.posted_on,
            precision=review.posted_precision,
            site=review.site,
            link=web_link(review.url),
            location=review.location,
        )


def _shown(statement: Statement, review: StoredReview) -> str:
    """The statement, marked as a part where it opens inside a sentence of the review."""
    whole = (review.title if statement.field == "title" else review.text) or ""
    before = whole[: statement.start].rstrip()
    inside = bool(before) and before[-1] not in ".!?" and statement.text[:1].islower()
    return f"…{cut(statement.text)}" if inside else cut(statement.text)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
