"""All that one audit finds, measured from its reviews and statements; the same input gives the same findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from audits.analysis.alike import Alike, Asked, alike
from audits.analysis.beside import beside
from audits.analysis.business import business, locations
from audits.analysis.care import low_reply_rate, reply_days, reply_rate
from audits.analysis.complaints import THRESHOLD
from audits.analysis.contrasts import Window, common_window, weakened
from audits.analysis.direction import directions
from audits.analysis.flow import arrivals, breaks
from audits.analysis.gaps import frame
from audits.analysis.given import Given
from audits.analysis.heard import OUTSIDE, Said, heard
from audits.analysis.intervals import share
from audits.analysis.language import analysed, of_review
from audits.analysis.leaks import Evidence, leaks
from audits.analysis.matters import SAMPLE, background_of
from audits.analysis.notes import notes
from audits.analysis.panel import Panel, panels, plainly, quotable
from audits.analysis.polarity import contradictions, polarities
from audits.analysis.progress import reach
from audits.analysis.ranking import ties
from audits.analysis.sides import Course
from audits.analysis.signalled import ANY, signalled
from audits.analysis.stars import attribute, decomposition
from audits.analysis.strengths import strengths
from audits.analysis.values import Direction, Figure, Findings, FlowBreak, Leak, NotObservable, Statement, Theme
from audits.analysis.visible import Visible, visible
from audits.analysis.voices import parted, voices
from audits.catalogue import gettext, marked
from audits.store.records import StoredReview

THIN = 50
"""Reviews of the audited business in the period, under which there are cases and no ranking."""


def measure(
    *,
    slug: str,
    audited: str,
    competitors: Sequence[str],
    period: tuple[str, str],
    as_of: str,
    reviews: Iterable[StoredReview],
    statements: Iterable[Said],
    previous_themes: Sequence[Theme] = (),
    gaps: Sequence[str] | None = None,
    threshold: float = THRESHOLD,
    given: Given | None = None,
    likeness: Callable[[], Alike] | None = None,
) -> Findings:
    """Measure one audit.

    `period` are ISO dates, both included. `reviews` are current versions of all businesses, history before the period
    welcome (the flow of reviews is read from it). `statements` are those of the reviews, praise and neutral ones
    included: a review without any counts as unread, and one that is not `quotable` may come without its words. `gaps`
    are the frame's slugs unless given. `threshold` is the probability from which a statement is a complaint. `given`
    is what the engagement and earlier audits bring. `likeness` tells of the customers' reviews what `alike` does, where
    that was begun before (`meanwhile`).
    """
    held, others = parted(sorted(reviews, key=lambda review: review.key), audited)
    names = named(audited, competitors)
    brought = given or Given()
    since = reach(brought, period)
    span = since, period[1]
    shown = {review.key for review in chain(held, others) if quotable(review, audited, span)}
    said = heard(statements, gaps=gaps or frame().slugs, threshold=threshold, whole=shown)
    arranged = partial(panels, businesses=names, reviews=held, said=said)
    near = likeness() if likeness else alike(held, Asked(businesses=names, period=period))
    by_name = arranged(period=period, copied=near.copies)
    if is_thin(by_name[audited]):
        by_name[audited] = plainly(by_name[audited])
    flowed = _breaks(names, held, period)
    broken = {name: tuple(one for one in found if one.month >= period[0][:7]) for name, found in flowed.items()}
    pointed = signalled(by_name[audited], near.signals, names)
    evidence = _evidence(by_name, broken, previous_themes)
    evidence = replace(evidence, theme_names=brought.theme_names, signalled=frozenset(pointed))
    ranked = leaks(evidence)
    tones = polarities(evidence.audited.reviews) if brought.tones is None else brought.tones
    found = _findings(
        evidence, ranked, slug=slug, as_of=as_of, period=period, model=", ".join(said.models), tones=tones
    )
    panel_of = by_name if since >= period[0][:10] else arranged(period=span)
    course = Course(panels=panel_of, audited=audited, breaks=flowed)
    own = [review for review in held if review.business == audited]
    told = replace(
        beside(evidence, ranked, course, brought, own, as_of=as_of, period=period),
        signalled=_signalled(evidence.audited, pointed),
        voices=voices(others, said, period) if others else (),
    )
    return replace(found, measures=told)


def named(audited: str, competitors: Sequence[str]) -> tuple[str, ...]:
    """The businesses that are measured, the audited one first."""
    return (audited, *dict.fromkeys(name for name in competitors if name != audited))


def _cases() -> NotObservable:
    """Why nothing is ranked in a reading of cases."""
    told = gettext("Under %(n)s reviews the audit is a reading of cases: nothing is ranked or compared.", n=THIN)
    return NotObservable(reason=told)


def is_thin(panel: Panel) -> bool:
    """Whether so few reviews are held that cases are told and nothing is measured."""
    return len(panel.reviews) < THIN


def _signalled(panel: Panel, pointed: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Signal → reviews in the period that it points to, ANY for all of several; extra copies are not among them."""
    found = Counter(name for one in panel.reviews for name in pointed.get(one.key, ()))
    if len(found) > 1:
        found[ANY] = sum(bool(pointed.get(one.key)) for one in panel.reviews)
    return dict(sorted(found.items()))


