"""What is true of the sandbox, as data: every review with what it really says, and everything that was planted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from spiders.sandbox import businesses
from spiders.sandbox.planted import BetterCompetitor, Campaign, CopiedBurst, Plan, Rise, WorseLocation
from spiders.sandbox.wording import Kind

What = Literal["text", "title", "rating", "vanished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One statement of a review: what it is, which gaps it is about, and its exact text inside the field."""

    kind: Kind
    gaps: tuple[str, ...]
    field: Literal["title", "text"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueReply:
    """The owner's answer and whether it came from the stock."""

    text: str
    posted_on: str
    manner: Literal["boilerplate", "human"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueReview:
    """One review as the site serves it, with the truth about it beside."""

    id: str
    business: str
    location: str | None
    author: str
    rating: int
    title: str | None
    text: str | None
    language: str
    posted_on: str
    experienced: str | None
    """YYYY-MM or YYYY-MM-DD, as the site shows it."""
    updated_on: str | None
    verified: bool | None
    invited: bool
    subratings: tuple[tuple[str, int], ...]
    reply: TrueReply | None
    told: tuple[Told, ...]
    campaign: bool = False
    copied_from: str | None = None

    def complaints(self) -> frozenset[str]:
        """The gaps this review complains of: each counts once, as the audit counts."""
        return frozenset(gap for told in self.told if told.kind == "complaint" for gap in told.gaps)

    def praised(self) -> frozenset[str]:
        """The gaps this review praises."""
        return frozenset(gap for told in self.told if told.kind == "praise" for gap in told.gaps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """One business of the site with its reviews, newest first."""

    plan: Plan
    reviews: tuple[TrueReview, ...]

    def share(self, gap: str, *, start: str = "", end: str = "9999", location: str | None = None) -> float:
        """Share of the reviews with English text, posted in [start, end], that complain of `gap`; 0 where none is."""
        held = [
            review
            for review in self.reviews
            if review.text
            and review.language == "en"
            and start <= review.posted_on <= end
            and location in (None, review.location)
        ]
        return sum(gap in review.complaints() for review in held) / len(held) if held else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What differs in the edited site: the review's text, title or rating changed, or it vanished."""

    business: str
    review: str
    what: What


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The whole site for one seed. `edits` is empty unless the edited site was asked for."""

    seed: int
    first_day: str
    last_day: str
    businesses: tuple[Business, ...]
    rise: Rise
    worse_location: WorseLocation
    better_competitor: BetterCompetitor
    campaign: Campaign
    copied_burst: CopiedBurst
    edits: tuple[Edit, ...] = ()

    def business(self, slug: str) -> Business:
        """One business; an unknown slug is a KeyError."""
        for business in self.businesses:
            if business.plan.slug == slug:
                return business
        raise KeyError(slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBusiness:
    """One business of the demo's engagement and where its reviews are."""

    slug: str
    name: str
    path: str
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demo's engagement is made from: who is audited, against whom, over which days."""

    audited: DemoBusiness
    competitors: tuple[DemoBusiness, ...]
    first_day: str
    last_day: str
    currency: str = "GBP"


def truth(seed: int = 7, edited: bool = False) -> Truth:
    """The site of one seed, or the same some weeks later; the same on every machine, made once a process."""
    return _edited(seed) if edited else _composed(seed)


@cache
def _composed(seed: int) -> Truth:
    from spiders.sandbox.compose import composed

    seen: set[str] = set()
    return Truth(
        seed=seed,
        first_day=businesses.FIRST_DAY,
        last_day=businesses.LAST_DAY,
        businesses=tuple(Business(plan=plan, reviews=composed(plan, seed, seen)) for plan in businesses.PLANS),
        rise=businesses.RISE,
        worse_location=businesses.WORSE,
        better_competitor=businesses.BETTER,
        campaign=businesses.CAMPAIGN,
        copied_burst=businesses.BURST,
    )


@cache
def _edited(seed: int) -> Truth:
    from spiders.sandbox.edits import edit

    return edit(_composed(seed))


def demo() -> Demo:
    """The engagement of the demo; it does not depend on the seed."""
    audited, *others = (
        DemoBusiness(slug=plan.slug, name=plan.name, path=f"/biz/{plan.slug}", locations=tuple(plan.locations))
        for plan in businesses.PLANS
        if plan.industry == businesses.VELLMOOR.industry
    )
    return Demo(
        audited=audited,
        competitors=tuple(others),
        first_day=businesses.FIRST_DAY,
        last_day=businesses.LAST_DAY,
    )
