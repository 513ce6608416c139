"""Care as one finding: who is answered and when, what answers do, and care that customers felt or missed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from audits.analysis.care import none_held, reply_rate
from audits.analysis.given import Given
from audits.analysis.heard import is_complaint
from audits.analysis.intervals import share
from audits.analysis.measures import Answered, Care, Named
from audits.analysis.months import UNKNOWN, month_name, month_number
from audits.analysis.panel import Mask, Panel
from audits.analysis.replying import acts, boilerplate, does, examples, good
from audits.analysis.waiting import Waits, after, waits
from audits.catalogue import gettext, marked
from audits.catalogue.forms import plural

FELT = {
    "care:listening": marked("Listened: praised"),
    "care:interest": marked("Took an interest: praised"),
    "care:apology": marked("Apologised: praised"),
    "care:action": marked("Acted: praised"),
    "care:extra": marked("A little extra: praised"),
    "lack:listening": marked("Listened: missed"),
    "lack:interest": marked("Took an interest: missed"),
    "lack:apology": marked("Apologised: missed"),
    "lack:action": marked("Acted: missed"),
}
"""Flags of statements (`cues.toml`); care counts in what is no complaint, its lack in what is one."""
MIN_GROUP = 10
"""Reviews from which a gap or a location has a line."""
TRADES = re.compile(
    r"\b(?:clinic|hospital|dental|dentist|doctor|medical|health|bank|insur|law\b|lawyer|legal|account|pharma)",
    re.IGNORECASE,
)
"""Trades whose replies must not confirm in public that somebody is a customer: lawn care is no law."""


def care(panel: Panel, others: Mapping[str, Panel], given: Given, as_of: str) -> Care:
    """Everything about replies, and the care that stands in praise and complaint."""
    found = waits(panel, as_of)
    everyone = np.ones(len(panel.reviews), dtype=np.bool_)
    secret = confidential(given)
    done = does(panel)
    template, families = boilerplate(panel)
    best, worst = (None, None) if secret else examples(panel, done, families)
    return Care(
        confidential=secret,
        overall=_answered(gettext("All reviews"), panel, found, everyone),
        by_stars=_by_stars(panel, found),
        by_gap=_by_gap(panel, found),
        by_location=_by_location(panel, found),
        by_business=tuple(
            _answered(name, each, own, np.ones(len(each.reviews), dtype=np.bool_))
            for name, each, own in _each(panel, others, found, as_of)
        ),
        months=_months(panel, found),
        undated=found.undated,
        acts=acts(panel, done) if found.answered.any() else none_held(),
        good=good(panel, done, confidential=secret) if found.answered.any() else none_held(),
        boilerplate=template if found.answered.any() else none_held(),
        families=families,
        felt=_felt(panel),
        best=best,
        worst=worst,
    )


def _each(panel: Panel, others: Mapping[str, Panel], found: Waits, as_of: str) -> Iterator[tuple[str, Panel, Waits]]:
    """Every business with its waits; the audited one's are known."""
    yield panel.business, panel, found
    for name, each in others.items():
        yield name, each, waits(each, as_of)


def confidential(given: Given) -> bool:
    """Whether the engagement says so, or the trade is one whose customers must not be named."""
    return given.confidential or TRADES.search(given.industry) is not None


def _answered(name: str, panel: Panel, found: Waits, rows: Mask) -> Answered:
    none = not found.answered.any()
    return Answered(
        name=name,
        reviews=int(rows.sum()),
        rate=reply_rate(panel, rows),
        median=none_held() if none else after(found, rows, 0.5),
        p90=none_held() if none else after(found, rows, 0.9),
    )


def _by_stars(panel: Panel, found: Waits) -> tuple[Answered, ...]:
    if not found.answered.any():
        return ()
    at = {star: (panel.rating >= star - 0.5) & (panel.rating < star + 0.5) for star in range(1, 6)}
    named = {plural(star, "%(n)s star", "%(n)s stars"): rows for star, rows in at.items()}
    return tuple(_answered(name, panel, found, rows) for name, rows in named.items() if rows.any())


def _by_gap(panel: Panel, found: Waits) -> tuple[Answered, ...]:
    if not found.answered.any():
        return ()
    rows = {gap: panel.hits[:, panel.column(gap)] & panel.readable for gap in panel.gaps}
    return tuple(_answered(gap, panel, found, at) for gap, at in rows.items() if at.sum() >= MIN_GROUP)


def _by_location(panel: Panel, found: Waits) -> tuple[Answered, ...]:
    names = Counter(review.location for review in panel.reviews if review.location)
    if not found.answered.any() or len(names) < 2:
        return ()
    large = sorted((name for name, n in names.items() if n >= MIN_GROUP), key=lambda name: (-names[name], name))
    at = {name: np.array([one.location == name for one in panel.reviews], dtype=np.bool_) for name in large}
    return tuple(_answered(name, panel, found, rows) for name, rows in at.items())


def _months(panel: Panel, found: Waits) -> tuple[tuple[str, int, int, int], ...]:
    """Every month with a review or a reply; a reply counts in the month it was written."""
    if not found.answered.any():
        return ()
    posted = Counter(month_name(month) for month in panel.month.tolist() if month >= 0)
    of_those = Counter(month_name(month) for month in panel.month[found.answered].tolist() if month >= 0)
    replies = [month_number(one.reply_on, one.reply_precision) for one in panel.reviews if one.reply_text]
    written = Counter(month_name(month) for month in replies if month != UNKNOWN)
    return tuple(
        (month, posted[month], of_those[month], written[month]) for month in sorted(posted.keys() | written.keys())
    )


def _felt(panel: Panel) -> tuple[Named, ...]:
    """Reviews that praise or miss each sign of care, and reviews in which a failing was put right."""
    found: dict[str, set[str]] = {flag: set() for flag in FELT}
    righted: set[str] = set()
    for own in panel.statements.values():
        for statement in own:
            if not statement.flags:
                continue
            complains = is_complaint(statement, panel.threshold)
            for flag in statement.flags:
                if flag in found and complains == flag.startswith("lack:"):
                    found[flag].add(statement.review)
            if "recovery" in statement.flags and not complains:
                righted.add(statement.review)
    n = int(panel.readable.sum())
    rows = [(name, found[flag]) for flag, name in FELT.items()]
    rows.append((marked("Put right after it failed"), righted & set(panel.keys(panel.complains))))
    return tuple(
        Named(name=gettext(name), figure=share(len(keys), n, method="felt", evidence=sorted(keys)))
        for name, keys in rows
    )
