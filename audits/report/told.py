"""The parts of a report beside its leaks: first steps, grave cases, actions, locations, ratings, asking, replies."""

from __future__ import annotations

from dataclasses import dataclass

from audits.analysis.values import NotObservable, Trend
from audits.report.parts import Number, Quote
from audits.report.quotes import alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Monday:
    """A first step for this week, of a leak on the first page."""

    gap: str
    title: str
    owner: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """How far the evidence of the audited business carries: the letter under most of its reviews, in words."""

    grade: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A grave case, or one handled well: reported by a reviewer, not established. No quote where confidential."""

    kinds: tuple[str, ...]
    review: str
    evidence: str | None
    posted_on: str | None
    precision: str | None
    stars: float | None
    site: str
    location: str | None
    quote: Quote | None
    answered: bool | None
    """None: the sources hold no replies, so that nobody can tell."""
    righted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A leak that rises or falls: from `before` to `now`, `when` in words."""

    gap: str
    title: str
    trend: Trend
    before: Number
    now: Number
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """The grave cases, newest first: the newest ones in full, the others counted."""

    cases: Number
    unanswered: Number | NotObservable
    kinds: tuple[str, ...]
    """Of all cases, those of the newest first."""
    newest: tuple[Case, ...]
    more: int
    handled: tuple[Case, ...]
    handled_more: int

    @property
    def repeated(self) -> set[str]:
        """The reviews of cases in nearly the same words as one above: that one's quote stands for both."""
        told: list[str] = []
        again = set()
        for case in self.newest:
            if case.quote is not None and any(alike(case.quote.text, text) for text in told):
                again.add(case.review)
            elif case.quote is not None:
                told.append(case.quote.text)
        return again


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A line of the action table. `start` and `review_on` are ISO days counted from the day of the evidence."""

    gap: str
    title: str
    owner: str
    action: str
    start: str
    review_on: str
    named: tuple[str, ...]
    """What customers name most of it, at most three themes."""
    place: str | None
    """The location where it is worst."""
    now: Number
    moving: bool
    """Whether `now` is of the months since a change; else it is of the whole period."""
    watch: str
    own: str
    """The client's own number where the engagement gives it, else which one it is."""
    own_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """A share at a location; `shade` 0–4 by its size among all cells; `few` where it is drawn far to the others."""

    share: Number
    shade: int
    few: bool
    stands: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A leak at every location; `best` is the location to learn from, where one can be told."""

    gap: str
    title: str
    cells: tuple[HeatCell | None, ...]
    best: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """Leaks by locations: `locations` with their readable reviews head the columns."""

    locations: tuple[tuple[str, int], ...]
    rows: tuple[HeatRow, ...]
    rest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One listing's rating in the reviews we hold beside the site's own, and why they differ."""

    listing: str
    site: str
    ours: Number
    site_average: float | None
    site_total: int | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfStars:
    """Mean stars of one part (a site, a location) in one year; None in a year without rated reviews."""

    part: str
    year: str
    reviews: int
    mean: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A site's own rule on asking for reviews, as of a date."""

    site: str
    rule: str
    link: str | None
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLine:
    """A voice that is no customer's review, as a panel of its own."""

    name: str
    held: Number
    first: str | None
    last: str | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyExample:
    """A reply of the owner, cut to 25 words, with what it does."""

    good: bool
    text: str
    review: str
    link: str | None
    does: tuple[str, ...]
