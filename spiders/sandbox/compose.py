"""The reviews of one business, composed from its plan: the same seed gives the same reviews."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from spiders.sandbox.answers import answer
from spiders.sandbox.body import Body, body
from spiders.sandbox.businesses import BURST, CAMPAIGN, FIRST_DAY, HOSTILE_BUSINESS, LAST_DAY, base_rate
from spiders.sandbox.decks import Decks
from spiders.sandbox.people import author
from spiders.sandbox.planted import Plan
from spiders.sandbox.stars import stars, subratings
from spiders.sandbox.truth import Told, TrueReview
from spiders.sandbox.wording import ForeignLine, foreign

# Unhappy customers complain of several things: two moods whose mean is the planted rate.
_UNHAPPY, _TIMES_UNHAPPY = 0.4, 2.0
_TIMES_HAPPY = (1 - _UNHAPPY * _TIMES_UNHAPPY) / (1 - _UNHAPPY)
_ONLY_STARS = 0.025
HOSTILE = (
    "The confirmation e-mail for our table of six read <script>alert('soup')</script> Hello {{7*7}}, "
    "so I rang to check."
)


def composed(plan: Plan, seed: int, seen: set[str]) -> tuple[TrueReview, ...]:
    """Every review of the business, newest first; none says what `seen` holds already, and `seen` grows by them."""
    rng = Random(f"{seed}:{plan.slug}")  # noqa: S311 - invented customers, not secrets
    reviews = list(_ordinary(plan, seed, rng, seen))
    if plan.slug == CAMPAIGN.business:
        reviews += _campaign(plan, rng, seen)
    if plan.slug == BURST.business:
        reviews += _burst(plan, rng)
    if plan.slug == HOSTILE_BUSINESS:
        reviews[0] = _hostile(reviews[0])
    named = [replace(review, id=_id(seed, plan.slug, number)) for number, review in enumerate(reviews)]
    first = {review.text: review.id for review in reversed(named)}
    traced = [replace(one, copied_from=first[one.copied_from]) if one.copied_from else one for one in named]
    return tuple(sorted(traced, key=lambda review: (review.posted_on, review.id), reverse=True))


def _ordinary(plan: Plan, seed: int, rng: Random, seen: set[str]) -> Iterator[TrueReview]:
    decks = Decks(plan.industry, rng)
    for posted, location, gaps in _visits(plan, seed):
        if rng.random() < _ONLY_STARS:
            rating = rng.choices((5, 4, 3, 2, 1), weights=(60, 14, 6, 4, 16))[0]
            yield _review(plan, Body(title=None, text="", told=()), rating, posted, location, rng)
        elif rng.random() < plan.foreign and (abroad := [line for line in foreign() if line.text not in seen]):
            yield _abroad(plan, rng.choice(abroad), posted, location, rng, seen)
        else:
            words = _unlike(plan, gaps, decks, seen, rng)
            yield _review(plan, words, stars(words.told, rng), posted, location, rng)


def _visits(plan: Plan, seed: int) -> Iterator[tuple[date, str | None, list[str]]]:
    """When, where and what went wrong: drawn apart from the words, so a new statement moves no planted rate."""
    rng = Random(f"{seed}:{plan.slug}:visits")  # noqa: S311 - invented customers, not secrets
    begin = date.fromisoformat(FIRST_DAY)
    days = (date.fromisoformat(LAST_DAY) - begin).days + 1
    for posted in sorted(begin + timedelta(days=rng.randrange(days)) for _ in range(plan.reviews)):
        location = _location(plan, rng)
        times = _TIMES_UNHAPPY if rng.random() < _UNHAPPY else _TIMES_HAPPY
        rates = {gap: base_rate(plan, gap, str(posted), location) for gap in plan.complaints}
        yield posted, location, [gap for gap, rate in rates.items() if rng.random() < times * rate]


def _unlike(plan: Plan, gaps: list[str], decks: Decks, seen: set[str], rng: Random) -> Body:
    """Words that no other review of the site has: only the planted burst is copied."""
    while True:
        words = body(plan, gaps, decks, rng)
        said = (told.text.lower() for told in words.told if told.field == "text" and told.kind != "neutral")
        plain = " ".join(sorted(said))
        if plain not in seen:
            seen.add(plain)
            return words


def _review(
    plan: Plan, words: Body, rating: int, posted: date, location: str | None, rng: Random, *, language: str = "en"
) -> TrueReview:
    who = author(rng)
    before = posted - timedelta(days=rng.randrange(1, 40))
    experienced = before.isoformat()[: 7 if plan.industry == "hotel" else 10] if rng.random() < 0.7 else None
    return TrueReview(
        id="",
        business=plan.slug,
        location=location,
        author=who,
        rating=rating,
        title=words.title,
        text=words.text or None,
        language=language,
        posted_on=posted.isoformat(),
        experienced=experienced,
        updated_on=None,
        verified=rng.choice((True, True, True, False, None)),
        invited=rng.random() < plan.invited,
        subratings=subratings(plan.industry, rating, words.told, rng),
        reply=answer(plan, rating=rating, author=who, told=words.told, posted=posted, rng=rng),
        told=words.told,
    )


def _abroad(
    plan: Plan, line: ForeignLine, posted: date, location: str | None, rng: Random, seen: set[str]
) -> TrueReview:
    seen.add(line.text)
    told = Told(kind="foreign", gaps=(), field="text", text=line.text)
    words = Body(title=None, text=line.text, told=(told,))
    return _review(plan, words, line.stars, posted, location, rng, language=line.language)


def _campaign(plan: Plan, rng: Random, seen: set[str]) -> Iterator[TrueReview]:
    decks = Decks(plan.industry, rng)
    for _ in range(CAMPAIGN.reviews):
        posted = _between(CAMPAIGN.start, CAMPAIGN.end, rng)
        words = _unlike(plan, [], decks, seen, rng)
        yield replace(_review(plan, words, 5, posted, None, rng), invited=True, verified=True, campaign=True)


def _burst(plan: Plan, rng: Random) -> Iterator[TrueReview]:
    words = body(plan, [], Decks(plan.industry, rng), rng)
    while len(words.told) < 3 or words.title or not all(told.kind == "praise" for told in words.told):
        words = body(plan, [], Decks(plan.industry, rng), rng)
    for number in range(BURST.reviews):
        ending = ("", "", "!", " :)", " 10/10")[number % 5]
        copy = replace(words, text=words.text + ending)
        review = _review(plan, copy, 5, _between(BURST.start, BURST.end, rng), None, rng)
        yield replace(review, copied_from=words.text if number else None)


def _hostile(review: TrueReview) -> TrueReview:
    told = Told(kind="neutral", gaps=(), field="text", text=HOSTILE)
    return replace(
        review, title='A <b>bold</b> "choice" & more', text=HOSTILE, told=(told,), rating=4, subratings=(), reply=None
    )


def _location(plan: Plan, rng: Random) -> str | None:
    places = plan.locations
    return rng.choices(tuple(places), weights=tuple(places.values()))[0] if places else None


def _between(start: str, end: str, rng: Random) -> date:
    first = date.fromisoformat(start)
    return first + timedelta(days=rng.randrange((date.fromisoformat(end) - first).days + 1))


def _id(seed: int, slug: str, number: int) -> str:
    return "r-" + hashlib.sha256(f"{seed}:{slug}:{number}".encode()).hexdigest()[:12]
