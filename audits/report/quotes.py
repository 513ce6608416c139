"""Quotes are short, dated and linked: 4 to 25 words, one a review, borne out by the stars, http(s) links only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from audits.analysis.clauses import BE, HELPS, clauses
from audits.analysis.values import Statement, Theme
from audits.report.parts import Quote, StatementLine
from audits.store.records import StoredReview

WORDS = 25
LEAST_WORDS, LEAST_MATTER = 4, 2
"""Shorter statements ("Rude staff.") count, but tell a reader little; so does one whose words say nothing."""
QUOTES = 6
ENOUGH = 3
"""Quotes from reviews whose stars agree; only where there are fewer, others are taken as well."""
_LEANING = re.compile(r"\W*(?:though|although|but|and|or|while|whereas|because|which|otherwise|so|also)\b", re.I)
"""How a sentence opens that leans on the one before it."""
A_MONTH = 2
LIKE, SEEN = 0.8, 4
"""Part of their words that two quotes may share; quotes that are looked at, in times of those shown."""
LOW, HIGH = 3.0, 4.0
"""A complaint is best borne out by at most three stars, praise by four or more."""
LINED = 200
"""Statements of a leak that the consultant's workbook lists."""


def picked(
    surest: Sequence[Statement],
    reviews: Mapping[str, StoredReview],
    limit: int = QUOTES,
    praise: bool = False,
    said: Sequence[str | None] = (),
) -> tuple[Quote, ...]:
    """Quotes from statements that may be shown by themselves, surest first; none rather than a doubtful one.

    Those that stand alone and are borne out by the stars come first, a few of each month at most; others are taken
    only where there are hardly any. They are told the newest first. `said` are quotes that the same page shows already.
    """
    pool = list(_distinct(sorted(surest, key=lambda one: not _alone(one, reviews)), reviews, said))
    whole = {one.review for one in surest if _alone(one, reviews)}
    agreeing = [quote for quote in pool if quote.review in whole and agrees(quote.stars, praise)]
    enough = min(ENOUGH, limit)
    chosen = agreeing if len(agreeing) >= enough else _filled(agreeing, pool, enough, praise)
    kept = _spread(_unlike(chosen, SEEN * limit, said), limit)
    return tuple(sorted(kept, key=lambda quote: quote.posted_on or "", reverse=True))


def _alone(statement: Statement, reviews: Mapping[str, StoredReview]) -> bool:
    """Whether it is neither half a sentence nor leans on another, and asks nothing."""
    review = reviews.get(statement.review)
    inside = review is not None and _inside(statement, review)
    return not (inside or _LEANING.match(statement.text) or "?" in statement.text)


def _filled(agreeing: Sequence[Quote], pool: Sequence[Quote], enough: int, praise: bool) -> list[Quote]:
    """So many more as are wanting: those that the stars bear out first."""
    others = [quote for quote in pool if quote not in agreeing]
    others.sort(key=lambda quote: not agrees(quote.stars, praise))
    return [*agreeing, *others[: enough - len(agreeing)]]


def _unlike(quotes: Sequence[Quote], most: int, said: Sequence[str | None]) -> list[Quote]:
    """The first so many of the quotes that do not say what an earlier one says in nearly the same words."""
    kept: list[Quote] = []
    before = [text for text in said if text]
    for quote in quotes:
        if len(kept) < most and not any(alike(quote.text, text) for text in before):
            kept.append(quote)
            before.append(quote.text)
    return kept


def alike(text: str, other: str) -> bool:
    """Nearly the same words; where a number differs it is another case."""
    words, others = set(_folded(text).split()), set(_folded(other).split())
    numbers = any(word.isdigit() for word in words ^ others)
    return not numbers and len(words & others) >= LIKE * len(words | others)


def _spread(quotes: Sequence[Quote], limit: int) -> list[Quote]:
    """The first of the quotes, but of one month no more than A_MONTH while other months have any."""
    held: Counter[str] = Counter()
    first: list[Quote] = []
    later: list[Quote] = []
    for quote in quotes:
        month = (quote.posted_on or "")[:7]
        (first if held[month] < A_MONTH else later).append(quote)
        held[month] += 1
    return [*first, *later][:limit]


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


def typical(theme: Theme, surest: Sequence[Statement], reviews: Mapping[str, StoredReview]) -> str | None:
    """A theme's quote where it may be shown by itself and the stars agree; else another of its statements that may."""
    own = [one for one in surest if one.review == theme.quote_review and one.text == theme.quote]
    named = [one for one in surest if one.review in theme.reviews and theme.name.casefold() in one.text.casefold()]
    for statement in (*own, *named):
        review = reviews.get(statement.review)
        tells = quotable(statement.text) and _alone(statement, reviews)
        if review is not None and tells and agrees(review.rating, praise=False):
            return _shown(statement, review)
    return None


def agrees(stars: float | None, praise: bool) -> bool:
    """Whether the stars agree with what is said; unknown stars contradict nothing."""
    return stars is None or (stars >= HIGH if praise else stars <= LOW)


def quotable(text: str) -> bool:
    """A statement that tells something: enough words, and not a bare name in capitals ("The Harbour Grand Hotel")."""
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text) if len(word) > 1]
    if len(text.split()) < LEAST_WORDS or len(words) < LEAST_WORDS - 1 or _matter(text) < LEAST_MATTER:
        return False
    named = sum(word[0].isupper() for word in words if len(word) > 3)
    long = sum(len(word) > 3 for word in words)
    return text.isupper() or not long or named < long


def _matter(text: str) -> int:
    """Words that say something: nouns, verbs, and what describes them; "for what it's worth" has one."""
    tagged = [each for clause in clauses(text) for each in clause]
    return sum(tag.startswith(("NN", "VB", "JJ", "RB")) and word not in BE | HELPS for word, tag in tagged)


def within(statement: Statement, review: StoredReview) -> str:
    """What the review says around a statement that says too little by itself, a title with the text below it."""
    if statement.field == "title":
        ended = statement.text.rstrip()[-1:] in ".!?…"
        return cut((" " if ended else ": ").join(filter(None, (statement.text.strip(), review.text))))
    return around(review.text or statement.text, statement.end)


def cut(text: str, limit: int = WORDS) -> str:
    """The text on one line, cut after `limit` words with an ellipsis."""
    words = text.split()
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit]).rstrip(",;:.–- ") + "…"


def around(text: str, until: int, limit: int = WORDS) -> str:
    """The text cut, from so far on that what stands before this character is among the words that are left."""
    words, before = text.split(), len(text[:until].split())
    if before <= limit:
        return cut(text, limit)
    first = min(before - limit // 2, len(words) - limit)
    return f"…{cut(' '.join(words[first:]), limit)}"


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


def _distinct(
    statements: Sequence[Statement], reviews: Mapping[str, StoredReview], said: Sequence[str | None]
) -> Iterator[Quote]:
    seen = {_folded(text) for text in said if text}
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
    return f"…{cut(statement.text)}" if _inside(statement, review) else cut(statement.text)


def _inside(statement: Statement, review: StoredReview) -> bool:
    whole = (review.title if statement.field == "title" else review.text) or ""
    before = whole[: statement.start].rstrip()
    return bool(before) and before[-1] not in ".!?" and statement.text[:1].islower()


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
