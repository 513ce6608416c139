"""From findings to one frozen `Report`: every sentence, number and quote is settled here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from audits.analysis.business import BusinessFindings
from audits.analysis.gaps import Frame
from audits.analysis.values import Figure, Findings, Leak, NotObservable, Strength
from audits.catalogue import gettext, speaking
from audits.report import lines
from audits.report.actions import actions
from audits.report.cared import reply_examples
from audits.report.chapters import chapters
from audits.report.comparisons import FILLED, PLACES, rest_words
from audits.report.counts import counts, outside, signalled
from audits.report.course import moves
from audits.report.cover import Cover, SourceLine
from audits.report.evidence import Book, about
from audits.report.first_page import first_page, top_pages
from audits.report.heat import heat
from audits.report.leaks import Desk, few_held, page
from audits.report.lettered import Lettered, lettered
from audits.report.model import SCHEMA, Break, BusinessLine, Rating, RatingMonth, Report
from audits.report.parts import LeakPage, Number, ReviewLine, StrengthLine, counted
from audits.report.quotes import picked, web_link
from audits.report.shortfall import pareto, points
from audits.report.sides import asking, beside, years
from audits.report.spoken import spoken
from audits.report.told_moments import moments
from audits.report.voiced import voices
from audits.store.identity import version_seal, wording
from audits.store.records import StoredReview

PAGES = 8
STRENGTHS = 4


def build(
    *,
    cover: Cover,
    findings: Findings,
    reviews: Sequence[StoredReview],
    frame: Frame,
    sources: Sequence[SourceLine],
    version: str,
    aliases: Mapping[str, str] | None = None,
) -> Report:
    """The report of one audit. `reviews` are those of every business of the engagement; `sources` every listing.

    `aliases` stand for the names of competitors, where the engagement does not name them.
    """
    with speaking(cover.language):
        return _built(cover, findings, reviews, spoken(frame), sources, version, aliases or {})


def _built(
    cover: Cover,
    findings: Findings,
    reviews: Sequence[StoredReview],
    frame: Frame,
    sources: Sequence[SourceLine],
    version: str,
    aliases: Mapping[str, str],
) -> Report:
    without = lettered(findings, reviews, sources, aliases)
    book = Book()
    desk = _desk(cover, without, frame, book)
    pages = tuple(page(leak, rank, desk) for rank, leak in enumerate(_in_order(without.findings, frame), 1))
    strengths = tuple(_strength(strength, desk) for strength in without.findings.strengths[:STRENGTHS])
    return _written(desk, without, pages, strengths, version)


def _in_order(findings: Findings, frame: Frame) -> Sequence[Leak]:
    """Leaks by weight as they were found; cases, which have none, in the order of the customer's way."""
    way = list(frame.stages)
    return sorted(findings.leaks, key=lambda leak: way.index(frame.gap(leak.gap).stage) if findings.thin else 0)


def _written(
    desk: Desk, told: Lettered, pages: tuple[LeakPage, ...], strengths: tuple[StrengthLine, ...], version: str
) -> Report:
    """The report from the pages of its leaks and what is told of everything else."""
    findings, cover, frame, book = told.findings, desk.cover, desk.frame, desk.book
    stars = few_held() if findings.thin else pareto(findings, frame, book)
    shown = pages if findings.thin else _shown(pages)
    listed = _listed(told.sources, cover)
    found_moments = moments(findings, desk)
    vague = None if findings.vague is None else book.number(findings.vague, gettext("Complaints that name no process"))
    known = partial(_known, book, findings.thin)
    return Report(
        schema=SCHEMA,
        version=version,
        frame=frame.version,
        model=findings.model,
        cover=cover,
        as_of=findings.as_of,
        period=findings.period,
        thin=findings.thin,
        first_page=first_page(findings, cover, pages, strengths, stars, listed, book, found_moments),
        stages=dict(frame.stages),
        moments=found_moments,
        actions=few_held() if findings.thin else actions(pages, findings.leaks, cover, findings.as_of),
        points=few_held() if findings.thin else points(findings, frame, book),
        pareto=stars,
        leaks=shown,
        minor=tuple(page for page in pages if page not in shown),
        window=findings.window,
        heat=few_held() if findings.thin else heat(pages, findings.leaks, book),
        beside=few_held() if findings.thin else beside(findings, listed, book),
        years=() if findings.thin else years(told.reviews, told.findings),
        examples=reply_examples(findings, desk.reviews, cover),
        asking=asking(listed, cover),
        businesses=_businesses(findings, top_pages(pages), book),
        weakened=findings.weakened,
        rating=_rating(findings, book),
        complaints=book.number(findings.complaints, gettext("Reviews with a complaint")),
        vague=vague,
        vague_cases=None if vague is None else counted(vague),
        replies=known(findings.replies, gettext("Reviews answered by the owner")),
        replies_low=known(findings.replies_low, gettext("Reviews of one and two stars answered by the owner")),
        reply_days=known(findings.reply_days, gettext("Days to a reply")),
        polarity=known(findings.polarity, gettext("Tone against stars")),
        strengths=strengths,
        chapters=chapters(findings, frame, book, cover),
        voices=voices(findings, frame, book),
        signalled=signalled(findings),
        sources=tuple(listed),
        counts=counts(findings, listed),
        outside=outside(findings),
        notes=findings.notes,
        limits=lines.limits(cases=findings.thin),
        glossary=lines.glossary(cases=findings.thin),
        # Last, for by now every printed number has left its method and its evidence in the book.
        methods=lines.methods(["cases", *book.methods] if findings.thin else book.methods, cases=findings.thin),
        evidence=book.sets(),
        reviews=_annex(book, desk),
    )


