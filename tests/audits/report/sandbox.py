"""The sandbox's audited business and its competitors measured whole, with everything an engagement may add."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from audits.analysis.assign import assign
from audits.analysis.findings import measure
from audits.analysis.given import Declared, Given, Intervention, Published, Target
from audits.analysis.told import Answer
from audits.analysis.values import Findings, Statement
from audits.store.records import StoredReview
from spiders.sandbox.truth import TrueReview, demo, truth

AS_OF = truth().last_day
OTHERS = 150
"""Reviews of each competitor: enough to compare."""


@cache
def reviews() -> tuple[StoredReview, ...]:
    """All of the audited business, the newest of each competitor."""
    told = demo()
    rows = [_stored(one, told.audited.name) for one in truth().business(told.audited.slug).reviews]
    for rival in told.competitors:
        rows += [_stored(one, rival.name) for one in truth().business(rival.slug).reviews[:OTHERS]]
    return tuple(rows)


def _stored(one: TrueReview, business: str) -> StoredReview:
    key = sha256(f"{business}/{one.id}".encode()).hexdigest()[:16]
    return StoredReview(
        key=key, business=business, listing=business, site="sandbox", location=one.location, url=None,
        rating=float(one.rating), rating_raw=str(one.rating), title=one.title, text=one.text, language=one.language,
        posted_on=one.posted_on, posted_precision="day", experienced_on=None, verified=one.verified,
        invited=one.invited, author_key=one.author, content_hash=key, weak_id=False, first_seen=AS_OF, last_seen=AS_OF,
        source=None, reply_text=one.reply.text if one.reply else None,
        reply_on=one.reply.posted_on if one.reply else None,
    )  # fmt: skip


@cache
def statements() -> tuple[Statement, ...]:
    """What the model reads in them."""
    return tuple(assign(reviews()))


def findings(given: Given | None = None, rows: Sequence[StoredReview] | None = None) -> Findings:
    """The findings of these reviews, in the language that is being spoken."""
    told = demo()
    held = reviews() if rows is None else rows
    keys = {one.key for one in held}
    return measure(
        slug="sandbox",
        audited=told.audited.name,
        competitors=[rival.name for rival in told.competitors],
        period=(told.first_day, told.last_day),
        as_of=AS_OF,
        reviews=held,
        statements=[one for one in statements() if one.review in keys],
        given=given or Given(industry="hotel"),
        previous_themes=[],
    )


def given() -> Given:
    """Steps, targets, answers, an earlier audit and money, so that every chapter has something to say."""
    middle, own = "2025-01-01", demo().audited
    return Given(
        industry="hotel",
        locations=(*own.locations, "Xx"),
        interventions=(
            Intervention(date=middle, what="1", gap="premises"),
            Intervention(date=middle, what="2", gap="conduct", location=own.locations[0]),
            Intervention(date=truth().first_day, what="3", gap="queue"),
            Intervention(date=middle, what="4"),
        ),
        targets=(
            Target(value=0.02, by=middle, gap="premises"),
            Target(value=4.5, by="2027-01-01", measure="rating"),
            Target(value=0.6, by="2027-01-01", measure="replies"),
            Target(value=0.1, by="2027-01-01", measure="5"),
        ),
        last=Published(
            audit="1", as_of=middle, period=(truth().first_day, middle), model="1", shares={"premises": 0.05}
        ),
        answers=(
            Answer(audit=middle, gap="premises", says="fixed", on=middle, comment="", who="6"),
            Answer(audit=middle, gap="conduct", says="dispute", on=None, comment="", who="6"),
        ),
        declared=(Declared(listing=own.name, average=4.9, total=9_000),),
        currency="GBP",
        yearly_revenue=1e6,
    )