def _breaks(
    names: Sequence[str], held: Sequence[StoredReview], period: tuple[str, str]
) -> Mapping[str, tuple[FlowBreak, ...]]:
    """The breaks of each business up to the end of the period."""
    own: dict[str, list[StoredReview]] = {name: [] for name in names}
    for review in held:
        if review.business in own:
            own[review.business].append(review)
    return {name: breaks(arrivals(name, rows, period[1])) for name, rows in own.items()}


def _evidence(
    by_name: Mapping[str, Panel],
    broken: Mapping[str, tuple[FlowBreak, ...]],
    previous: Sequence[Theme],
) -> Evidence:
    panel, *others = by_name.values()
    thin = is_thin(panel)
    stilled: Mapping[str, Direction | NotObservable] = dict.fromkeys(panel.gaps, _cases())
    return Evidence(
        audited=panel,
        competitors={other.business: other for other in others},
        breaks=broken,
        window=_cases() if thin else common_window(panel, others),
        stars=_cases() if thin else attribute(panel),
        directions=stilled if thin else directions(panel, broken[panel.business]),
        visible=Visible(rises=dict.fromkeys(panel.gaps, _cases())) if thin else visible(panel, broken[panel.business]),
        background=background_of(_first_said(panel)),
        previous_themes=previous,
        thin=thin,
    )


def _first_said(panel: Panel) -> Iterator[Statement]:
    """The statements of as many reviews as a sample is taken from, which is in the order of their keys as well."""
    count = 0
    for own in panel.statements.values():
        yield from own
        count += len(own)
        if count >= SAMPLE:
            return


def _findings(
    evidence: Evidence,
    ranked: tuple[Leak, ...],
    *,
    slug: str,
    as_of: str,
    period: tuple[str, str],
    model: str,
    tones: Mapping[str, float],
) -> Findings:
    panel, stars, window = evidence.audited, evidence.stars, evidence.window
    return Findings(
        engagement=slug,
        as_of=as_of,
        period=period,
        audited=business(panel, evidence.breaks[panel.business], named=True),
        competitors=tuple(business(other, evidence.breaks[name]) for name, other in evidence.competitors.items()),
        window=window.days if isinstance(window, Window) else window,
        thin=evidence.thin,
        leaks=ranked,
        ties=() if evidence.thin else ties(panel, stars, ranked),
        decomposition=stars if isinstance(stars, NotObservable) else decomposition(stars),
        strengths=strengths(panel, cases=evidence.thin),
        locations=locations(panel),
        outside=_outside(panel),
        complaints=share(
            int(panel.complains.sum()),
            int(panel.readable.sum()),
            method="complaints",
            evidence=panel.keys(panel.complains),
        ),
        unread=_unread(panel),
        replies=reply_rate(panel),
        polarity=contradictions(panel.reviews, tones),
        duplicates=panel.copies,
        model=model,
        replies_low=low_reply_rate(panel),
        reply_days=reply_days(panel),
        notes=notes(panel, evidence.competitors, window),
        weakened=weakened(panel.business, evidence.breaks, window),
        vague=_vague(panel),
    )


def _outside(panel: Panel) -> dict[str, int]:
    """Complaint reviews by what they are beside the frame; those that are read with doubt only where cases are told."""
    found = {name: int(panel.outside[:, at].sum()) for at, name in enumerate(OUTSIDE)}
    return found if panel.doubtful is None else {**found, "doubtful": panel.doubtful}


def _vague(panel: Panel) -> Figure | None:
    """Of the reviews with a complaint, those in which none names a process."""
    silent = panel.complains & panel.outside[:, OUTSIDE.index("vague")] & ~panel.hits.any(axis=1)
    held = int(panel.complains.sum())
    return share(int(silent.sum()), held, method="vague", evidence=panel.keys(silent)) if held else None


def _unread(panel: Panel) -> dict[str, int]:
    """Reviews in which nothing was read: without text, by language, or without a statement in the words."""
    silent = [review for review, read in zip(panel.reviews, panel.readable, strict=True) if not read]
    return dict(sorted(Counter(_why_unread(review) for review in silent).items()))


def _why_unread(review: StoredReview) -> str:
    if not (review.text or review.title):
        return marked("no text")
    spoken = of_review(review.title, review.text, review.language)
    return "no statement" if analysed(spoken) else str(spoken)