def _known(book: Book, thin: bool, figure: Figure | NotObservable, label: str) -> Number | NotObservable:
    """A measured figure with its evidence; nothing is measured where cases are told."""
    return few_held() if thin else book.known(figure, label)


def _desk(cover: Cover, told: Lettered, frame: Frame, book: Book) -> Desk:
    """What every page of the report is written from."""
    findings = told.findings
    return Desk(
        cover=cover,
        frame=frame,
        reviews={review.key: review for review in told.reviews},
        book=book,
        thin=findings.thin,
        praise={strength.gap: strength.share for strength in findings.strengths},
        ours=[source for source in told.sources if source.business == cover.business],
        broken=any(one.sentence in findings.weakened for one in findings.audited.breaks),
    )


def _listed(sources: Sequence[SourceLine], cover: Cover) -> list[SourceLine]:
    """The audited business's listings first."""
    return sorted(sources, key=lambda source: (source.business != cover.business, source.business, source.listing))


def _shown(pages: Sequence[LeakPage]) -> tuple[LeakPage, ...]:
    """Leaks with a page: the heaviest, and whatever the first page names besides."""
    named = {one.gap for one in (*pages[:PAGES], *top_pages(pages))} | {move.gap for move in moves(pages)}
    return tuple(one for one in pages if one.gap in named)


def _businesses(findings: Findings, top: Sequence[LeakPage], book: Book) -> tuple[BusinessLine, ...]:
    """The audited business, then its competitors by name, each with its share of the top leaks."""
    others = sorted(findings.competitors, key=lambda business: business.business)
    return tuple(
        BusinessLine(
            business=found.business,
            ours=found is findings.audited,
            reviews=found.reviews,
            first=found.first,
            last=found.last,
            rating=book.known(found.rating, about(found.business, gettext("rating"))),
            shares=tuple(_share(found, leak, book) for leak in top),
        )
        for found in (findings.audited, *others)
    )


def _share(found: BusinessFindings, leak: LeakPage, book: Book) -> Number | None:
    figure = found.shares.get(leak.gap)
    return None if figure is None else book.number(figure, f"{leak.title}: {found.business}")


def _rating(findings: Findings, book: Book) -> Rating:
    ours = findings.audited
    return Rating(
        rating=book.known(ours.rating, about(ours.business, gettext("rating"))),
        stars=tuple(sorted(ours.stars.items(), reverse=True)),
        months=tuple(RatingMonth(month=month, reviews=n, mean=mean) for month, n, mean in ours.monthly),
        breaks=tuple(Break(month=one.month, kind=one.kind, sentence=one.sentence) for one in ours.breaks),
        locations=tuple(row for row in findings.locations if row[1] >= FILLED)[:PLACES],
        locations_rest=rest_words([row[1] for row in findings.locations]),
    )


def _strength(strength: Strength, desk: Desk) -> StrengthLine:
    gap = desk.frame.gap(strength.gap)
    share = desk.book.number(strength.share, about(gap.process, gettext("praised")))
    return StrengthLine(
        gap=gap.slug,
        title=gap.process,
        stage=gap.stage,
        share=share,
        cases=counted(share),
        quotes=() if desk.cover.confidential else picked(strength.surest, desk.reviews, limit=2, praise=True),
    )


def _annex(book: Book, desk: Desk) -> tuple[ReviewLine, ...]:
    """Every review that stands behind a number, once, by key; a confidential engagement gives no links to the text."""
    used = set[str]().union(*book.held())
    return tuple(
        ReviewLine(
            key=review.key,
            business=review.business,
            site=review.site,
            location=review.location,
            posted_on=review.posted_on,
            precision=review.posted_precision,
            stars=review.rating,
            link=None if desk.cover.confidential else web_link(review.url),
            row=None if desk.cover.confidential else _row(review),
            seal=version_seal(review.key, review.content_hash, review.rating, wording(review.title, review.text)),
        )
        for review in (desk.reviews[key] for key in sorted(key for key in desk.reviews if key in used))
    )


def _row(review: StoredReview) -> str | None:
    """The row of the export that the review was read from: an export's source is the file's digest and the row."""
    row = (review.source or "").rpartition("#")[2]
    return row if row.isdecimal() else None
